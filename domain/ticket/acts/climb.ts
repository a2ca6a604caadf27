import { PROMISE_WORDS } from '../../clock/promise-words.ts';
import { type Standing, standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { untoldBreaches } from '../../report/note-clocks.ts';
import { takesOf } from '../../routing/takes.ts';
import type { Instant } from '../../support/time.ts';
import { asOpen } from '../as-status.ts';
import type { Change } from '../change.ts';
import { isPlaced, type PlacedTicket, type PromiseKind } from '../ticket.ts';
import { type Owed, owedOn } from '../wait.ts';
import { climbRung } from './climb-rung.ts';
import { lookIsOver } from './look-is-over.ts';
import { alsoOwing, byRule, makeChange, type Noted } from './make-change.ts';
import { givenNow, type NoticeLink, noticesOf } from './notices.ts';
import type { Letterhead } from './owe-mail.ts';
import { slippedPromises } from './slipped-promise.ts';

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
  /** Where notices are acknowledged. */
  link?: NoticeLink;
  /** For what the customer is told of a late reply. */
  letterhead?: Letterhead;
}

/**
 * What follows when a timer of the escalation has run out. It looks at the present state first, so that a timer which
 * fires twice, late, or after a pause does no harm: every rung whose time has come and that is not yet on the timeline
 * is climbed, in order, in one change, and whoever was left alone in their quiet hours is told. What would be too much for
 * one change stays due, and the next look comes at once. On hold, it takes the ticket up again once the hold is over.
 */
export const climb = (ledger: Ledger, input: ClimbInput, ctx: Context): Climbed => {
  const { ticket, events } = ledger;
  const owed = owedOn(ticket);
  if (owed === 'nothing') return { outcome: 'nothing-owed', owed, lookAgainAt: ctx.now };
  const stands = standing(events, ctx.policy, ctx.now);
  const waited: Climbed = { outcome: 'waited', owed, lookAgainAt: stands.lookAgainAt ?? ctx.now };
  if (!isPlaced(ticket)) return waited;
  if (ticket.status === 'on-hold' && stands.waitEndsAt !== undefined && stands.waitEndsAt <= ctx.now)
    return holdIsOver(ledger, ticket, ctx);
  const missed =
    stands.due.length > 0 ? [] : untoldBreaches(events, ticket.cycle, stands).map((breach) => overdue(breach, ctx));
  if (stands.due.length + stands.notices.length + missed.length + stands.slips.length === 0) {
    return lookIsOver(ticket, waited.lookAgainAt, ctx.now)
      ? climbed(makeChange(ledger, ticket, [], ctx), 'waited', ctx)
      : waited;
  }
  return climbAll(ledger, ticket, { ...stands, missed }, input, ctx);
};

/**
 * One transaction holds a hundred writes, and a rung takes up to 26: its events, and a mail and a text message for each of
 * the twelve it tells at the most. A notice takes three.
 */
const ENOUGH_WRITES = 60;
const ENOUGH_NOTICES = ENOUGH_WRITES / 3;

const writesFor = (notes: readonly Noted[]): number =>
  notes.reduce((sum, note) => sum + 1 + 2 * ('told' in note ? (note.told?.length ?? 0) : 0), 0);

const overdue = ({ promise, dueAt }: { promise: PromiseKind; dueAt: Instant }, { policy }: Context): Noted => ({
  type: 'overdue',
  by: byRule('clock.overdue', policy),
  reason: `The ${PROMISE_WORDS[promise]} was due at ${dueAt}; no rung of the ladder stands there.`,
  promise,
  dueAt,
});

const climbAll = (
  ledger: Ledger,
  ticket: PlacedTicket,
  { due, notices, slips, missed }: Standing & { missed: Noted[] },
  input: ClimbInput,
  ctx: Context,
): Climbed => {
  let now = ticket;
  const notes: Noted[] = [...missed, ...givenNow(notices.slice(0, ENOUGH_NOTICES), ctx)];
  let outcome: ClimbOutcome = notes.length > missed.length ? 'warned' : 'waited';
  for (const rung of due) {
    if (writesFor(notes) > ENOUGH_WRITES) break;
    const step = climbRung(now, rung, input.team, ctx);
    now = step.ticket;
    outcome = step.outcome;
    notes.push(...step.notes);
  }
  const late = slippedPromises(ledger, now, slips, input, ctx);
  const change = makeChange(ledger, now, [...notes, ...late.notes], ctx, takesOf(ticket, now, input.team));
  return climbed(alsoOwing(change, [...noticesOf(change, ledger, input, ctx), ...late.mails]), outcome, ctx);
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
