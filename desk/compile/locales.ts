import { type Locale, WORDS, type Word } from '../../domain/contact/words.ts';
import type { ReplyScale } from '../../domain/rating/reply-rating.ts';
import type { Question, SurveyDefinition } from '../../domain/survey/survey.ts';
import type { LocaleFile } from '../schema.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

/** The scale of a question of surveys.yaml, by survey and question id; empty for another kind of question. */
export type ScaleOf = (survey: string, question: string) => string;

const isWord = (key: string): key is Word => key in WORDS;

/** One language: every sentence there, none too many, each with the blanks the desk fills in. */
export const compileLocale = (
  source: Source,
  code: string,
  file: LocaleFile,
  surveys: SurveyDefinition[],
  scaleOf: ScaleOf,
  replyRating: ReplyScale,
): Locale => {
  try {
    Intl.getCanonicalLocales(file.format);
  } catch {
    source.wrong(['format'], `"${file.format}" is no language tag; write it like en-GB or fa-IR-u-ca-persian`);
  }
  return {
    code,
    format: file.format,
    dir: file.direction,
    words: compileWords(source, file.words),
    replyRating: compileQuestions(source, file, surveys, scaleOf, replyRating),
  };
};

const compileWords = (source: Source, tree: Record<string, unknown>): Record<Word, string> => {
  const found = new Map<string, string>();
  const walk = (node: Record<string, unknown>, path: string[]): void => {
    for (const [key, value] of Object.entries(node)) {
      const here = [...path, key];
      const name = here.join('.');
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) walk({ ...value }, here);
      else if (!isWord(name))
        source.wrong(['words', ...here], `nothing says "${name}"${didYouMean(name, Object.keys(WORDS))}`);
      else if (typeof value !== 'string' || value.trim() === '')
        source.wrong(['words', ...here], `the words of "${name}" are missing; write a sentence in quotes`);
      else found.set(name, checked(source, ['words', ...here], name, value));
    }
  };
  walk(tree, []);
  const words = {} as Record<Word, string>;
  for (const name of Object.keys(WORDS).filter(isWord)) {
    const text = found.get(name);
    if (text === undefined) source.wrong(['words', ...name.split('.')], `the words of "${name}" are missing; add them`);
    else words[name] = text;
  }
  return words;
};

const checked = (source: Source, path: Path, name: Word, text: string): string => {
  const allowed: readonly string[] = WORDS[name];
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, blank = '']) => blank);
  for (const blank of used)
    if (!allowed.includes(blank)) source.wrong(path, `"${name}" has no blank {${blank}}${didYouMean(blank, allowed)}`);
  for (const blank of allowed)
    if (!used.includes(blank)) source.wrong(path, `"${name}" leaves out {${blank}}; put it where it belongs`);
  return text;
};

const compileQuestions = (
  source: Source,
  file: LocaleFile,
  surveys: SurveyDefinition[],
  scaleOf: ScaleOf,
  replyRating: ReplyScale,
): Locale['replyRating'] => {
  const needed = new Set<string>();
  const text = (path: string[], value: string | undefined): string => {
    needed.add(path.join('.'));
    if (value === undefined || value.trim() === '')
      source.wrong(path, `the words of "${path.slice(1).join('.')}" are missing; add them`);
    return value ?? '';
  };
  for (const survey of surveys) {
    for (const question of survey.questions) {
      const words = file.surveys[survey.id]?.[question.id];
      text(['surveys', survey.id, question.id, 'text'], words?.text);
      for (const choice of question.choices ?? [])
        text(['surveys', survey.id, question.id, 'choices', choice], words?.choices?.[choice]);
      const scale = scaleOf(survey.id, question.id);
      for (const name of scaleNames(question)) text(['scales', scale, name], file.scales[scale]?.[name]);
    }
  }
  const { scale, options } = replyRating;
  const ratings = options.map(({ value, label }) => ({
    value,
    label: text(['scales', scale, label], file.scales[scale]?.[label]),
  }));
  refuseUnused(source, file.scales, ['scales'], needed);
  refuseUnused(source, file.surveys, ['surveys'], needed);
  return ratings;
};

/** The answers of a scale that have a name: all of them, or the ends of numbers. */
const scaleNames = ({ options, ends }: Question): string[] => ends ?? (options ?? []).map(({ label }) => label);

const refuseUnused = (source: Source, node: object, path: string[], needed: ReadonlySet<string>): void => {
  for (const [key, value] of Object.entries(node)) {
    const here = [...path, key];
    if (typeof value === 'object' && value !== null) refuseUnused(source, value, here, needed);
    else if (!needed.has(here.join('.')))
      source.wrong(here, `nothing says "${here.slice(1).join('.')}"; take it out${didYouMean(here.join('.'), needed)}`);
  }
};

/** Puts the words of every language beside the questions, as pages need them. */
export const withWords = (
  surveys: SurveyDefinition[],
  locales: ReadonlyMap<string, LocaleFile>,
  scaleOf: ScaleOf,
): SurveyDefinition[] =>
  surveys.map((survey) => {
    const questions = survey.questions.map((question) => ({
      ...question,
      text: perLocale(locales, (file) => file.surveys[survey.id]?.[question.id]?.text),
      ...labelsOf(survey, question, locales, scaleOf),
    }));
    return { ...survey, questions };
  });

const labelsOf = (
  survey: SurveyDefinition,
  question: Question,
  locales: ReadonlyMap<string, LocaleFile>,
  scaleOf: ScaleOf,
): Pick<Question, 'labels'> => {
  const names = [...scaleNames(question), ...(question.choices ?? [])];
  if (names.length === 0) return {};
  const word = (file: LocaleFile, name: string): string | undefined =>
    question.kind === 'choice'
      ? file.surveys[survey.id]?.[question.id]?.choices?.[name]
      : file.scales[scaleOf(survey.id, question.id)]?.[name];
  return { labels: Object.fromEntries(names.map((name) => [name, perLocale(locales, (file) => word(file, name))])) };
};

const perLocale = (
  locales: ReadonlyMap<string, LocaleFile>,
  word: (file: LocaleFile) => string | undefined,
): Record<string, string> => Object.fromEntries([...locales].map(([code, file]) => [code, word(file) ?? '']));
