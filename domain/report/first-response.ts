import { millis, SECOND } from '../support/time.ts';
import type { Period } from './attainment.ts';
import { idsOf } from './attainment.ts';
import type { ClockFact } from './clock-note.ts';
import { type Figure, part, quantile } from './figure.ts';

const FORMULA =
  'first public reply by a person less the start (for a chat, the hand-over), mean of the tickets created in the period ' +
  'that promise a first reply; automatic mails, bots and notes are no replies. Median and 90th percentile stand beside. ' +
  'Unanswered tickets are listed, not dropped, and stand where the ticket stands at the end; cancelled ones (merged, ' +
  'withdrawn, resolved without a reply, also when the promise was broken by then) and tickets of the staff are out.';

/** Nobody waits for it any more: before it was broken, or after. */
const isCancelled = ({ outcome, calledOffAt }: ClockFact): boolean =>
  outcome === 'cancelled' || calledOffAt !== undefined;

/** Whether somebody waits for it still, be it broken or not. */
export const isUnanswered = (clock: ClockFact): boolean => clock.endedAt === undefined && !isCancelled(clock);

/**
 * How long people waited for a first reply: in the working time of each promise's calendar, and as elapsed on their own
 * clock. Reopened tickets count with their first cycle only.
 */
export const firstResponse = (
  clocks: readonly ClockFact[],
  { from, seenAt, smallBelow }: Period,
  of?: Record<string, string>,
): Figure[] => {
  const cohort = clocks.filter(
    ({ promise, cycle, startedAt }) =>
      promise === 'firstReply' && cycle === 1 && startedAt >= from && startedAt < seenAt,
  );
  const asked = cohort.filter(({ leftOut }) => leftOut === undefined);
  const answered = asked.filter((clock) => clock.endedAt !== undefined && !isCancelled(clock));
  const cancelled = asked.filter(isCancelled);
  const unanswered = asked.filter(isUnanswered);
  const figure = (kind: 'working' | 'elapsed', waited: readonly number[]): Figure => {
    const [median, p90] = [quantile(waited, 0.5), quantile(waited, 0.9)];
    const n = waited.length;
    return {
      name: `first-response-time.${kind}`,
      ...(of && { of }),
      ...(n === 0 ? {} : { value: Math.round(waited.reduce((sum, one) => sum + one, 0) / n) }),
      unit: 'seconds',
      n,
      formula: `${FORMULA} ${kind === 'working' ? 'Working time less pauses.' : 'Elapsed time.'}`,
      small: n < smallBelow,
      tickets: idsOf(answered),
      parts: {
        unanswered: part(unanswered.map(({ ticketId }) => ticketId)),
        cancelled: part(cancelled.map(({ ticketId }) => ticketId)),
        staff: part(cohort.filter(({ leftOut }) => leftOut === 'staff').map(({ ticketId }) => ticketId)),
      },
      ...(median === undefined ? {} : { median: Math.round(median) }),
      ...(p90 === undefined ? {} : { p90: Math.round(p90) }),
    };
  };
  return [
    figure(
      'working',
      answered.map(({ usedMs }) => usedMs / SECOND),
    ),
    figure(
      'elapsed',
      answered.map(({ startedAt, endedAt = startedAt }) => (millis(endedAt) - millis(startedAt)) / SECOND),
    ),
  ];
};

/** Who still waits for a first reply, the longest first, with how long that is. */
export const stillUnanswered = (clocks: readonly ClockFact[], { from, seenAt }: Period) =>
  clocks
    .filter(
      (clock) =>
        clock.promise === 'firstReply' &&
        clock.cycle === 1 &&
        clock.startedAt >= from &&
        clock.startedAt < seenAt &&
        isUnanswered(clock) &&
        clock.leftOut === undefined,
    )
    .map(({ ticketId, startedAt }) => ({
      ticket: ticketId,
      since: startedAt,
      ageSeconds: Math.floor((millis(seenAt) - millis(startedAt)) / SECOND),
    }))
    .sort((a, b) => b.ageSeconds - a.ageSeconds);
