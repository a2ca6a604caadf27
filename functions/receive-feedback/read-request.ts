import type { Answered } from '../../domain/feedback/give.ts';
import { readAnswers } from '../../domain/survey/reading.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import { Problem } from '../_shared/problem.ts';
import type { FeedbackRequest } from './shape.ts';

/** What a program posted, as answers to the questions of the survey. Throws 422 with every path that is wrong. */
export const readFeedbackRequest = (
  { score, text, answers, customer }: FeedbackRequest,
  definition: SurveyDefinition,
): { answered: Answered; giver?: NonNullable<FeedbackRequest['customer']> } => {
  const { questions, scored } = definition;
  const words = questions.find(({ kind, when }) => kind === 'text' && when === undefined)?.id;
  const unknown = Object.keys(answers ?? {}).filter((id) => !questions.some((question) => question.id === id));
  const read = readAnswers(definition, {
    ...answers,
    [scored]: String(score),
    ...(text !== undefined && words !== undefined && { [words]: text }),
  });
  const errors = [
    ...(text !== undefined && words === undefined ? [{ path: 'text', message: 'No free text is asked for.' }] : []),
    ...unknown.map((id) => ({ path: `answers.${id}`, message: 'This question is not asked.' })),
    ...(read.ok ? [] : (read.problems ?? [])).map(({ path, message }) => ({
      path: path === scored ? 'score' : path === words ? 'text' : `answers.${path}`,
      message,
    })),
  ];
  if (!read.ok || errors.length > 0) throw new Problem(422, 'The feedback does not fit what is asked.', { errors });
  return { answered: read.value, ...(customer && { giver: customer }) };
};
