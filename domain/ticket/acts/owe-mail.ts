import type { Context } from '../../context.ts';
import type { MailContent, OwedMail } from '../../mail/owed.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ticket } from '../ticket.ts';

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
}

const owed = (ticket: Ticket, letter: Letter, ctx: Context) => {
  const { replyTo, inReplyTo, ...rest } = letter;
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

/** A mail owed to the customer, in the language and zone the ticket was written from. */
export const mailToCustomer = (ticket: Ticket, letter: Letter, ctx: Context): OwedMail => {
  const { email, name, locale, timeZone } = ticket.customer;
  return {
    ...owed(ticket, letter, ctx),
    to: { email, ...(name === undefined ? {} : { name }) },
    locale,
    ...(timeZone === undefined ? {} : { timeZone }),
  };
};

/** A mail owed to a colleague. The desk's own language is English. */
export const mailToAgent = (agent: AgentNow, ticket: Ticket, letter: Letter, ctx: Context): OwedMail => ({
  ...owed(ticket, letter, ctx),
  to: { email: agent.email, name: agent.name },
  locale: 'en',
});
