import { createHash } from 'node:crypto';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';

/**
 * The series an answer belongs to, e.g. `csat-5.3f9a1c2b`: whatever changes what the scored question asks or how it is
 * answered, in any language, begins another, and answers of two series are never averaged.
 */
export const seriesOf = ({ measure, polarity, scored, scale, questions }: SurveyDefinition): string => {
  const asked = questions.find(({ id }) => id === scored);
  const { kind, options, ends, text, labels } = asked ?? {};
  const said = JSON.stringify([measure, polarity, scale, kind, options, ends, sorted(text), sorted(labels)]);
  return `${scale}.${createHash('sha256').update(said).digest('hex').slice(0, 8)}`;
};

/** By name, at every depth: the order of languages in a folder says nothing. */
const sorted = (words: object = {}): unknown[] =>
  Object.entries(words)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, said]: [string, unknown]) => [name, typeof said === 'object' && said !== null ? sorted(said) : said]);
