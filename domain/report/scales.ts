import { surveyName } from '../survey/issue.ts';
import type { Measure } from '../survey/measure.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import type { FigureScale } from './figure.ts';

/** Reports name the ends of a scale in the language of the desk's own files. */
const WORDS = 'en';

/** What an answer was given on, as far as the desk still knows. */
export interface AnsweredOn {
  measure: Measure;
  scale: FigureScale;
  /** The values that count as satisfied: all above the middle (four points: the upper two; five: 4 and 5; two: the good one). */
  top: ReadonlySet<number>;
}

/**
 * Finds the definition of an answer: the version that was asked, else another of its series, which has the same scored
 * question and scale. Undefined when the desk has neither any more: such an answer can be counted, but not judged.
 */
export const answeredOn = (definitions: readonly SurveyDefinition[]) => {
  const byName = new Map(definitions.map((definition) => [surveyName(definition), scaleOf(definition)]));
  const bySeries = new Map(definitions.map((definition) => [definition.series, scaleOf(definition)]));
  return ({ survey, series }: { survey: string; series?: string }): AnsweredOn | undefined =>
    byName.get(survey) ?? (series === undefined ? undefined : bySeries.get(series));
};

export type AnsweredOnOf = ReturnType<typeof answeredOn>;

/** Whether an answer is at the top of its scale: what satisfaction is the share of. */
export const isSatisfied = (definition: SurveyDefinition, score: number): boolean => topOfScored(definition).has(score);

const topOfScored = (definition: SurveyDefinition): ReadonlySet<number> =>
  topOf(
    optionsOf(definition).map(({ value }) => value),
    definition.polarity === 'high-is-good',
  );

const scoredOf = ({ questions, scored }: SurveyDefinition) => questions.find(({ id }) => id === scored);

const optionsOf = (definition: SurveyDefinition) =>
  (scoredOf(definition)?.options ?? []).toSorted((a, b) => a.value - b.value);

const scaleOf = (definition: SurveyDefinition): AnsweredOn => {
  const { measure, scale, polarity } = definition;
  const scored = scoredOf(definition);
  const options = optionsOf(definition);
  const worded = (label = ''): string => scored?.labels?.[label]?.[WORDS] ?? label;
  const [low, high] = scored?.ends ?? [options[0]?.label, options.at(-1)?.label];
  return {
    measure,
    scale: { name: scale, ends: [worded(low), worded(high)], polarity },
    top: topOfScored(definition),
  };
};

/** Above the middle of a scale, on its good side; without a neutral that is its better half. */
export const topOf = (values: readonly number[], highIsGood = true): ReadonlySet<number> => {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  return new Set(values.filter((value) => (highIsGood ? value > middle : value < middle)));
};
