import type { Question, SurveyDefinition } from '../../domain/survey/survey.ts';
import type { SurveysFile } from '../schema.ts';
import type { ScaleOf } from './locales.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

type SurveyFile = SurveysFile['surveys'][number];
type QuestionFile = SurveyFile['questions'][number];

/** Which scale a question of the file is answered on. */
export const scalesOf =
  (file: SurveysFile): ScaleOf =>
  (survey, question) =>
    file.surveys.find(({ id }) => id === survey)?.questions.find(({ id }) => id === question)?.scale ?? '';

/** Surveys without their words; those that are sent come first, so that the first of a kind is the one to ask. */
export const compileSurveys = (source: Source, file: SurveysFile): SurveyDefinition[] => {
  const ids = file.surveys.map(({ id }) => id);
  file.surveys.forEach((survey, index) => {
    if (ids.indexOf(survey.id) < index)
      source.wrong(['surveys', index, 'id'], `there is another survey "${survey.id}"; name them apart`);
  });
  for (const kind of ['csat', 'follow-up'] as const) {
    const sent = file.surveys.find(({ id }) => id === file.send[kind]);
    if (sent === undefined)
      source.wrong(['send', kind], `survey "${file.send[kind]}" is not defined${didYouMean(file.send[kind], ids)}`);
    else if (sent.kind !== kind)
      source.wrong(['send', kind], `survey "${sent.id}" is of kind ${sent.kind}; choose one of kind ${kind}`);
  }
  const used = new Set([
    file['reply-rating'].scale,
    ...file.surveys.flatMap(({ questions }) => questions.map(({ scale }) => scale)),
  ]);
  for (const scale of Object.keys(file.scales))
    if (!used.has(scale)) source.wrong(['scales', scale], `no question uses scale "${scale}"; take it out`);

  const sent = new Set(Object.values(file.send));
  return file.surveys
    .map((survey, index) => compileSurvey(source, ['surveys', index], survey, file.scales))
    .sort((a, b) => Number(sent.has(b.id)) - Number(sent.has(a.id)));
};

const compileSurvey = (
  source: Source,
  at: Path,
  survey: SurveyFile,
  scales: SurveysFile['scales'],
): SurveyDefinition => {
  const scored = survey.questions.find(({ id }) => id === survey.scored);
  if (scored === undefined)
    source.wrong(
      [...at, 'scored'],
      `question "${survey.scored}" is not asked${didYouMean(
        survey.scored,
        survey.questions.map(({ id }) => id),
      )}`,
    );
  else if (scored.kind !== 'scale' || !scored.required || scored.when !== undefined)
    source.wrong(
      [...at, 'scored'],
      `question "${scored.id}" is the score: it has to be a scale, required, and asked of everybody`,
    );
  const steps = scales[scored?.scale ?? '']?.length;
  if (steps !== undefined && survey['low-at-most'] >= steps)
    source.wrong([...at, 'low-at-most'], `every answer of "${scored?.scale}" would be low; write less than ${steps}`);
  return {
    id: survey.id,
    version: survey.version,
    kind: survey.kind,
    measure: 'csat',
    polarity: 'high-is-good',
    series: '',
    scored: survey.scored,
    scale: scored?.scale ?? '',
    lowAtMost: survey['low-at-most'],
    questions: survey.questions.map((question, index) =>
      compileQuestion(source, [...at, 'questions', index], question, survey.questions.slice(0, index), survey, scales),
    ),
  };
};

/** What a form posts for each answer, by the word the file uses for it. */
const answersOf = (question: QuestionFile, scales: SurveysFile['scales']): Map<string, string> => {
  switch (question.kind) {
    case 'scale':
      return new Map((scales[question.scale ?? ''] ?? []).map((label, index) => [label, String(index + 1)]));
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
  survey: SurveyFile,
  scales: SurveysFile['scales'],
): Question => {
  const { id, kind, required, scale, choices, when } = question;
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

  const condition = when === undefined ? undefined : { question: when.question, in: [] as string[] };
  if (when !== undefined && condition !== undefined) {
    const asked = earlier.find((other) => other.id === when.question);
    if (asked === undefined) {
      const later = survey.questions.some((other) => other.id === when.question);
      source.wrong(
        [...at, 'when', 'question'],
        later
          ? `question "${when.question}" is not asked before "${id}"; move it up`
          : `question "${when.question}" is not asked${didYouMean(
              when.question,
              earlier.map((other) => other.id),
            )}`,
      );
    } else if (asked.kind === 'text') {
      source.wrong(
        [...at, 'when', 'question'],
        `"${asked.id}" is answered in free words; branch on a scale, a choice or a yes-no`,
      );
    } else {
      const answers = answersOf(asked, scales);
      when.in.forEach((word, index) => {
        const posted = answers.get(word);
        if (posted === undefined)
          source.wrong(
            [...at, 'when', 'in', index],
            `"${word}" is no answer to "${asked.id}"${didYouMean(word, answers.keys())}`,
          );
        else condition.in.push(posted);
      });
    }
  }
  return {
    id,
    kind,
    required,
    ...(kind === 'scale'
      ? { options: (scales[scale ?? ''] ?? []).map((label, index) => ({ value: index + 1, label })) }
      : {}),
    ...(choices === undefined ? {} : { choices }),
    ...(condition === undefined ? {} : { when: condition }),
    text: {},
  };
};
