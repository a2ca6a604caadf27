import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import type { Instant } from '../support/time.ts';
import { byRule, makeChange, type Noted } from '../ticket/acts/make-change.ts';
import { moveTo } from '../ticket/acts/move-to.ts';
import type { Change } from '../ticket/change.ts';
import { isLive, isPlaced, type PlacedTicket } from '../ticket/ticket.ts';
import { nextCallAt } from './deadline.ts';
import { recoveryOf } from './marks.ts';
import type { Host } from './open-recovery.ts';
import { placeRecovery } from './place-recovery.ts';
import type { Remediation } from './remediation.ts';
import { tellLead } from './tell-lead.ts';

export interface LeadCalled {
  outcome: 'called' | 'given-up';
  lookAgainAt: Instant;
  change?: Change;
}

export interface CallTheLeadInput {
  remediation: Remediation;
  host?: Host | undefined;
  team: AgentNow[];
}

/**
 * The recovery is overdue: the lead is called, at the next look the manager, each after working time. When everybody
 * the policy names was called, it counts as not put right. It looks at the present state first: before the deadline,
 * and once it is solved, nobody is called; the waiting state hears of it at once. A recovery whose owner is away or has
 * left is given to somebody else.
 */
export const callTheLead = (
  ledger: Ledger,
  { remediation, host, team }: CallTheLeadInput,
  ctx: Context,
): LeadCalled => {
  const { ticket } = ledger;
  const place = host?.ledger ?? ledger;
  const { deadline, calls, calledAt } = remediation;
  const later = nextCallAt(ctx.now, ctx.policy);
  const solvedAt = recoveryOf(place.ticket, ticket.id)?.solvedAt;
  if (ticket.customer.erased || (solvedAt !== undefined && !isLive(place.ticket)))
    return { outcome: 'called', lookAgainAt: later };
  if (calls === 0 && ctx.now < deadline) return { outcome: 'called', lookAgainAt: deadline };
  // A task whose answer was lost runs again: the call it made stands, and the next one keeps its time.
  const nextAt = calledAt === undefined ? ctx.now : nextCallAt(calledAt, ctx.policy);
  if (ctx.now < nextAt) return { outcome: 'called', lookAgainAt: nextAt };
  if (calls >= ctx.policy.remediation.calls || !isPlaced(place.ticket))
    return { outcome: 'given-up', lookAgainAt: ctx.now };

  const attempt = calls + 1;
  const { told, mail } = tellLead(
    place.ticket,
    team,
    {
      key: `recovery-overdue#${ticket.id}#${remediation.cycle}#${remediation.recoveryCycle}#${attempt}`,
      content: { template: 'recovery-overdue', subject: place.ticket.subject, deadline, attempt },
      who: attempt === 1 ? 'lead' : 'manager',
    },
    ctx,
  );
  const called: Noted = {
    type: 'remediation-called',
    by: byRule('remediation.overdue', ctx.policy),
    reason: `The recovery was due at ${deadline}.`,
    told: [told],
    attempt,
  };
  const after = { ...remediation, calls: attempt, calledAt: ctx.now, version: remediation.version + 1 };
  const also = { mails: [mail], remediation: { before: remediation, after } };
  const given = ownedAgain(place.ticket, team, ctx);
  const change =
    host === undefined
      ? makeChange(ledger, given.ticket, [called, ...given.notes], ctx, { ...also, ...given.takes })
      : makeChange(ledger, ticket, [called], ctx, {
          ...also,
          ...(given.notes.length > 0 && { beside: makeChange(place, given.ticket, given.notes, ctx, given.takes) }),
        });
  return { outcome: 'called', lookAgainAt: later, change };
};

/** An overdue recovery whose owner is away, or left the team, goes to whoever is there now. */
const ownedAgain = (
  ticket: PlacedTicket,
  team: AgentNow[],
  ctx: Context,
): { ticket: PlacedTicket; notes: Noted[]; takes: Pick<Change, 'takes'> } => {
  const { assignee, status } = ticket;
  const isThere = team.some(({ id, present }) => id === assignee && present);
  if (status !== 'open' || isThere) return { ticket, notes: [], takes: {} };
  const except = assignee === undefined ? [] : [assignee];
  const place = placeRecovery(ticket, { team, except }, ctx);
  if (place.agent === undefined && assignee === undefined) return { ticket, notes: [], takes: {} };
  const moved = moveTo(ticket, place);
  const assigned: Noted = {
    type: 'assigned',
    by: byRule(place.rule, ctx.policy),
    reason: assignee === undefined ? place.reason : `${assignee} is not there. ${place.reason}`,
    group: moved.group,
    ...(place.agent === undefined ? {} : { agent: place.agent }),
    ...(assignee === undefined ? {} : { from: assignee }),
  };
  return { ticket: moved, notes: [assigned], takes: place.takes === undefined ? {} : { takes: place.takes } };
};
