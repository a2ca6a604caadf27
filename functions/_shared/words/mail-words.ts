import asked from '#desk/asked.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import mail from '#desk/words/mail.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import rating from '#desk/words/rating.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import type { Language, ScoredQuestion } from '../../../domain/contact/words.ts';
import { deskWords, type Words } from './words.ts';

/** Languages with the scored question of every survey, which mails show. */
export const withAsked = <L extends Language>({
  brand,
  in: language,
}: Words<L>): Words<L & { scored: Record<string, ScoredQuestion> }> => ({
  brand,
  in: (wanted) => {
    const found = language(wanted);
    return { ...found, scored: asked[found.code] ?? {} };
  },
});

/** What mails and text messages say. */
export const mailWords = withAsked(deskWords(mail, promise, rating, common, time));
