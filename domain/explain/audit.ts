import { fold } from '../clock/fold.ts';
import { clockOf, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import type { Instant } from '../support/time.ts';
import { inOrder, type TicketEvent } from '../ticket/event.ts';
import { PROMISE_KINDS } from '../ticket/ticket.ts';
import { creditDoubts } from './audit-credit.ts';
import { orderDoubts } from './audit-order.ts';
import { outcomeDoubts } from './audit-outcomes.ts';
import { placeDoubts } from './audit-places.ts';
import { rungDoubts } from './audit-rungs.ts';
import { policyAt, stepsOf } from './audit-steps.ts';
import { timerDoubts } from './audit-timers.ts';
import type { Audited, Disagreement } from './audited.ts';

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
