import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import type { NotSent } from '../event.ts';
import type { Ticket } from '../ticket.ts';
import { byRule, makeChange } from './make-change.ts';
import { writeToCustomer } from './owe-mail.ts';

/**
 * A mail or a text message that was owed does not go out: the agents read it on the ticket. Told once, whatever runs twice.
 * An apology by text goes by mail instead, where there is an address: nobody is left without a word because it was refused.
 */
export const tellNotSent = (
  ledger: Ledger,
  { key, to, content, replyTo }: Pick<OwedMail, 'key' | 'to' | 'content' | 'replyTo'>,
  { why, reason }: { why: NotSent; reason: string },
  ctx: Context,
): Change | undefined => {
  if (ledger.events.some((event) => event.type === 'not-sent' && event.mail === key)) return undefined;
  const isByText = 'phone' in to;
  const by = byRule(isByText ? 'texts.refused' : 'mail.suppressed', ctx.policy);
  const noted = { type: 'not-sent' as const, by, reason, what: content.template, why, mail: key };
  const mails =
    isByText && content.template === 'apology' ? byMailInstead(ledger.ticket, { key, content, replyTo }, ctx) : [];
  const contacted = mails.map((mail) => ({
    type: 'remediation-contacted' as const,
    by: byRule('remediation.apologise', ctx.policy),
    reason: 'We apologise by mail, since the text message was not taken.',
    mail: mail.key,
    way: 'mail' as const,
  }));
  return makeChange(ledger, ledger.ticket, [noted, ...contacted], ctx, mails.length === 0 ? {} : { mails });
};

const byMailInstead = (
  ticket: Ticket,
  { key, content, replyTo }: { key: string; content: OwedMail['content']; replyTo: string | undefined },
  ctx: Context,
): OwedMail[] => {
  const { email } = ticket.customer;
  if (email === undefined) return [];
  return writeToCustomer(ticket, { key: `${key}#mail`, pace: 'prompt', content, replyTo, way: { email } }, ctx).mails;
};
