import type { Policy } from '../policy.ts';
import { DAY, type Instant, millis, SECOND } from '../support/time.ts';
import { WHOLE_SHARE } from '../survey/credit.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { EventFact } from './event-facts.ts';
import { type Figure, quantile, type Report } from './figure.ts';
import type { AskedPeriod } from './period.ts';
import { followUpOver, type Recovery, recoveryFacts, type SkippedRecovery } from './recovery-facts.ts';
import { UNKNOWN } from './survey-facts.ts';
import { countOf, grouped, partOf, partsOf, shareOf } from './weighed.ts';

export const RECOVERY_BY = ['agent', 'group', 'category', 'cause'] as const;
export type RecoveryBy = (typeof RECOVERY_BY)[number];

export interface RecoveryReport extends Report {
  /** Why customers were unhappy, as they chose it; `unknown` for an answer without a choice. */
  reasons: Array<{ reason: string; n: number; recovered: number; tickets: TicketId[] }>;
  /** Low answers that started no recovery of their own, by reason. */
  skipped: Array<{ why: string; n: number; tickets: TicketId[] }>;
  leftOut: Record<'staff', { n: number; tickets: TicketId[] }>;
}

/** How long after the end of a period its recoveries may still close: deadlines run in working time, over holidays. */
export const RECOVERY_AHEAD = 60 * DAY;

const STARTED = 'recoveries started in the period whose follow-up window is over (deadline, wait and time to answer)';
const FORMULAS = {
  rate: `recovered / all ${STARTED}. No answer, and work that is still open, counts as not recovered. One per cycle; those of the staff are out.`,
  answered: `recovered / those with an answer to the follow-up, of the ${STARTED}.`,
  soFar:
    'recovered / all recoveries started in the period that are closed by now: for a look before the window is over. Those that end well end sooner, so it tends to be too high.',
  time: 'From the low answer to the resolution that won the customer back, mean of the recovered ones; median and 90th percentile beside. Elapsed time.',
  missed:
    'recoveries whose deadline passed before the ticket was resolved again / recoveries started in the period whose deadline is over.',
};

/** How often an unhappy customer was won back (service-recovery rate), and why they were unhappy. */
export const recoveryReport = (
  facts: readonly EventFact[],
  { from, to, seenAt, zone, calendar }: AskedPeriod,
  { now, policy }: { now: Instant; policy: Pick<Policy, 'reports' | 'remediation'> },
  by?: RecoveryBy,
): RecoveryReport => {
  const within = (at: Instant): boolean => at >= from && at < seenAt;
  const found = recoveryFacts(facts);
  const all = found.started.filter(({ startedAt }) => within(startedAt));
  const started = all.filter(({ leftOut }) => leftOut === undefined);
  const skipped = found.skipped.filter(({ at }) => within(at));
  const figuresOf = (some: readonly Recovery[], left: readonly SkippedRecovery[], of?: Record<string, string>) =>
    recoveryFigures(some, left, { now, policy, ...(of && { of }) });
  const keys = by && [...new Set([...started, ...skipped].map((each) => each[by] ?? UNKNOWN))].sort();
  return {
    from,
    to,
    zone,
    calendar,
    ...(by !== undefined && { by }),
    figures: [
      ...figuresOf(started, skipped),
      ...(keys ?? []).flatMap((key) => {
        const is = (each: Recovery | SkippedRecovery): boolean => by !== undefined && (each[by] ?? UNKNOWN) === key;
        return figuresOf(started.filter(is), skipped.filter(is), { [by ?? '']: key });
      }),
    ],
    reasons: grouped(started, ({ choice = UNKNOWN }) => choice)
      .map(([reason, some]) => ({ reason, recovered: some.filter(isRecovered).length, ...partOf(some) }))
      .sort((a, b) => b.n - a.n),
    skipped: grouped(skipped, ({ why }) => why).map(([why, some]) => ({ why, ...partOf(some) })),
    leftOut: { staff: partOf(all.filter(({ leftOut }) => leftOut !== undefined)) },
  };
};

const isRecovered = ({ outcome }: Recovery): boolean => outcome === 'recovered';
const isAnswered = ({ outcome, recoveryMs }: Recovery): boolean =>
  outcome === 'recovered' || (outcome === 'not-recovered' && recoveryMs !== undefined);

interface Showing {
  now: Instant;
  policy: Pick<Policy, 'reports' | 'remediation'>;
  of?: Record<string, string>;
}

const recoveryFigures = (
  started: readonly Recovery[],
  skipped: readonly SkippedRecovery[],
  { now, policy, of }: Showing,
): Figure[] => {
  const whole = started.map((each) => ({ ...each, weight: WHOLE_SHARE }));
  const isOver = (each: Recovery): boolean => followUpOver(each, policy) <= millis(now);
  const over = whole.filter(isOver);
  const closed = whole.filter(({ closedAt }) => closedAt !== undefined);
  const due = whole.filter(({ deadline, missed }) => missed || deadline <= now);
  const named = (name: string, formula: string) => ({
    name,
    ...(of && { of }),
    formula,
    smallBelow: policy.reports.smallBelow,
  });
  return [
    countOf({ name: 'recoveries.started', ...(of && { of }), formula: 'Recoveries started in the period.' }, started, {
      ...outcomesOf(started),
      ...causesOf(started),
    }),
    shareOf(named('service-recovery-rate', FORMULAS.rate), over, isRecovered, {
      ...outcomesOf(over),
      'window-open': partOf(whole.filter((each) => !isOver(each))),
    }),
    shareOf(named('service-recovery-rate.answered', FORMULAS.answered), over.filter(isAnswered), isRecovered),
    shareOf(named('service-recovery-rate.so-far', FORMULAS.soFar), closed, isRecovered, outcomesOf(closed)),
    timeToRecovery(started.filter(isRecovered), named('time-to-recovery', FORMULAS.time)),
    shareOf(named('recovery-deadline-missed', FORMULAS.missed), due, ({ missed }) => missed, {
      missed: partOf(due.filter(({ missed }) => missed)),
    }),
    countOf(
      {
        name: 'recoveries.skipped',
        ...(of && { of }),
        formula: 'Low answers of the period that started no recovery of their own, by reason.',
      },
      skipped,
      partsOf(skipped, ({ why }) => why),
    ),
  ];
};

/** All of them, always: a rate alone hides who never answered. */
const outcomesOf = (some: readonly Recovery[]): Figure['parts'] => ({
  recovered: partOf(some.filter(isRecovered)),
  'not-recovered': partOf(some.filter(({ outcome }) => outcome === 'not-recovered')),
  'no-answer': partOf(some.filter(({ outcome }) => outcome === 'no-answer')),
  open: partOf(some.filter(({ outcome }) => outcome === undefined)),
});

const causesOf = (some: readonly Recovery[]): Figure['parts'] => partsOf(some, ({ cause = UNKNOWN }) => `by-${cause}`);

const timeToRecovery = (
  recovered: readonly Recovery[],
  { smallBelow, ...named }: { name: string; formula: string; smallBelow: number },
): Figure => {
  const timed = recovered.filter(({ recoveryMs }) => recoveryMs !== undefined);
  const seconds = timed.map(({ recoveryMs = 0 }) => recoveryMs / SECOND);
  const [median, p90] = [quantile(seconds, 0.5), quantile(seconds, 0.9)];
  const n = seconds.length;
  return {
    ...named,
    ...(n > 0 && { value: Math.round(seconds.reduce((sum, one) => sum + one, 0) / n) }),
    unit: 'seconds',
    n,
    small: n < smallBelow,
    tickets: partOf(timed).tickets,
    parts: {},
    ...(median !== undefined && { median: Math.round(median) }),
    ...(p90 !== undefined && { p90: Math.round(p90) }),
  };
};
