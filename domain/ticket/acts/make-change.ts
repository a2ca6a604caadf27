import { clockOf, standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import { maskedMessage, maskedTicket, maskedWords } from '../../masking/mask-stored.ts';
import type { Policy } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { withProgress } from '../../remediation/marks.ts';
import type { ClockNote } from '../../report/clock-note.ts';
import { holderOf, noteClocks } from '../../report/note-clocks.ts';
import type { Change } from '../change.ts';
import type { Actor, Happening, TicketEvent } from '../event.ts';
import type { Ticket } from '../ticket.ts';

/** One thing that happened, with who caused it and why. */
export type Noted = Happening & { by: Actor; reason: string };

/** A rule of the desk as the cause, e.g. `rule:ladder.move@3`. */
export const byRule = (rule: string, policy: Policy): Actor => `rule:${rule}@${policy.version}`;

/**
 * The one way an act becomes a change: `draft` is the ticket as the act wants it, `notes` are what happened, in order.
 * Version, events, clock and the next look follow from them, so that no act can forget one. Secrets are masked here too,
 * since everything that is stored of a ticket passes.
 */
export const makeChange = (
  ledger: Ledger | undefined,
  draft: Ticket,
  notes: readonly Noted[],
  ctx: Context,
  also: Omit<Change, 'before' | 'after' | 'events'> = {},
): Change => {
  const version = (ledger?.ticket.version ?? 0) + 1;
  const events = notes.map(
    (noted): TicketEvent => ({
      ...maskedWords(noted),
      id: ctx.ids.ulid(),
      ticketId: draft.id,
      at: ctx.now,
      policy: ctx.policy.version,
      cycle: draft.cycle,
      version,
    }),
  );
  const turn = { earlier: ledger?.events ?? [], added: events, holder: holderOf(ledger?.ticket, draft) };
  const stands = standing([...(ledger?.events ?? []), ...events], ctx.policy, ctx.now);
  const worked = withProgress(draft, notes, ctx.now);
  const said = ledger?.ticket.subject === draft.subject ? worked : maskedTicket(worked);
  const { lookAgainAt, ...rest } = seenByPerson(notes) ? unmarked(said) : said;
  return {
    ...also,
    ...(also.messages === undefined ? {} : { messages: also.messages.map(maskedMessage) }),
    ...(ledger === undefined ? {} : { before: ledger.ticket }),
    after: {
      ...rest,
      version,
      updatedAt: ctx.now,
      clock: clockOf(stands),
      ...(stands.lookAgainAt === undefined ? {} : { lookAgainAt: stands.lookAgainAt }),
    },
    events: onTheLast(events, {
      clocks: noteClocks(turn, ctx.policy, ctx.now),
      mails: (also.mails ?? []).map(({ key }) => key),
    }),
  };
};

/** The same change with mails that could only be written once it was known; its last event names them like all others. */
export const alsoOwing = (change: Change, mails: readonly OwedMail[]): Change => {
  const all = [...(change.mails ?? []), ...mails];
  return { ...change, mails: all, events: onTheLast(change.events, { clocks: [], mails: all.map(({ key }) => key) }) };
};

/** What the change as a whole decided and owed stands on its last event. */
const onTheLast = (
  events: readonly TicketEvent[],
  { clocks, mails }: { clocks: ClockNote[]; mails: string[] },
): TicketEvent[] =>
  events.map((event, index) =>
    index < events.length - 1
      ? event
      : { ...event, ...(clocks.length > 0 && { clocks }), ...(mails.length > 0 && { mails }) },
  );

/** Whether an agent acts on the ticket: the mark that asks for a person has then served. */
const seenByPerson = (notes: readonly Noted[]): boolean => notes.some(({ by }) => by.startsWith('agent:'));

const unmarked = (ticket: Ticket): Ticket => {
  const { needsHuman, ...rest } = ticket;
  return rest;
};
