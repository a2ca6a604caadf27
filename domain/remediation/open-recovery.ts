import type { ContactSheet } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange, type Noted } from '../ticket/acts/make-change.ts';
import { moveTo } from '../ticket/acts/move-to.ts';
import { reopenedNote } from '../ticket/acts/reopen.ts';
import { asReopened } from '../ticket/as-status.ts';
import type { Change } from '../ticket/change.ts';
import type { SkippedBecause } from '../ticket/event.ts';
import { isPlaced, type PlacedTicket, type Recovery, type TicketId } from '../ticket/ticket.ts';
import { withRecovery } from './cap.ts';
import { recoveryDeadline } from './deadline.ts';
import type { LowAnswer } from './low-answer.ts';
import { withParts } from './marks.ts';
import { placeRecovery, type RecoveryPlace } from './place-recovery.ts';
import { type Rated, scoreSaid } from './rated.ts';
import type { Remediation } from './remediation.ts';
import { skipBecause, skipped } from './skip.ts';
import { takeUpAgain } from './take-up-again.ts';
import { tellLead } from './tell-lead.ts';
import { unhappyOf } from './unhappy.ts';

/** The ticket where the work is done, when the rated one became a part of it. */
export interface Host {
  ledger: Ledger;
  /** See `PartsRecovery.through`. */
  through: TicketId[];
}

export interface OpenRecoveryInput {
  /** The cycle whose answer was low. */
  cycle: number;
  low: LowAnswer;
  /** The answer as it stands now; undefined when there is none any more. */
  rated: Rated | undefined;
  /** The remediation of that cycle, if there is one. */
  before: Remediation | undefined;
  host?: Host | undefined;
  team: AgentNow[];
  /** What the person was asked and how often something was put right for them. */
  sheet: ContactSheet;
}

export type RecoveryStep =
  | { kind: 'opened'; remediation: Remediation; change?: Change }
  | { kind: 'skipped'; why: SkippedBecause; change?: Change };

/**
 * Starts putting a low answer right: the ticket reopens at the top of the queue, with whom the policy says, and the lead
 * hears at once. One recovery at a time: a low answer of a ticket that is being put right joins it. Run again, it says what
 * was begun; a ticket that its customer took up again after it was solved is given a new deadline.
 */
export const openRecovery = (
  ledger: Ledger,
  input: OpenRecoveryInput,
  ctx: Context,
): Decision<RecoveryStep, 'not-triaged'> => {
  const { before, host, low } = input;
  if (before !== undefined && (before.about ?? low.about) === low.about)
    return decided({ kind: 'opened', ...takeUpAgain(ledger, { remediation: before, host }, ctx) });
  const place = host?.ledger.ticket ?? ledger.ticket;
  if (!isPlaced(ledger.ticket) || !isPlaced(place))
    return refused('not-triaged', 'It is not known yet who works on it.');
  const why = skipBecause(ledger.ticket, place, input, ctx);
  return decided(
    why !== undefined || input.rated === undefined
      ? skipped(ledger, place, why ?? 'not-low-any-more', input, ctx)
      : opened(ledger, place, input.rated, input, ctx),
  );
};

/** The ticket on which the work is done: back to life if it had ended, and with whom it is now. */
interface Begun {
  ticket: PlacedTicket;
  place: RecoveryPlace;
  reopened: Noted[];
  assigned: Noted;
}

const opened = (
  ledger: Ledger,
  at: PlacedTicket,
  rated: Rated,
  { cycle, low, host, team, sheet }: OpenRecoveryInput,
  ctx: Context,
): RecoveryStep => {
  const { ticket } = ledger;
  const begun = begin(at, rated, team, ctx);
  const deadline = recoveryDeadline(ctx.now, ctx.policy);
  const unhappy = unhappyOf(cycle, low, rated, at);
  const { ratedCycle, ...facts } = unhappy;
  const agent = begun.place.agent === undefined ? {} : { agent: begun.place.agent };
  const remediation: Remediation = {
    ...facts,
    ticketId: ticket.id,
    cycle,
    recoveryCycle: host === undefined ? begun.ticket.cycle : ticket.cycle,
    openedAt: ctx.now,
    ...(rated.survey !== undefined && { survey: rated.survey }),
    ...agent,
    deadline,
    calls: 0,
    state: 'open',
    version: 1,
  };
  const recovery: Recovery = {
    cycle,
    ...(rated.ratedAgent !== undefined && ctx.policy.remediation.goesTo === 'senior' && { notTo: rated.ratedAgent }),
  };
  const mark = { ...recovery, state: 'open' as const, recoveryCycle: remediation.recoveryCycle };
  const note: Noted = {
    type: 'remediation-opened',
    by: byRule('remediation.low-answer', ctx.policy),
    reason: `The customer rated ${rated.score} on ${rated.scale}.`,
    ...unhappy,
    ...agent,
    deadline,
  };
  const also = {
    remediation: { after: remediation },
    contacts: { before: sheet, after: withRecovery(sheet, { ticketId: ticket.id, cycle }, ctx.now) },
    mails: [leadMail(begun.ticket, remediation, rated, team, ctx)],
  };
  const takes = begun.place.takes === undefined ? {} : { takes: begun.place.takes };
  if (host === undefined) {
    const notes = [...begun.reopened, note, begun.assigned];
    const draft = { ...begun.ticket, remediation: mark };
    return { kind: 'opened', remediation, change: makeChange(ledger, draft, notes, ctx, { ...also, ...takes }) };
  }
  const part = { ...recovery, ticket: ticket.id, through: host.through };
  const beside = makeChange(
    host.ledger,
    withParts(begun.ticket, [...(begun.ticket.putsRight ?? []), part]),
    [...begun.reopened, begun.assigned],
    ctx,
    takes,
  );
  const change = makeChange(ledger, { ...ticket, remediation: mark }, [note], ctx, { ...also, beside });
  return { kind: 'opened', remediation, change };
};

const begin = (ticket: PlacedTicket, { ratedAgent }: Rated, team: AgentNow[], ctx: Context): Begun => {
  const ended = ticket.status === 'resolved' || ticket.status === 'closed';
  const live = ended ? asReopened(ticket) : ticket;
  const place = placeRecovery(live, { team, rated: ratedAgent }, ctx);
  const moved = moveTo(live, place);
  const by = byRule('remediation.low-answer', ctx.policy);
  return {
    ticket: moved,
    place,
    reopened: ended ? [reopenedNote({ by, cause: 'remediation' }, live.cycle)] : [],
    assigned: {
      type: 'assigned',
      by: byRule(place.rule, ctx.policy),
      reason: place.reason,
      group: moved.group,
      ...(place.agent === undefined ? {} : { agent: place.agent }),
      ...(ticket.assignee === undefined ? {} : { from: ticket.assignee }),
    },
  };
};

const leadMail = (
  ticket: PlacedTicket,
  { cycle, deadline, agent, ticketId }: Remediation,
  rated: Rated,
  team: AgentNow[],
  ctx: Context,
) =>
  tellLead(
    ticket,
    team,
    {
      key: `recovery#${ticketId}#${cycle}`,
      content: {
        template: 'recovery',
        subject: ticket.subject,
        score: scoreSaid(rated),
        ...(rated.words === undefined ? {} : { words: rated.words }),
        deadline,
        agent: team.find(({ id }) => id === agent)?.name ?? '–',
      },
    },
    ctx,
  ).mail;
