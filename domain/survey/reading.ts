import { maskSecrets } from '../masking/mask-secrets.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { isLow, type Question, type SurveyAnswer, type SurveyDefinition } from './survey.ts';

export type FormProblem = { path: string; message: string };

/** The longest free-text answer, in characters: the page says so, and more is refused. */
export const LONGEST_ANSWER = 2000;

/** Whether the question is asked at all, given the answers before it. */
export const applies = (question: Question, answers: Record<string, string>): boolean =>
  question.when === undefined || question.when.in.includes(answers[question.when.question] ?? '');

/**
 * Reads a posted form against the definition that was issued. Unknown fields and answers to questions that the branch
 * did not ask are left out; a missing required answer or a value that is none of the choices is refused with its path.
 */
export const readAnswers = (
  definition: SurveyDefinition,
  form: Record<string, string>,
): Decision<Omit<SurveyAnswer, 'at'>, 'wrong-shape'> & { problems?: FormProblem[] } => {
  const answers: Record<string, string> = {};
  const problems: FormProblem[] = [];
  for (const question of definition.questions) {
    if (!applies(question, answers)) continue;
    // Browsers post a break as two characters, and have counted it as one.
    const given = form[question.id]?.replaceAll('\r\n', '\n').trim() ?? '';
    if (given === '') {
      if (question.required) problems.push({ path: question.id, message: 'Please answer this question.' });
      continue;
    }
    const problem = problemWith(question, given);
    if (problem) problems.push({ path: question.id, message: problem });
    else answers[question.id] = question.kind === 'text' ? maskSecrets(given).text : given;
  }
  const scored = definition.questions.find((question) => question.id === definition.scored);
  const option = scored?.options?.find((candidate) => String(candidate.value) === answers[definition.scored]);
  if (problems.length === 0 && option === undefined) {
    problems.push({ path: definition.scored, message: 'Please choose one of the ratings.' });
  }
  if (problems.length > 0 || option === undefined) {
    return { ...refused('wrong-shape', 'Some answers are missing or not among the choices.'), problems };
  }
  return decided({
    score: option.value,
    scale: definition.scale,
    label: option.label,
    low: isLow(definition, option.value),
    answers,
  });
};

const problemWith = (question: Question, given: string): string | undefined => {
  switch (question.kind) {
    case 'scale':
      return question.options?.some((option) => String(option.value) === given)
        ? undefined
        : 'This is none of the ratings.';
    case 'choice':
      return question.choices?.includes(given) ? undefined : 'This is none of the choices.';
    case 'yes-no':
      return given === 'yes' || given === 'no' ? undefined : 'Answer yes or no.';
    case 'text':
      return given.length <= LONGEST_ANSWER ? undefined : `At most ${LONGEST_ANSWER} characters, please.`;
  }
};
