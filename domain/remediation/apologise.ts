import type { Context } from '../context.ts';
import type { OwedMail } from '../mail/owed.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange, type Noted } from '../ticket/acts/make-change.ts';
import { type Letterhead, writeToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change, Line } from '../ticket/change.ts';
import { inOrder } from '../ticket/event.ts';
import { isPlaced } from '../ticket/ticket.ts';
import { apologyWay, type Unreachable } from './apology-way.ts';
import type { Host } from './open-recovery.ts';
import type { Remediation } from './remediation.ts';
import { tellLead } from './tell-lead.ts';

export interface ApologiseInput extends Letterhead {
  remediation: Remediation;
  host?: Host | undefined;
  unreachable: Unreachable;
  team: AgentNow[];
  /** Of how many segments a text message is. */
  segmentsOf: (text: OwedMail) => number;
  /** The ticket that text messages of this number belong to from now on: an answer by text comes to this one. */
  line?: Line | undefined;
}

/**
 * Owes the customer the apology that asks what we should do better, by the way they chose. Run again, it
 * owes nothing more. Where nothing reaches them it says so on the timeline, and the lead is asked to call.
 */
export const apologiseAndAsk = (
  ledger: Ledger,
  input: ApologiseInput,
  ctx: Context,
): Decision<Change, 'contacted-before' | 'no-address'> => {
  const { ticket, events } = ledger;
  if (ticket.customer.erased) return refused('no-address', 'Nothing is held of the customer any more.');
  const opened = inOrder(events).findLastIndex((event) => event.type === 'remediation-opened');
  const contacted = inOrder(events).findLastIndex((event) => event.type === 'remediation-contacted');
  if (contacted > opened) return refused('contacted-before', 'The customer was written to before.');
  const tried = inOrder(events).findLastIndex((event) => event.type === 'not-sent' && event.what === 'apology');
  if (tried > opened) return refused('no-address', 'There is no way to write to the customer.');
  const way = apologyWay(ticket, input.unreachable, ctx.policy);
  if (way === undefined) return decided(unreached(ledger, input, ctx));
  const { mails } = writeToCustomer(
    ticket,
    {
      key: `apology#${ticket.id}#${input.remediation.cycle}`,
      pace: 'prompt',
      content: {
        template: 'apology',
        subject: ticket.subject,
        agent: input.team.find(({ id }) => id === input.remediation.agent)?.name ?? '',
        link: input.links.ticket,
      },
      replyTo: input.replyTo,
      way,
    },
    ctx,
  );
  const notes = mails.map((mail): Noted => {
    const isByText = 'phone' in mail.to;
    return {
      type: 'remediation-contacted',
      by: byRule('remediation.apologise', ctx.policy),
      reason: `We apologise and ask what to do better, by ${isByText ? 'text message' : 'mail'}.`,
      mail: mail.key,
      way: isByText ? 'sms' : 'mail',
      ...(isByText && { segments: input.segmentsOf(mail) }),
    };
  });
  const line = 'phone' in way && input.line !== undefined ? { line: input.line } : {};
  return decided(makeChange(ledger, ticket, notes, ctx, { mails, ...line }));
};

/** Nothing the desk can write reaches them: a person has to find a way. */
const unreached = (ledger: Ledger, { remediation, host, team }: ApologiseInput, ctx: Context): Change => {
  const { ticket } = ledger;
  const place = host?.ledger.ticket ?? ticket;
  const note: Noted = {
    type: 'not-sent',
    by: byRule('remediation.apologise', ctx.policy),
    reason: 'No mail and no text message reaches the customer: the lead is asked to call.',
    what: 'apology',
    why: 'no-address',
  };
  if (!isPlaced(place)) throw new Error(`Ticket ${place.id} is put right before it was triaged.`);
  const { mail } = tellLead(
    place,
    team,
    {
      key: `call-customer#${ticket.id}#${remediation.cycle}`,
      content: {
        template: 'call-customer',
        subject: ticket.subject,
        why: 'no-address',
        score: `${remediation.score}`,
      },
    },
    ctx,
  );
  return makeChange(ledger, ticket, [note], ctx, { mails: [mail] });
};
