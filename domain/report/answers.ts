import type { Feedback } from '../feedback/feedback.ts';
import type { Instant } from '../support/time.ts';
import { WHOLE_SHARE } from '../survey/credit.ts';
import type { Figure } from './figure.ts';
import type { AnsweredOn, AnsweredOnOf } from './scales.ts';
import { type AskedSurvey, partsBy, type SurveysBy, seriesOf } from './survey-facts.ts';
import { grouped, meanOf, partOf, shareOf, type Weighed } from './weighed.ts';

/** A confirmed answer that counts, with what it was given on. */
export interface Answer extends Weighed {
  /** What it is an answer to: a survey about a ticket, the question after a recovery, or what was said beside tickets. */
  to: 'csat' | 'follow-up' | 'nps' | 'feedback';
  at: Instant;
  score: number;
  survey: string;
  series: string;
  on: AnsweredOn;
}

const ANSWERED_AT =
  'answers of the period: confirmed by a person, in the period of their first confirmation; an edit changes the value ' +
  'alone. Never in it: clicks that confirmed nothing, answers of another wording or scale, answers of the staff. Credit ' +
  'as it was noted when the survey was sent; a shared answer counts by shares above and below the line.';

const CSAT = `Top answers (above the middle of the scale) / all ${ANSWERED_AT}`;
const NPS = `100 x (promoters 9-10 - detractors 0-6) / all ${ANSWERED_AT} Passives 7-8 stay below the line.`;
const CES = `Mean of the scores of one version of the definition, ${ANSWERED_AT}`;

const NAMES: Record<Answer['to'], string> = {
  csat: 'csat',
  'follow-up': 'csat.follow-up',
  feedback: 'csat.feedback',
  nps: 'csat.periodic',
};

/** The answers that surveys of tickets were given in the period, whole; those on a scale nobody knows any more apart. */
export const answersOf = (
  asked: readonly AskedSurvey[],
  { from, until }: { from: Instant; until: Instant },
  on: AnsweredOnOf,
): {
  answers: Array<Answer & { of: AskedSurvey }>;
  leftOut: Record<'staff' | 'merged' | 'unknown-scale', AskedSurvey[]>;
} => {
  const given = asked.filter(({ answer }) => answer !== undefined && answer.at >= from && answer.at < until);
  const leftOut = {
    staff: given.filter((each) => each.leftOut === 'staff'),
    merged: given.filter((each) => each.leftOut === 'merged'),
    'unknown-scale': given.filter((each) => each.leftOut === undefined && on(each) === undefined),
  };
  const answers = given.flatMap((each) => {
    const known = on(each);
    if (each.leftOut !== undefined || each.answer === undefined || known === undefined) return [];
    const { ticketId, survey, kind, answer } = each;
    const { at, score } = answer;
    const weight = WHOLE_SHARE;
    return [{ ticketId, weight, to: kind, at, score, survey, series: seriesOf(each), on: known, of: each }];
  });
  return { answers, leftOut };
};

/** Each answer to the keys it belongs to: whole to one, or to several agents by their shares. */
export const answersBy = (
  answers: ReadonlyArray<Answer & { of: AskedSurvey }>,
  by: SurveysBy,
): Map<string, Answer[]> => {
  const keyed = new Map<string, Answer[]>();
  for (const { of, ...answer } of answers)
    for (const { key, weight } of partsBy(of, by)) {
      const some = keyed.get(key) ?? [];
      some.push({ ...answer, weight });
      keyed.set(key, some);
    }
  return keyed;
};

/** What was said beside tickets and has a score, as answers. */
export const answersOfFeedback = (
  feedback: readonly Feedback[],
  { from, until }: { from: Instant; until: Instant },
  on: AnsweredOnOf,
): Answer[] =>
  feedback.flatMap((each) => {
    const { id, at, kind, survey, series, score } = each;
    if (kind === 'suggestion' || survey === undefined || score === undefined || at < from || at >= until) return [];
    const known = on({ survey, ...(series !== undefined && { series }) });
    if (known === undefined) return [];
    // Without a ticket it is found by its own id.
    const ticketId = each.ticketId ?? id;
    return [{ ticketId, weight: WHOLE_SHARE, to: kind, at, score, survey, series: series ?? survey, on: known }];
  });

/** One figure for each series of satisfaction and recommendation, and for each version of a question of effort. */
export const answerFigures = (
  answers: readonly Answer[],
  { smallBelow, target, of = {} }: { smallBelow: number; target: number; of?: Record<string, string> },
): Figure[] => [
  ...ofMeasure(answers, 'csat', ({ to, series }) => `${NAMES[to]} ${series}`).map((some) => {
    const [{ to, series, on }] = some;
    return shareOf(
      {
        name: NAMES[to],
        of: { ...of, series },
        formula: CSAT,
        smallBelow,
        scale: on.scale,
        ...(to === 'csat' && { target }),
      },
      some,
      isTop,
      { top: partOf(some.filter(isTop)), below: partOf(some.filter((each) => !isTop(each))) },
    );
  }),
  ...ofMeasure(answers, 'nps', ({ series }) => series).map((some) => {
    const [{ series, on }] = some;
    const of9 = some.filter(({ score }) => score >= 9);
    const of6 = some.filter(({ score }) => score <= 6);
    return meanOf(
      { name: 'nps', of: { ...of, series }, formula: NPS, smallBelow, scale: on.scale, unit: 'points', places: 1 },
      some,
      ({ score }) => (score >= 9 ? 100 : score <= 6 ? -100 : 0),
      {
        promoters: partOf(of9),
        passives: partOf(some.filter(({ score }) => score > 6 && score < 9)),
        detractors: partOf(of6),
      },
    );
  }),
  ...ofMeasure(answers, 'ces', ({ survey }) => survey).map((some) => {
    const [{ survey, on }] = some;
    return meanOf(
      { name: 'ces', of: { ...of, survey }, formula: CES, smallBelow, scale: on.scale, unit: 'score', places: 2 },
      some,
      ({ score }) => score,
    );
  }),
];

export const isTop = ({ on, score }: Answer): boolean => on.top.has(score);

/** Groups of one measure, none empty, in the order of their keys. */
const ofMeasure = (
  answers: readonly Answer[],
  measure: AnsweredOn['measure'],
  key: (answer: Answer) => string,
): Array<[Answer, ...Answer[]]> =>
  grouped(
    answers.filter(({ on }) => on.measure === measure),
    key,
  ).flatMap(([, [first, ...rest]]) => (first === undefined ? [] : [[first, ...rest]]));
