import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import type { z } from 'zod';
import type { Question, SurveyDefinition } from '../../domain/survey/survey.ts';
import { keptSurvey } from '../survey-schema.ts';
import type { ScaleOf } from './locales.ts';
import { seriesOf } from './series.ts';
import { type Path, readSource, type Source } from './source.ts';

const NAME = /^survey-(.+)-(\d+)\.yaml$/;
export const fileOfSurvey = ({ id, version }: Pick<SurveyDefinition, 'id' | 'version'>): string =>
  `versions/survey-${id}-${version}.yaml`;

/** Reads what was kept of surveys, and notes the mistakes in it. @param from folder of the desk's files */
export const readKept = async (from: string): Promise<{ kept: SurveyDefinition[]; sources: Source[] }> => {
  const names = await readdir(join(from, 'versions')).catch((): string[] => []);
  const kept: SurveyDefinition[] = [];
  const sources: Source[] = [];
  for (const name of names.filter((each) => NAME.test(each)).sort()) {
    const source = await readSource(join(from, 'versions', name), `desk/versions/${name}`);
    sources.push(source);
    const survey = source.as(keptSurvey);
    if (survey === undefined) continue;
    if (fileOfSurvey(survey) !== `versions/${name}`)
      source.wrong(
        ['version'],
        `this file is named after another survey or version than ${survey.id}, ${survey.version}`,
      );
    const { lowAtMost, lowFrom, questions, ...rest } = survey;
    kept.push({
      ...rest,
      ...(lowAtMost === undefined ? {} : { lowAtMost }),
      ...(lowFrom === undefined ? {} : { lowFrom }),
      questions: questions.map(compactly),
    });
  }
  return { kept, sources };
};

/** Without the keys that are not there, as the compiled ones are. */
const compactly = ({ id, kind, required, options, ends, choices, when, text, labels }: KeptQuestion): Question => ({
  id,
  kind,
  required,
  ...(options === undefined ? {} : { options }),
  ...(ends === undefined ? {} : { ends }),
  ...(choices === undefined ? {} : { choices }),
  ...(when === undefined ? {} : { when }),
  text,
  ...(labels === undefined ? {} : { labels }),
});
type KeptQuestion = z.output<typeof keptSurvey>['questions'][number];

/**
 * Surveys with the series their answers belong to: that of an earlier version whose scored question was answered on the
 * same scale and had the same words in the languages both have, so that a language more begins nothing new.
 */
export const seriesAfter = (survey: SurveyDefinition, kept: readonly SurveyDefinition[]): SurveyDefinition => {
  const own = kept.find(({ id, version }) => id === survey.id && version === survey.version);
  const before = own ?? kept.find((other) => asksTheSame(survey, other));
  return { ...survey, series: before?.series ?? seriesOf(survey) };
};

const asksTheSame = (one: SurveyDefinition, other: SurveyDefinition): boolean => {
  const [mine, theirs] = [one, other].map(({ questions, scored }) => questions.find(({ id }) => id === scored));
  if (mine === undefined || theirs === undefined) return false;
  const languages = Object.keys(mine.text).filter((code) => code in theirs.text);
  const alike = { ...one, questions: [spoken(mine, languages)], scored: mine.id };
  const before = { ...other, questions: [spoken(theirs, languages)], scored: theirs.id };
  return languages.length > 0 && seriesOf(alike) === seriesOf(before);
};

/** A question in these languages alone. */
const spoken = (question: Question, languages: readonly string[]): Question => {
  const only = (words: Record<string, string>): Record<string, string> =>
    Object.fromEntries(languages.map((code) => [code, words[code] ?? '']));
  const { labels } = question;
  return {
    ...question,
    text: only(question.text),
    ...(labels === undefined
      ? {}
      : { labels: Object.fromEntries(Object.entries(labels).map(([name, words]) => [name, only(words)])) }),
  };
};

/**
 * The present surveys, each in its series, and behind them the earlier versions that links may still ask for. Notes what
 * was changed without a new number, once all else about the surveys is right.
 */
export const withKept = async (
  present: readonly SurveyDefinition[],
  from: string,
  told: Told,
): Promise<{ surveys: SurveyDefinition[]; sources: Source[] }> => {
  const { kept, sources } = await readKept(from);
  const surveys = present.map((survey) => seriesAfter(survey, kept));
  if ([told.source, ...told.locales.values(), ...sources].every(({ mistakes }) => mistakes.length === 0))
    checkKept(surveys, kept, told);
  const names = new Set(surveys.map(fileOfSurvey));
  return { surveys: [...surveys, ...kept.filter((survey) => !names.has(fileOfSurvey(survey)))], sources };
};

/** Where mistakes of the present surveys are told: the file they are in, and those with their words by language. */
export interface Told {
  source: Source;
  /** In the order of the file. */
  ids: readonly string[];
  locales: ReadonlyMap<string, Source>;
  scaleOf: ScaleOf;
}

/**
 * Holds the present surveys against what was kept of their versions: a link that was mailed is answered by what it asked,
 * and answers of one version are counted together, so neither words nor shape change under an unchanged number.
 */
const checkKept = (surveys: readonly SurveyDefinition[], kept: readonly SurveyDefinition[], told: Told): void => {
  for (const survey of surveys) {
    const at = ['surveys', told.ids.indexOf(survey.id)];
    const name = `version ${survey.version} of "${survey.id}"`;
    const before = kept.find(({ id, version }) => id === survey.id && version === survey.version);
    const remedy = `(desk/${fileOfSurvey(survey)}); raise its "version" in surveys.yaml, then run "npm run desk:version"`;
    if (before === undefined) {
      told.source.wrong(
        [...at, 'version'],
        `what ${name} asks is not in desk/versions; run "npm run desk:version" and commit the file it writes`,
      );
      continue;
    }
    if (!isDeepStrictEqual(shapeOf(survey), shapeOf(before)))
      told.source.wrong([...at, changed(survey, before)], `this is not what ${name} was ${remedy}`);
    else
      for (const { language, path, what } of reworded(survey, before, told.scaleOf))
        (told.locales.get(language) ?? told.source).wrong(
          told.locales.has(language) ? path : at,
          `${what} is not what ${name} said ${remedy}`,
        );
  }
};

/** Whether a version still is what was kept of it; the series is what was kept. */
export const sameAsKept = (survey: SurveyDefinition, before: SurveyDefinition): boolean =>
  isDeepStrictEqual({ ...survey, series: '' }, { ...before, series: '' });

/** A definition without its words. */
const shapeOf = ({ series, questions, ...rest }: SurveyDefinition): object => ({
  ...rest,
  questions: questions.map(({ text, labels, ...question }) => question),
});

/** Which part of a survey differs first, by its key in surveys.yaml. */
const changed = (survey: SurveyDefinition, before: SurveyDefinition): string => {
  const keys = { kind: 'kind', measure: 'measure', polarity: 'polarity', scored: 'scored' } as const;
  for (const [part, key] of Object.entries(keys))
    if (Reflect.get(survey, part) !== Reflect.get(before, part)) return key;
  if (survey.lowAtMost !== before.lowAtMost) return 'low-at-most';
  if (survey.lowFrom !== before.lowFrom) return 'low-from';
  return 'questions';
};

interface Reworded {
  language: string;
  path: Path;
  what: string;
}

/** Every sentence that differs, with its place in the file of its language. */
const reworded = (survey: SurveyDefinition, before: SurveyDefinition, scaleOf: ScaleOf): Reworded[] =>
  survey.questions.flatMap((question, index) => {
    const then = before.questions[index];
    const differing = (now: Record<string, string>, old: Record<string, string>): string[] =>
      [...new Set([...Object.keys(now), ...Object.keys(old)])].filter((code) => now[code] !== old[code]);
    const scale = scaleOf(survey.id, question.id);
    return [
      ...differing(question.text, then?.text ?? {}).map((language) => ({
        language,
        path: ['surveys', survey.id, question.id, 'text'],
        what: `the question "${question.id}"`,
      })),
      ...Object.entries(question.labels ?? {}).flatMap(([label, words]) =>
        differing(words, then?.labels?.[label] ?? {}).map((language) => ({
          language,
          path:
            question.kind === 'choice'
              ? ['surveys', survey.id, question.id, 'choices', label]
              : ['scales', scale, label],
          what: `the answer "${label}"`,
        })),
      ),
    ];
  });

/** The file that keeps a version of a survey with its words. */
export const keptText = (survey: SurveyDefinition): string =>
  `# What version ${survey.version} of survey "${survey.id}" asked. Written by "npm run desk:version"; a link that was mailed is answered by it, so it
# is not edited. Remove it when no link of its time is open any more.
${stringify(survey, { lineWidth: 120, aliasDuplicateObjects: false })}`;
