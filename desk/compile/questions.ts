import type { Question } from '../../domain/survey/survey.ts';
import type { SurveysFile } from '../survey-schema.ts';
import { didYouMean } from './mistakes.ts';
import { optionsOf, type Scales } from './scales.ts';
import type { Path, Source } from './source.ts';

export type SurveyFile = SurveysFile['surveys'][number];
export type QuestionFile = SurveyFile['questions'][number];

/** The questions of one survey, without their words. */
export const compileQuestions = (source: Source, at: Path, { questions }: SurveyFile, scales: Scales): Question[] => {
  const compiled = questions.map((question, index) =>
    compileQuestion(source, [...at, 'questions', index], question, questions.slice(0, index), questions, scales),
  );
  refuseUnreachable(source, at, compiled);
  return compiled;
};

/** What a form posts for each answer, by the word the file uses for it. */
const answersOf = (question: QuestionFile, scales: Scales): Map<string, string> => {
  switch (question.kind) {
    case 'scale':
      return new Map(optionsOf(scales[question.scale ?? ''] ?? []).map(({ label, value }) => [label, String(value)]));
    case 'choice':
      return new Map((question.choices ?? []).map((choice) => [choice, choice]));
    case 'yes-no':
      return new Map([
        ['yes', 'yes'],
        ['no', 'no'],
      ]);
    case 'text':
      return new Map();
  }
};

const compileQuestion = (
  source: Source,
  at: Path,
  question: QuestionFile,
  earlier: QuestionFile[],
  all: QuestionFile[],
  scales: Scales,
): Question => {
  const { id, kind, required, scale, choices } = question;
  if (earlier.some((other) => other.id === id))
    source.wrong([...at, 'id'], `there is another question "${id}"; name them apart`);
  if (kind === 'scale' && (scale === undefined || !(scale in scales)))
    source.wrong(
      [...at, 'scale'],
      `scale "${scale ?? ''}" is not defined${didYouMean(scale ?? '', Object.keys(scales))}`,
    );
  if (kind !== 'scale' && scale !== undefined)
    source.wrong([...at, 'scale'], `a ${kind} question has no scale; take it out`);
  if (kind === 'choice' && choices === undefined)
    source.wrong(at, `question "${id}" has nothing to choose from; add choices`);
  if (kind !== 'choice' && choices !== undefined)
    source.wrong([...at, 'choices'], `a ${kind} question has no choices; take them out`);
  const steps = kind === 'scale' && scale !== undefined ? scales[scale] : undefined;
  const when = compileBranch(source, [...at, 'when'], question, earlier, all, scales);
  return {
    id,
    kind,
    required,
    ...(kind === 'scale' ? { options: optionsOf(steps ?? []) } : {}),
    ...(steps === undefined || Array.isArray(steps) ? {} : { ends: steps.ends }),
    ...(choices === undefined ? {} : { choices }),
    ...(when === undefined ? {} : { when }),
    text: {},
  };
};

/** A branch goes back to one question above it, so that every way through a survey ends. */
const compileBranch = (
  source: Source,
  at: Path,
  { id, when }: QuestionFile,
  earlier: QuestionFile[],
  all: QuestionFile[],
  scales: Scales,
): Question['when'] => {
  if (when === undefined) return undefined;
  const asked = earlier.find((other) => other.id === when.question);
  const posted: string[] = [];
  if (when.question === id) {
    source.wrong([...at, 'question'], `question "${id}" waits for its own answer; name one above it`);
  } else if (asked === undefined) {
    const later = all.find((other) => other.id === when.question);
    source.wrong(
      [...at, 'question'],
      later === undefined
        ? `question "${when.question}" is not asked${didYouMean(
            when.question,
            earlier.map((other) => other.id),
          )}`
        : waitsFor(later, id, all)
          ? `"${id}" and "${later.id}" wait for each other and the branch has no end; ask one of them of everybody`
          : `question "${when.question}" is not asked before "${id}"; move it up`,
    );
  } else if (asked.kind === 'text') {
    source.wrong(
      [...at, 'question'],
      `"${asked.id}" is answered in free words; branch on a scale, a choice or a yes-no`,
    );
  } else {
    const answers = answersOf(asked, scales);
    when.in.map(String).forEach((word, index) => {
      const answer = answers.get(word);
      if (answer !== undefined) posted.push(answer);
      else
        source.wrong([...at, 'in', index], `"${word}" is no answer to "${asked.id}"${hint(word, [...answers.keys()])}`);
    });
    if (asked.required && asked.when === undefined && [...answers.values()].every((answer) => posted.includes(answer)))
      source.wrong(at, `every answer to "${asked.id}" leads to "${id}"; take the condition out`);
  }
  return { question: when.question, in: posted };
};

/** Of numbers, the nearest is no guess: their range is told. */
const hint = (word: string, answers: readonly string[]): string =>
  answers.every((answer) => /^\d+$/.test(answer))
    ? `, which goes from ${answers[0]} to ${answers.at(-1)}`
    : didYouMean(word, answers);

/** Whether a question is asked only after `id`, by however many branches. */
const waitsFor = (question: QuestionFile, id: string, all: QuestionFile[]): boolean => {
  const seen = new Set<string>();
  for (let at: QuestionFile | undefined = question; at?.when !== undefined && !seen.has(at.id); ) {
    if (at.when.question === id) return true;
    seen.add(at.id);
    const next: string = at.when.question;
    at = all.find((other) => other.id === next);
  }
  return false;
};

/** A question nobody can come to, because no answer opens it or nobody comes to the question that would. */
const refuseUnreachable = (source: Source, at: Path, questions: readonly Question[]): void => {
  const reached = new Set<string>();
  questions.forEach((question, index) => {
    const { id, when } = question;
    if (when === undefined || (when.in.length > 0 && reached.has(when.question))) reached.add(id);
    else
      source.wrong(
        [...at, 'questions', index, 'when'],
        `question "${id}" can never be asked: ${
          when.in.length === 0 ? `no answer to "${when.question}" opens it` : `nobody comes to "${when.question}"`
        }`,
      );
  });
};
