import type { Policy } from '../policy.ts';
import type { ReplyScale } from '../rating/reply-rating.ts';
import type { Instant } from '../support/time.ts';
import type { SurveyDefinition } from '../survey/survey.ts';
import type { AgentId } from '../ticket/ticket.ts';
import { type Answer, answerFigures, answersBy, answersOf } from './answers.ts';
import type { EventFact } from './event-facts.ts';
import type { Figure, Report } from './figure.ts';
import { type AskedPeriod, type Months, monthIn } from './period.ts';
import { type RatedReply, ratedReplies, replyRatingFigures } from './reply-ratings.ts';
import { answeredOn } from './scales.ts';
import { surveyFacts } from './survey-facts.ts';
import { partOf } from './weighed.ts';

export interface AgentsReport extends Report {
  by: 'agent';
  /** The same figures for each month of the period, in its zone, to be drawn as lines. */
  series: Array<{ month: string; figures: Figure[] }>;
  leftOut: Record<'staff' | 'merged' | 'unknown-scale', { n: number; tickets: string[] }>;
}

export interface AgentsSource {
  facts: readonly EventFact[];
  definitions: readonly SurveyDefinition[];
  replyScale: ReplyScale;
  months?: Months;
}

interface Counted {
  answers: ReadonlyMap<string, Answer[]>;
  replies: ReadonlyMap<string, RatedReply[]>;
}

/**
 * How customers rate each agent: the tickets' surveys by the credit that was noted when they were sent, and their single
 * replies; two figures that are never pooled. Without `only`, the whole team stands before its people.
 *
 * @param only one agent, and nobody else: what agents see of themselves
 */
export const agentsReport = (
  { facts, definitions, replyScale, months: counted = 'gregorian' }: AgentsSource,
  { from, to, seenAt, zone, calendar }: AskedPeriod,
  { reports }: Pick<Policy, 'reports'>,
  only?: AgentId,
): AgentsReport => {
  const within = { from, until: seenAt };
  const { answers, leftOut } = answersOf(surveyFacts(facts).asked, within, answeredOn(definitions));
  const { rated, staff } = ratedReplies(facts, within);
  const kept = ({ answers: some, replies }: Counted): Counted => ({
    answers: only === undefined ? some : narrowed(some, only),
    replies: only === undefined ? replies : narrowed(replies, only),
  });
  const byAgent = (some: typeof answers, replies: readonly RatedReply[]): Counted =>
    kept({ answers: answersBy(some, 'agent'), replies: Map.groupBy(replies, ({ agent }) => agent) });
  const figuresOf = (some: readonly Answer[], replies: readonly RatedReply[], of: Record<string, string> = {}) => [
    ...answerFigures(some, { smallBelow: reports.smallBelow, target: reports.satisfied, of }),
    ...replyRatingFigures(replies, replyScale, reports.smallBelow, of),
  ];
  const perAgent = ({ answers: some, replies }: Counted, of: Record<string, string> = {}): Figure[] =>
    [...new Set([...some.keys(), ...replies.keys()])]
      .sort()
      .flatMap((agent) => figuresOf(some.get(agent) ?? [], replies.get(agent) ?? [], { agent, ...of }))
      .filter(hasAny);
  const monthOf = monthIn(zone, counted);
  const months = [...new Set([...answers, ...rated].map(({ at }) => monthOf(at)))].sort();
  const inMonth = (month: string) => (each: { at: Instant }) => monthOf(each.at) === month;
  return {
    from,
    to,
    zone,
    calendar,
    by: 'agent',
    figures: [...(only === undefined ? figuresOf(answers, rated) : []), ...perAgent(byAgent(answers, rated))],
    series: months.map((month) => {
      const [some, replies] = [answers.filter(inMonth(month)), rated.filter(inMonth(month))];
      return {
        month,
        figures: [
          ...(only === undefined ? figuresOf(some, replies, { month }).filter(hasAny) : []),
          ...perAgent(byAgent(some, replies), { month }),
        ],
      };
    }),
    leftOut:
      only === undefined
        ? {
            staff: partOf([...leftOut.staff, ...staff]),
            merged: partOf(leftOut.merged),
            'unknown-scale': partOf(leftOut['unknown-scale']),
          }
        : { staff: partOf([]), merged: partOf([]), 'unknown-scale': partOf([]) },
  };
};

const narrowed = <T>(some: ReadonlyMap<string, T[]>, key: string): Map<string, T[]> =>
  new Map([[key, some.get(key) ?? []]]);

const hasAny = ({ n, parts }: Figure): boolean => n > 0 || Object.values(parts).some((part) => part.n > 0);
