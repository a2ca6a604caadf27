import * as z from 'zod/mini';
import { GIVER_FIELDS } from '../../domain/pages/feedback-page.ts';
import { LONGEST_ANSWER } from '../../domain/survey/reading.ts';
import { language, lineUpTo, timeZone, wordsUpTo } from '../_shared/http/text-shape.ts';

/** The JSON body of `POST /feedback`. Fields that are not named here are refused. */
export const feedbackRequest = z.strictObject({
  /** On the scale of the survey of kind `feedback` in desk/surveys.yaml. */
  score: z.number().check(z.int()),
  /** Own words: the answer to its first free-text question. */
  text: z.exactOptional(wordsUpTo(LONGEST_ANSWER)),
  /** Its other questions, by id. */
  answers: z.exactOptional(
    z
      .record(wordsUpTo(64), wordsUpTo(LONGEST_ANSWER))
      .check(z.refine((answers) => Object.keys(answers).length <= 50, 'At most 50 answers.')),
  ),
  locale: z.exactOptional(language),
  customer: z.exactOptional(
    z.strictObject({
      email: z.email().check(z.maxLength(GIVER_FIELDS.email)),
      name: z.exactOptional(lineUpTo(GIVER_FIELDS.name)),
      timeZone: z.exactOptional(timeZone),
    }),
  ),
});

export type FeedbackRequest = z.infer<typeof feedbackRequest>;
