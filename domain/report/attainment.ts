import type { Instant } from '../support/time.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import type { ClockFact } from './clock-note.ts';
import { type Figure, part, rounded, wilson } from './figure.ts';

/** The period of a report and the moment it looks from: its end, or now while it lasts. */
export interface Period {
  from: Instant;
  to: Instant;
  seenAt: Instant;
  /** Below so many, a share is shown grey. */
  smallBelow: number;
}

const NAMES: Record<PromiseKind, string> = {
  firstReply: 'first-reply',
  nextReply: 'next-reply',
  resolution: 'resolution',
};

const FORMULA =
  'met / (met + breached), of the clocks decided in the period: met by an eligible event at or before the due instant (a ' +
  "person's public reply; for a resolution, resolving), breached at the due instant. One outcome per clock. Not in it: " +
  'running and paused (begun in the period and undecided at its end; they stand where the ticket stands then), cancelled ' +
  "(merged, withdrawn, resolved without the reply, replaced by another ticket's promise), tickets of the staff.";

/** Whether nothing had been decided about it when the report looks. */
export const isUndecided = ({ decidedAt }: ClockFact, { seenAt }: Period): boolean =>
  decidedAt === undefined || decidedAt >= seenAt;

const within = (at: Instant | undefined, { from, seenAt }: Period): boolean =>
  at !== undefined && at >= from && at < seenAt;

/** How many promises of one kind were kept (SLA attainment). */
export const attainment = (
  promise: PromiseKind,
  clocks: readonly ClockFact[],
  period: Period,
  of?: Record<string, string>,
): Figure => {
  const own = clocks.filter((clock) => clock.promise === promise);
  const asked = own.filter(({ leftOut }) => leftOut === undefined);
  const decided = asked.filter(({ decidedAt }) => within(decidedAt, period));
  const [met, breached, cancelled] = (['met', 'breached', 'cancelled'] as const).map((outcome) =>
    decided.filter((clock) => clock.outcome === outcome),
  );
  const waiting = asked.filter((clock) => within(clock.startedAt, period) && isUndecided(clock, period));
  const [k, n] = [met?.length ?? 0, (met?.length ?? 0) + (breached?.length ?? 0)];
  const interval = wilson(k, n);
  return {
    name: `attainment.${NAMES[promise]}`,
    ...(of && { of }),
    ...(n === 0 ? {} : { value: rounded(k / n) }),
    unit: 'share',
    n,
    numerator: k,
    ...(interval && { interval }),
    formula: FORMULA,
    small: n < period.smallBelow,
    tickets: idsOf([...(met ?? []), ...(breached ?? [])]),
    parts: {
      met: partOf(met),
      breached: partOf(breached),
      running: partOf(waiting.filter(({ outcome }) => outcome !== 'paused')),
      paused: partOf(waiting.filter(({ outcome }) => outcome === 'paused')),
      cancelled: partOf(cancelled),
      staff: partOf(own.filter(({ leftOut, decidedAt }) => leftOut === 'staff' && within(decidedAt, period))),
    },
  };
};

const partOf = (clocks: readonly ClockFact[] = []) => part(clocks.map(({ ticketId }) => ticketId));

export const idsOf = (clocks: readonly ClockFact[]) => partOf(clocks).tickets;
