import common from '#desk/words/common.json' with { type: 'json' };
import feedback from '#desk/words/feedback.json' with { type: 'json' };
import help from '#desk/words/help.json' with { type: 'json' };
import identity from '#desk/words/identity.json' with { type: 'json' };
import kb from '#desk/words/kb.json' with { type: 'json' };
import mail from '#desk/words/mail.json' with { type: 'json' };
import notice from '#desk/words/notice.json' with { type: 'json' };
import problem from '#desk/words/problem.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import rating from '#desk/words/rating.json' with { type: 'json' };
import survey from '#desk/words/survey.json' with { type: 'json' };
import thanks from '#desk/words/thanks.json' with { type: 'json' };
import ticket from '#desk/words/ticket.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import unsubscribe from '#desk/words/unsubscribe.json' with { type: 'json' };
import upload from '#desk/words/upload.json' with { type: 'json' };
import { withAsked } from '../../functions/_shared/words/mail-words.ts';
import { deskWords } from '../../functions/_shared/words/words.ts';

/** The desk's languages with every word, whoever says it. */
export const allWords = withAsked(
  deskWords(
    common,
    feedback,
    help,
    identity,
    kb,
    mail,
    notice,
    problem,
    promise,
    rating,
    survey,
    thanks,
    ticket,
    time,
    unsubscribe,
    upload,
  ),
);
