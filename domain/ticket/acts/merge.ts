import { workingTimeBetween } from '../../clock/calendar.ts';
import { durationMs } from '../../clock/duration.ts';
import { fold } from '../../clock/fold.ts';
import { standing } from '../../clock/standing.ts';
import { calendarOf } from '../../clock/targets.ts';
import { rulesOf } from '../../clock/versions.ts';
import type { Context } from '../../context.ts';
import type { Policy } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { partsOf, withParts } from '../../remediation/marks.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { type Instant, millis } from '../../support/time.ts';
import { asMerged, asOpen } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor, CarriedPromise } from '../event.ts';
import { isLive, isPlaced, type PlacedTicket, type PromiseKind } from '../ticket.ts';
import { makeChange, type Noted } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface MergeInput {
  /** The ticket that stays. */
  into: Ledger;
  by: Actor;
  /** The two are of different customers, and that is meant. */
  confirm?: boolean;
}

/** More parts make a conversation nobody reads, and a ticket nobody can take apart again. */
const MOST_PARTS = 50;

/**
 * One matter that came twice becomes one ticket. The ticket closes as a part of `into`, which keeps what was promised for
 * it and shows its conversation; what comes for it later goes there. Neither customer becomes a participant of the other's
 * ticket. What is being put right for it is put right there. Both tickets change in one transaction.
 */
export const merge = (ledger: Ledger, { into, by, confirm }: MergeInput, ctx: Context): Decision<Change, Refusal> => {
  const may = mayMerge(ledger, into, confirm ?? false);
  if (!may.ok) return may;
  const { ticket, survivor } = may.value;
  const isTheirs = ticket.customer.id === survivor.customer.id;
  const carries = promisesOf(ledger, ctx.policy, ctx.now).map(({ saidBy, ...owed }) => ({
    ...owed,
    // Mails of the survivor go to its own customer, whom nobody told of this time.
    ...(isTheirs && saidBy !== undefined && { saidBy }),
  }));
  const answers = survivor.status === 'pending' && carries.some(({ as }) => as !== 'resolution');
  const taken = answers ? asOpen(survivor) : survivor;
  const notes: Noted[] = [
    ...(answers ? [{ type: 'resumed' as const, by, reason: `A message of ${ticket.id} waits for an answer.` }] : []),
    {
      type: 'merged',
      by,
      reason: `${ticket.id} became a part of it.`,
      from: ticket.id,
      ...(carries.length === 0 ? {} : { carries }),
    },
  ];
  const withPart = { ...taken, mergedFrom: [...(survivor.mergedFrom ?? []), ticket.id] };
  const kept = makeChange(into, withParts(withPart, [...(taken.putsRight ?? []), ...partsOf(ticket)]), notes, ctx);
  const merged: Noted = { type: 'merged', by, reason: `It became a part of ${survivor.id}.`, into: survivor.id };
  const ended = withParts(asMerged(ticket, survivor.id, ctx.now), []);
  return decided(makeChange(ledger, ended, [merged], ctx, { beside: kept }));
};

const mayMerge = (
  ledger: Ledger,
  into: Ledger,
  confirmed: boolean,
): Decision<{ ticket: PlacedTicket; survivor: PlacedTicket }, Refusal> => {
  const survivor = into.ticket;
  if (ledger.ticket.id === survivor.id) return refused('same-ticket', 'A ticket cannot be merged into itself.');
  if (ledger.ticket.mergedInto === survivor.id)
    return refused('already-there', `Ticket ${ledger.ticket.id} is a part of ${survivor.id} already.`);
  const may = allowed(ledger, 'merge');
  if (!may.ok) return may;
  const { ticket } = may;
  const stays = isLive(ticket) ? allowed(into, 'take-in') : allowed(into, 'link');
  if (!stays.ok) return stays;
  if (ticket.customer.id !== survivor.customer.id && !confirmed)
    return refused('other-customer', 'The tickets are of different customers: say "confirm": true if that is meant.');
  if ((survivor.mergedFrom?.length ?? 0) >= MOST_PARTS)
    return refused('too-many', `Ticket ${survivor.id} has ${MOST_PARTS} parts already.`);
  return decided({ ticket, survivor: stays.ticket });
};

/** What the ticket still owes, to be kept elsewhere; nothing for a ticket that has ended. */
const promisesOf = ({ ticket, events }: Ledger, policy: Policy, now: Instant): CarriedPromise[] => {
  if (!isPlaced(ticket) || !isLive(ticket)) return [];
  return Object.entries(standing(events, policy, now).promises).flatMap(([kind, promise]): CarriedPromise[] => {
    if (promise.endedAt !== undefined || !isKind(kind)) return [];
    const calendar = calendarOf(rulesOf(policy, promise.version), { id: promise.row, calendar: promise.calendar });
    const since = millis(promise.startedAt);
    // What is broken counts its pauses up to its due time: one that came later did not put it off.
    const stoodStill =
      promise.state === 'breached'
        ? workingTimeBetween(since, millis(promise.dueAt), calendar) - durationMs(promise.target)
        : workingTimeBetween(since, millis(now), calendar) - promise.usedMs;
    return [
      {
        as: promise.as ?? kind,
        row: promise.row,
        since: promise.startedAt,
        policy: promise.version,
        pausedMs: Math.max(0, stoodStill),
        ...(promise.saidBy !== undefined && { saidBy: promise.saidBy }),
      },
    ];
  });
};

const isKind = (kind: string): kind is PromiseKind =>
  kind === 'firstReply' || kind === 'nextReply' || kind === 'resolution';

/** The customer's messages that no reply has followed, with when they were written; in order. */
export const unansweredOf = ({ ticket, events }: Ledger, policy: Policy): Array<{ message: string; at: number }> =>
  isLive(ticket) ? fold(events, policy).asked : [];
