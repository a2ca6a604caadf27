import { durationMs } from '../clock/duration.ts';
import type { Feedback } from '../feedback/feedback.ts';
import type { NpsAsk } from '../feedback/nps-ask.ts';
import type { Policy } from '../policy.ts';
import { earliest, type Instant, plus } from '../support/time.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import type { SurveyKind } from '../ticket/event.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { type Answer, answerFigures, answersBy, answersOf, answersOfFeedback } from './answers.ts';
import { type ClickTally, clickFigures, replyClickFigures } from './clicks.ts';
import type { EventFact } from './event-facts.ts';
import type { Figure, FigureScale, Report } from './figure.ts';
import { npsResponse } from './nps-response.ts';
import type { AskedPeriod } from './period.ts';
import { type Looking, responseRates, surveyCounts, type WeighedSurvey, wholly } from './response.ts';
import { budgetFigures, budgetFrom, type SatisfactionBudget, satisfactionBudgets } from './satisfaction-budget.ts';
import { answeredOn } from './scales.ts';
import {
  type AskedSurvey,
  partsBy,
  type SkippedSurvey,
  type SurveyFacts,
  type SurveysBy,
  surveyFacts,
} from './survey-facts.ts';
import { type Comparison, comparisonsOf } from './variants.ts';
import { grouped, partOf } from './weighed.ts';

/** One wording on one scale: its answers are counted together, and with no others. */
export interface SeriesRow {
  series: string;
  measure: Answer['on']['measure'];
  scale: FigureScale;
  /** The versions of definitions that were answered. */
  surveys: string[];
  n: number;
  /** The first and the last answer of the period. */
  firstAt: Instant;
  lastAt: Instant;
}

export interface SurveysReport extends Report {
  series: SeriesRow[];
  budgets: SatisfactionBudget[];
  /** Pairs of variants, when the report is split by them. */
  comparisons: Comparison[];
  /** Those who were not asked, by reason; `held-out` and `not-sampled` by lot. */
  skipped: Array<{ why: string; n: number; tickets: TicketId[] }>;
  /** Answers of the period that are in no figure, and why. */
  leftOut: Record<'staff' | 'merged' | 'unknown-scale', { n: number; tickets: TicketId[] }>;
}

export interface SurveysSource {
  facts: readonly EventFact[];
  feedback: readonly Feedback[];
  npsAsks: readonly NpsAsk[];
  definitions: readonly SurveyDefinition[];
  clicks: readonly ClickTally[];
}

type Rules = Pick<Policy, 'reports' | 'survey' | 'remediation'>;

const windowsOf = ({ survey, remediation }: Rules): Record<SurveyKind, number> => ({
  csat: durationMs(survey.linkLasts),
  'follow-up': durationMs(remediation.answerWithin),
});

/**
 * The time whose events a report of this period needs: from the quarter of its budget on, and so long after what it looks
 * at as answers to what was sent in it, and their edits, may come.
 */
export const surveysNeed = ({ from, seenAt, zone }: AskedPeriod, policy: Rules): { from: Instant; ahead: number } => ({
  from: earliest(from, budgetFrom(seenAt, zone)) ?? from,
  ahead: Math.max(...Object.values(windowsOf(policy))) + durationMs(policy.survey.editableFor),
});

/** The surveys that were sent in the period, to ask how often their links were opened. */
export const sentIn = (facts: readonly EventFact[], { from, seenAt }: AskedPeriod): AskedSurvey[] =>
  surveyFacts(facts).asked.filter(({ issuedAt }) => issuedAt !== undefined && issuedAt >= from && issuedAt < seenAt);

/** What customers said when they were asked, how many answered, and who was not asked. */
export const surveysReport = (
  { facts, feedback, npsAsks, definitions, clicks }: SurveysSource,
  period: AskedPeriod,
  { now, policy }: { now: Instant; policy: Rules },
  by?: SurveysBy,
): SurveysReport => {
  const { from, to, seenAt, zone, calendar } = period;
  const { smallBelow, satisfied: target } = policy.reports;
  const on = answeredOn(definitions);
  const found = surveyFacts(facts);
  const windows = windowsOf(policy);
  const overIfSentBy = { csat: plus(now, -windows.csat), 'follow-up': plus(now, -windows['follow-up']) };
  const looking: Looking = { from, until: seenAt, now, overIfSentBy, smallBelow };
  const { answers, leftOut } = answersOf(found.asked, looking, on);
  const said = answersOfFeedback(feedback, looking, on);
  const ofQuarter = answersOf(found.asked, { from: budgetFrom(seenAt, zone), until: seenAt }, on).answers;
  const budgets = satisfactionBudgets(ofQuarter, { seenAt, zone }, target);
  const rules = { smallBelow, target };
  const parts = by === undefined ? [] : slicesOf({ found, answers, clicks }, { by, looking, rules });
  return {
    from,
    to,
    zone,
    calendar,
    ...(by !== undefined && { by }),
    figures: [
      ...answerFigures([...answers, ...said], rules),
      ...responseRates(wholly(found.asked), looking),
      ...npsResponse(npsAsks, looking),
      ...surveyCounts(found.asked, found.skipped, looking),
      ...clickFigures(clicks, found.asked, looking),
      ...replyClickFigures(clicks, facts, looking),
      ...budgetFigures(budgets, ofQuarter),
      ...parts,
    ],
    series: seriesIn([...answers, ...said]),
    budgets,
    comparisons: by === 'variant' ? comparisonsOf(parts) : [],
    skipped: skippedIn(found.skipped, looking),
    leftOut: {
      staff: partOf(leftOut.staff),
      merged: partOf(leftOut.merged),
      'unknown-scale': partOf(leftOut['unknown-scale']),
    },
  };
};

interface Split {
  by: SurveysBy;
  looking: Looking;
  rules: { smallBelow: number; target: number };
}

/** The same figures for each channel, group …: what was not split when it was noted is under `unknown`. */
const slicesOf = (
  {
    found,
    answers,
    clicks,
  }: { found: SurveyFacts; answers: ReturnType<typeof answersOf>['answers']; clicks: readonly ClickTally[] },
  { by, looking, rules }: Split,
): Figure[] => {
  const answered = answersBy(answers, by);
  const asked = Map.groupBy(
    found.asked.flatMap((each) => partsBy(each, by).map(({ key, weight }) => ({ key, survey: { ...each, weight } }))),
    ({ key }) => key,
  );
  // Who was never asked has no variant, and nobody's answer to be credited with.
  const skipped: Map<string, SkippedSurvey[]> =
    by === 'channel' || by === 'category' || by === 'group'
      ? Map.groupBy(found.skipped, (each) => partsBy(each, by)[0]?.key ?? '')
      : new Map();
  const keys = [...new Set([...answered.keys(), ...asked.keys(), ...skipped.keys()])].sort();
  return keys.flatMap((key) => {
    const of = { [by]: key };
    const some: WeighedSurvey[] = (asked.get(key) ?? []).map(({ survey }) => survey);
    return [
      ...answerFigures(answered.get(key) ?? [], { ...rules, of }),
      ...responseRates(some, looking, of),
      ...surveyCounts(some, skipped.get(key) ?? [], looking, of),
      ...clickFigures(clicks, some, looking, of),
    ].filter(({ n, parts }) => n > 0 || Object.values(parts).some((part) => part.n > 0));
  });
};

const seriesIn = (answers: readonly Answer[]): SeriesRow[] =>
  grouped(answers, ({ series }) => series).flatMap(([series, some]) => {
    const [first] = some;
    if (first === undefined) return [];
    const times = some.map(({ at }) => at).sort();
    return [
      {
        series,
        measure: first.on.measure,
        scale: first.on.scale,
        surveys: [...new Set(some.map(({ survey }) => survey))].sort(),
        n: some.length,
        firstAt: times[0] ?? first.at,
        lastAt: times.at(-1) ?? first.at,
      },
    ];
  });

const skippedIn = (skipped: readonly SkippedSurvey[], { from, until }: Looking): SurveysReport['skipped'] =>
  grouped(
    skipped.filter(({ at }) => at >= from && at < until),
    ({ why }) => why,
  ).map(([why, some]) => ({ why, ...partOf(some) }));
