import { standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Policy } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Instant } from '../../support/time.ts';
import type { Change } from '../change.ts';
import type { EventOf, TicketEvent } from '../event.ts';
import type { AgentId } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { isNotice, type Notice } from './notices.ts';
import type { Refusal } from './refusal.ts';

export interface AcknowledgeInput {
  agent: AgentId;
  /** The notice whose link was used; without one, the last rung of every promise that waits for it. */
  notice?: Notice;
}

/**
 * "I have seen it and answer for it": once per rung, by whoever is first. It stands on the timeline and holds back further
 * warnings and calls for a while; the clock and the moves of the ladder go on. Refused when nothing waits for it.
 */
export const acknowledgeEscalation = (
  ledger: Ledger,
  { agent, notice }: AcknowledgeInput,
  ctx: Context,
): Decision<Change, Refusal> => {
  const { ticket, events } = ledger;
  const notices = notice === undefined ? lastOfEachPromise(events) : [notice];
  const waiting = notices.filter((each) => noticeState(ledger, each, ctx).kind === 'waits');
  if (waiting.length === 0)
    return refused('nothing-to-acknowledge', `No escalation of ${ticket.id} waits to be acknowledged.`);
  const seen = waiting.map(
    ({ rung, promise, dueAt }): Noted => ({
      type: 'escalation-acknowledged',
      by: `agent:${agent}`,
      reason: `Seen and taken on. Warnings and calls rest for ${ctx.policy.acknowledgedRests}; the clock runs on.`,
      agent,
      rung,
      promise,
      dueAt,
      rests: ctx.policy.acknowledgedRests,
    }),
  );
  return decided(makeChange(ledger, ticket, seen, ctx));
};

/** What a notice still asks for: an acknowledgement; nothing, as somebody gave it; nothing, as nothing is owed any more. */
export type NoticeState = { kind: 'waits' } | { kind: 'seen'; by: AgentId; at: Instant } | { kind: 'over' };

export const noticeState = (
  { events }: Ledger,
  notice: Notice,
  { policy, now }: { policy: Policy; now: Instant },
): NoticeState => {
  const seen = events.find(
    (event): event is EventOf<'escalation-acknowledged'> =>
      event.type === 'escalation-acknowledged' &&
      event.cycle === notice.cycle &&
      event.version > notice.version &&
      (event.promise ?? notice.promise) === notice.promise,
  );
  if (seen !== undefined) return { kind: 'seen', by: seen.agent, at: seen.at };
  const promise = standing(events, policy, now).promises[notice.promise];
  // The one it is about was kept or ended, whatever is owed since: another next reply, or all of another cycle.
  const isOver = promise === undefined || promise.endedAt !== undefined || promise.startedAt > notice.at;
  return { kind: isOver ? 'over' : 'waits' };
};

const lastOfEachPromise = (events: readonly TicketEvent[]): Notice[] =>
  [...Map.groupBy(events.filter(isNotice), ({ promise }) => promise).values()].flatMap((told) => told.slice(-1));
