import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import { didYouMean } from './mistakes.ts';
import type { SurveyFile } from './questions.ts';
import { optionsOf, type Scales } from './scales.ts';
import type { Path, Source } from './source.ts';

type Score = Pick<SurveyDefinition, 'measure' | 'polarity' | 'series' | 'scored' | 'scale' | 'lowAtMost' | 'lowFrom'>;

/** What a survey measures: the question, its scale, which end is good, and from where on an answer is low. */
export const compileScore = (source: Source, at: Path, survey: SurveyFile, scales: Scales): Score => {
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
  const scale = scored?.scale ?? '';
  const measure = survey.measure ?? (survey.kind === 'nps' ? 'nps' : 'csat');
  const polarity = survey.polarity === 'low-is-easy' ? 'low-is-good' : 'high-is-good';
  checkMeasure(source, at, survey, { measure, scale, steps: scales[scale] });
  checkLow(source, at, survey, { polarity, scale, steps: scales[scale] });
  return {
    measure,
    polarity,
    series: '',
    scored: survey.scored,
    scale,
    ...(survey['low-at-most'] === undefined ? {} : { lowAtMost: survey['low-at-most'] }),
    ...(survey['low-from'] === undefined ? {} : { lowFrom: survey['low-from'] }),
  };
};

interface Steps {
  scale: string;
  steps: Scales[string] | undefined;
}

const checkMeasure = (
  source: Source,
  at: Path,
  survey: SurveyFile,
  { measure, scale, steps }: Steps & { measure: string },
): void => {
  const { kind, polarity } = survey;
  if (kind === 'nps' && measure !== 'nps')
    source.wrong([...at, 'measure'], `survey "${survey.id}" is of kind nps and measures nothing else; take this out`);
  const values = optionsOf(steps ?? []).map(({ value }) => value);
  if (measure === 'nps' && steps !== undefined && (values[0] !== 0 || values.at(-1) !== 10))
    source.wrong([...at, 'scored'], `nps is answered from 0 to 10; "${scale}" is another scale`);
  if (measure === 'ces' && polarity === undefined)
    source.wrong(
      [...at, 'measure'],
      `say which end of "${scale}" is easy: add polarity: low-is-easy, or polarity: high-is-easy`,
    );
  if (measure !== 'ces' && polarity !== undefined)
    source.wrong([...at, 'polarity'], `only effort (measure: ces) can be low and good; take this out`);
  if (polarity === 'low-is-easy' && Array.isArray(steps))
    source.wrong(
      [...at, 'polarity'],
      `the words of "${scale}" are written worst first, so high is easy; turn them round`,
    );
};

const checkLow = (
  source: Source,
  at: Path,
  survey: SurveyFile,
  { polarity, scale, steps }: Steps & { polarity: SurveyDefinition['polarity'] },
): void => {
  const values = optionsOf(steps ?? []).map(({ value }) => value);
  const [least, most] = [values[0], values.at(-1)];
  const { 'low-at-most': atMost, 'low-from': from } = survey;
  if (atMost !== undefined && polarity === 'low-is-good')
    source.wrong([...at, 'low-at-most'], `a small number is good on "${scale}"; write low-from`);
  if (from !== undefined && polarity === 'high-is-good')
    source.wrong([...at, 'low-from'], `a great number is good on "${scale}"; write low-at-most`);
  if (least === undefined || most === undefined) return;
  if (atMost !== undefined && atMost >= most)
    source.wrong([...at, 'low-at-most'], `every answer of "${scale}" would be low; write less than ${most}`);
  if (atMost !== undefined && atMost < least)
    source.wrong(
      [...at, 'low-at-most'],
      `"${scale}" begins at ${least}: no answer would be low; write more, or take it out`,
    );
  if (from !== undefined && from <= least)
    source.wrong([...at, 'low-from'], `every answer of "${scale}" would be low; write more than ${least}`);
  if (from !== undefined && from > most)
    source.wrong([...at, 'low-from'], `"${scale}" ends at ${most}: no answer would be low; write less, or take it out`);
};
