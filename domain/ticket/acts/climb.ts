import { type DueRung, standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { takesOf } from '../../routing/takes.ts';
import type { Instant } from '../../support/time.ts';
import { asOpen } from '../as-status.ts';
import type { Change } from '../change.ts';
import { isPlaced, type PlacedTicket } from '../ticket.ts';
import { type Owed, owedOn } from '../wait.ts';
import { climbRung } from './climb-rung.ts';
import { byRule, makeChange, type Noted } from './make-change.ts';

export type ClimbOutcome = 'warned' | 'moved' | 'called' | 'resumed' | 'waited' | 'nothing-owed';

export interface Climbed {
  change?: Change;
  /** Of the last rung climbed. `resumed`: the time of a hold is over. */
  outcome: ClimbOutcome;
  owed: Owed;
  lookAgainAt: Instant;
}

export interface ClimbInput {
  team: AgentNow[];
  links?: { ticket: string };
}

/**
 * What follows when a timer of the escalation has run out. It looks at the present state first, so that a timer which
 * fires twice, late, or after a pause does no harm: every rung whose time has come and that is not yet on the timeline
 * is climbed, in order, in one change. On hold, it takes the ticket up again once the hold is over.
 */
export const climb = (ledger: Ledger, { team, links }: ClimbInput, ctx: Context): Climbed => {
  const { ticket, events } = ledger;
  const owed = owedOn(ticket);
  if (owed === 'nothing') return { outcome: 'nothing-owed', owed, lookAgainAt: ctx.now };
  const stands = standing(events, ctx.policy, ctx.now);
  const waited: Climbed = { outcome: 'waited', owed, lookAgainAt: stands.lookAgainAt ?? ctx.now };
  if (!isPlaced(ticket)) return waited;
  if (ticket.status === 'on-hold')
    return stands.lookAgainAt !== undefined && stands.lookAgainAt <= ctx.now ? holdIsOver(ledger, ticket, ctx) : waited;
  if (stands.due.length === 0) {
    // The look that the ticket names is this one. Left there, it would call the next wait back at once, for ever.
    const isOver = (ticket.lookAgainAt ?? waited.lookAgainAt) <= ctx.now && waited.lookAgainAt > ctx.now;
    return isOver ? climbed(makeChange(ledger, ticket, [], ctx), 'waited', ctx) : waited;
  }
  return climbAll(ledger, ticket, stands.due, { team, ...(links === undefined ? {} : { links }) }, ctx);
};

const climbAll = (
  ledger: Ledger,
  ticket: PlacedTicket,
  due: readonly DueRung[],
  input: ClimbInput,
  ctx: Context,
): Climbed => {
  let now = ticket;
  let outcome: ClimbOutcome = 'waited';
  const notes: Noted[] = [];
  const mails: OwedMail[] = [];
  for (const rung of due) {
    const step = climbRung(now, rung, input, ctx);
    now = step.ticket;
    outcome = step.outcome;
    notes.push(...step.notes);
    mails.push(...step.mails);
  }
  const also = { mails, ...takesOf(ticket, now, input.team) };
  return climbed(makeChange(ledger, now, notes, ctx, also), outcome, ctx);
};

const holdIsOver = (ledger: Ledger, ticket: PlacedTicket, ctx: Context): Climbed => {
  const resumed: Noted = { type: 'resumed', by: byRule('hold.review', ctx.policy), reason: 'The hold is over.' };
  return climbed(makeChange(ledger, asOpen(ticket), [resumed], ctx), 'resumed', ctx);
};

const climbed = (change: Change, outcome: ClimbOutcome, ctx: Context): Climbed => ({
  change,
  outcome,
  owed: owedOn(change.after),
  lookAgainAt: change.after.lookAgainAt ?? ctx.now,
});
