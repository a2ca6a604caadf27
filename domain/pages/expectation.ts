import type { Standing, StandingPromise } from '../clock/standing.ts';
import type { Instant } from '../support/time.ts';
import { isLive, type Ticket } from '../ticket/ticket.ts';

/** What a customer may expect now: a reply or a solution by a time, an apology for a broken promise, or a standstill. */
export type Expectation =
  /** `longerThan`: a mail had named that time, which has passed. */
  | { kind: 'reply' | 'solution'; by: Instant; longerThan?: Instant }
  /** `by`: when they hear instead, as they were told. */
  | { kind: 'late-reply' | 'late-solution'; since: Instant; by?: Instant }
  | { kind: 'paused'; waitingFor: 'customer' | 'third-party'; lookAgainBy?: Instant };

/**
 * From the promises as they stand at `now`: the reply that is owed, else the solution. A promise that was kept late is no
 * longer owed. Undefined when nothing is: resolved, closed, or nothing was promised.
 */
export const expectationOf = (
  ticket: Ticket,
  { promises }: Pick<Standing, 'promises'>,
  now: Instant,
): Expectation | undefined => {
  if (!isLive(ticket)) return undefined;
  const owed = (promise: StandingPromise | undefined) => (promise?.endedAt === undefined ? promise : undefined);
  const reply = owed(promises.firstReply) ?? owed(promises.nextReply);
  const promise = reply ?? owed(promises.resolution);
  if (promise === undefined) return undefined;
  if (promise.state === 'paused') return standstill(ticket);
  if (promise.state === 'breached' || promise.dueAt <= now)
    return {
      kind: reply ? 'late-reply' : 'late-solution',
      since: promise.dueAt,
      ...(promise.renewedUntil !== undefined && promise.renewedUntil > now && { by: promise.renewedUntil }),
    };
  const { dueAt, longerThan } = promise;
  return { kind: reply ? 'reply' : 'solution', by: dueAt, ...(longerThan !== undefined && { longerThan }) };
};

const standstill = (ticket: Ticket): Expectation => {
  if (ticket.status !== 'on-hold') return { kind: 'paused', waitingFor: 'customer' };
  const { holdUntil } = ticket;
  return {
    kind: 'paused',
    waitingFor: 'third-party',
    ...(holdUntil !== undefined && { lookAgainBy: holdUntil }),
  };
};
