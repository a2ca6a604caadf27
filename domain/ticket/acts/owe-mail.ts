import { type Way, wayTo } from '../../contact/way-to.ts';
import type { Context } from '../../context.ts';
import type { MailContent, OwedMail } from '../../mail/owed.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ticket } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';

/** What a mail of the ticket needs from outside the rules: signed links and the signed reply address. */
export interface Letterhead {
  links: { ticket: string };
  replyTo?: string;
}

interface Letter {
  /** Business words: the same cause never owes twice. */
  key: string;
  pace: OwedMail['pace'];
  content: MailContent;
  replyTo?: string | undefined;
  inReplyTo?: string | undefined;
  message?: string;
  /** By which way, where another is wanted than the ticket's own. */
  way?: Way | undefined;
}

const owed = (ticket: Ticket, letter: Letter, ctx: Context) => {
  const { replyTo, inReplyTo, way, ...rest } = letter;
  return {
    ...rest,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ticketId: ticket.id,
    anchor: ticket.anchor,
    owedAt: ctx.now,
    status: 'owed' as const,
    attempts: 0,
  };
};

/** What writing to the customer comes to: one mail or text message owed, or the event that says why there is none. */
export interface Written {
  mails: OwedMail[];
  notes: Noted[];
}

/** Writes to the customer by the way that reaches them, in the language and zone the ticket was written from. */
export const writeToCustomer = (ticket: Ticket, letter: Letter, ctx: Context): Written => {
  const { name, locale, timeZone } = ticket.customer;
  const way = letter.way ?? wayTo(ticket, letter.content.template);
  if (way === undefined) return { mails: [], notes: [notSent(ticket, letter.content.template, ctx)] };
  const mail = {
    ...owed(ticket, letter, ctx),
    to: { ...way, ...(name === undefined ? {} : { name }) },
    locale,
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return { mails: [mail], notes: [] };
};

const notSent = ({ channel }: Ticket, what: MailContent['template'], { policy }: Context): Noted => {
  const handed = what === 'reply' && (channel === 'chat' || channel === 'social');
  return {
    type: 'not-sent',
    by: byRule('contact.way', policy),
    reason: handed
      ? `The customer has no mail address and no number: the integration of ${channel} posts the reply.`
      : 'The customer has neither a mail address nor a number.',
    what,
    why: handed ? 'handed-to-channel' : 'no-address',
  };
};

/** A mail owed to a colleague. The desk's own language is English. */
export const mailToAgent = (agent: AgentNow, ticket: Ticket, letter: Letter, ctx: Context): OwedMail => ({
  ...owed(ticket, letter, ctx),
  to: { email: agent.email, name: agent.name },
  locale: 'en',
  ...(agent.timeZone === undefined ? {} : { timeZone: agent.timeZone }),
});

/** What the ladder has to tell a colleague, by every way they asked for. */
export const noticeTo = (agent: AgentNow, ticket: Ticket, letter: Letter, ctx: Context): OwedMail[] => {
  const mail = mailToAgent(agent, ticket, letter, ctx);
  const { tellBy = ['mail'], phone, name } = agent;
  const text = phone === undefined ? [] : [{ ...mail, key: `${letter.key}#sms`, to: { phone, name } }];
  return tellBy.flatMap((by) => (by === 'mail' ? [mail] : text));
};
