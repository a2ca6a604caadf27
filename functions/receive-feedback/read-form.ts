import * as z from 'zod/mini';
import { oneLine } from '../../domain/contact/phrase.ts';
import type { Answered } from '../../domain/feedback/give.ts';
import { answerErrors } from '../../domain/pages/answer-errors.ts';
import { type FeedbackPage, GIVER_FIELDS, type GiverError } from '../../domain/pages/feedback-page.ts';
import { type FormProblem, readAnswers } from '../../domain/survey/reading.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import { typedIn } from '../_shared/feedback-view.ts';

type Again = Pick<FeedbackPage, 'answers' | 'giver' | 'errors' | 'giverErrors'> & { once?: string };

export type ReadForm =
  | {
      ok: true;
      answered: Answered;
      giver?: { email: string; name?: string };
      once: string;
      typed: ReturnType<typeof typedIn>;
    }
  | { ok: false; problems: FormProblem[]; again: Again };

const email = z.email();

/** The form as it was posted, or what is wrong with it beside all that was typed. A name alone reaches nobody. */
export const readFeedbackForm = (
  form: Record<string, string>,
  definition: SurveyDefinition,
  once: string | undefined,
): ReadForm => {
  const [name, address] = [oneLine(form.name ?? ''), oneLine(form.email ?? '')];
  const giverErrors = wrongIn(name, address);
  const read = readAnswers(definition, form);
  const typed = typedIn(form, definition);
  if (read.ok && Object.keys(giverErrors).length === 0 && once !== undefined)
    return {
      ok: true,
      answered: read.value,
      ...(address !== '' && { giver: { email: address, ...(name !== '' && { name }) } }),
      once,
      typed,
    };
  const problems = read.ok ? [] : (read.problems ?? []);
  return {
    ok: false,
    problems: [
      ...problems,
      ...Object.entries(giverErrors).map(([path, message]) => ({ path, message })),
      ...(once === undefined ? [{ path: 'once', message: 'required' }] : []),
    ],
    again: {
      ...typed,
      giverErrors,
      errors: answerErrors(problems, definition, form),
      ...(form.once !== undefined && once !== undefined && { once }),
    },
  };
};

const wrongIn = (name: string, address: string): { name?: GiverError; email?: GiverError } => ({
  ...([...name].length > GIVER_FIELDS.name && { name: 'too-long' as const }),
  ...(address.length > GIVER_FIELDS.email
    ? { email: 'too-long' as const }
    : address !== '' && !email.safeParse(address).success && { email: 'email' as const }),
});
