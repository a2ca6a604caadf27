import { fold } from '../clock/fold.ts';
import { clockOf, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import type { Instant } from '../support/time.ts';
import { inOrder, type TicketEvent } from '../ticket/event.ts';
import { isPlaced, PROMISE_KINDS, type Ticket } from '../ticket/ticket.ts';
import { creditDoubts } from './audit-credit.ts';
import { orderDoubts } from './audit-order.ts';
import { outcomeDoubts } from './audit-outcomes.ts';
import { placeDoubts } from './audit-places.ts';
import { rungDoubts, type Step } from './audit-rungs.ts';
import { timerDoubts } from './audit-timers.ts';

/** Something stored that the ledger does not bear out. */
export interface Disagreement {
  /** e.g. `clock.firstReply.dueAt`, `rung warn`. */
  what: string;
  stored: string;
  recomputed: string;
  /** When it went wrong; absent for what is stored of the present. */
  at?: Instant;
}

/** What of a ticket is a cache of its ledger: all that a disagreement can be about. No person's words. */
export type Audited = Pick<
  Ticket,
  | 'id'
  | 'status'
  | 'cycle'
  | 'version'
  | 'channel'
  | 'clock'
  | 'createdAt'
  | 'updatedAt'
  | 'lookAgainAt'
  | 'satisfaction'
> & {
  priority?: string;
  group?: string;
  assignee?: string;
  /** The customer's, by whose day surveys and reminders go out. */
  timeZone?: string;
};

/**
 * Recomputes everything that is stored of a ticket from its events alone, as it was at its last change, and every rung of
 * the ladder at the moment it was climbed. `now`: when the export was made; what was due by then had to be done.
 */
export const audit = (
  ticket: Audited,
  ledger: readonly TicketEvent[],
  policy: Policy,
  now: Instant,
): Disagreement[] => {
  const events = inOrder(ledger);
  const steps = stepsOf(events);
  return [
    ...orderDoubts(ticket, events, steps, policy),
    ...stateDoubts(ticket, events, policy),
    ...placeDoubts(ticket, events),
    ...clockDoubts(ticket, events, policy),
    ...rungDoubts(steps, events, policy, now),
    ...timerDoubts(steps, events, policy, now),
    ...outcomeDoubts(steps, policy),
    ...creditDoubts(ticket, events),
  ];
};

/** The changes of the ticket: what came before each, and what it added. */
const stepsOf = (events: readonly TicketEvent[]): Step[] =>
  [...Map.groupBy(events, ({ version }) => version)].map(([version, added]) => ({
    at: added[0]?.at ?? '',
    earlier: events.filter((event) => event.version < version),
    added,
  }));

/** The policy as it was when a change was made: what came later has no say in what was stored then. */
export const policyAt = (policy: Policy, version: string | undefined): Policy => {
  const rules = version === undefined || version === policy.version ? undefined : policy.past[version];
  return rules === undefined ? policy : { ...policy, ...rules };
};

/**
 * The policy by which a change is judged for what was due before it. What a new version makes due is due from the moment
 * open tickets are recounted by it: nobody could do it sooner.
 */
export const policyBefore = (policy: Policy, { earlier, added }: Step): Policy =>
  policyAt(policy, (isRecount(added) ? earlier.at(-1) : added[0])?.policy);

export const isRecount = (added: readonly TicketEvent[]): boolean =>
  added.some(({ type }) => type === 'promises-recounted');

const stateDoubts = (ticket: Audited, events: readonly TicketEvent[], policy: Policy): Disagreement[] => {
  const history = fold(events, policy);
  const differ = (what: string, stored: string | undefined, recomputed: string | undefined): Disagreement[] =>
    stored === recomputed ? [] : [{ what, stored: stored ?? 'none', recomputed: recomputed ?? 'none' }];
  return [
    ...differ('status', ticket.status, history.status),
    ...differ('cycle', String(ticket.cycle), String(events.at(-1)?.cycle ?? 1)),
    ...(ticket.status === 'new' ? [] : differ('priority', ticket.priority, history.priority)),
    ...events.flatMap((event, index) =>
      event.type === 'reprioritised'
        ? differ('reprioritised.from', event.from, fold(events.slice(0, index), policy).priority)
        : [],
    ),
  ];
};

const clockDoubts = (ticket: Audited, events: readonly TicketEvent[], policy: Policy): Disagreement[] => {
  const stands = standing(events, policyAt(policy, events.at(-1)?.policy), ticket.updatedAt);
  const clock = clockOf(stands);
  const doubts = PROMISE_KINDS.flatMap((kind): Disagreement[] => {
    const [stored, computed] = [ticket.clock[kind], clock[kind]];
    if (stored === undefined || computed === undefined)
      return stored === computed
        ? []
        : [{ what: `clock.${kind}`, stored: stored?.dueAt ?? 'none', recomputed: computed?.dueAt ?? 'none' }];
    return (['target', 'calendar', 'dueAt', 'state'] as const)
      .filter((field) => stored[field] !== computed[field])
      .map((field) => ({ what: `clock.${kind}.${field}`, stored: stored[field], recomputed: computed[field] }));
  });
  return ticket.lookAgainAt === stands.lookAgainAt
    ? doubts
    : [
        ...doubts,
        { what: 'lookAgainAt', stored: ticket.lookAgainAt ?? 'none', recomputed: stands.lookAgainAt ?? 'none' },
      ];
};

export const auditedOf = (ticket: Ticket): Audited => {
  const { id, status, cycle, version, channel, clock, createdAt, updatedAt, lookAgainAt, satisfaction, customer } =
    ticket;
  return {
    id,
    status,
    cycle,
    version,
    channel,
    clock,
    createdAt,
    updatedAt,
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
    ...(satisfaction === undefined ? {} : { satisfaction }),
    ...(customer.timeZone === undefined ? {} : { timeZone: customer.timeZone }),
    ...(isPlaced(ticket)
      ? {
          priority: ticket.priority,
          group: ticket.group,
          ...(ticket.assignee === undefined ? {} : { assignee: ticket.assignee }),
        }
      : {}),
  };
};
