import type { FormProblem } from '../survey/reading.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import type { AnswerError } from './survey-page.ts';

/** What a form of questions says beside each answer that was refused, by question id. */
export const answerErrors = (
  problems: readonly FormProblem[],
  { questions }: SurveyDefinition,
  form: Record<string, string>,
): Record<string, AnswerError> =>
  Object.fromEntries(
    problems.map(({ path }): [string, AnswerError] => {
      if ((form[path] ?? '').trim() === '') return [path, 'required'];
      return [path, questions.find(({ id }) => id === path)?.kind === 'text' ? 'too-long' : 'unknown'];
    }),
  );
