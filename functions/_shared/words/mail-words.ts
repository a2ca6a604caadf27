import common from '#desk/words/common.json' with { type: 'json' };
import mail from '#desk/words/mail.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import rating from '#desk/words/rating.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskWords } from './words.ts';

/** What mails and text messages say. */
export const mailWords = deskWords(mail, promise, rating, common, time);
