import { sameAddress } from '../../contact/mail-address.ts';
import type { Context } from '../../context.ts';
import { isAligned } from '../../mail/alignment.ts';
import type { IncomingMail, Receipt } from '../../mail/incoming.ts';
import type { Meant } from '../../mail/ticket-meant.ts';
import type { Ledger } from '../../ports.ts';
import { DAY, plus } from '../../support/time.ts';
import type { Change, RequestRecord } from '../change.ts';
import type { Message } from '../message.ts';
import { isLive, type Requester, type TicketId } from '../ticket.ts';
import { byRule, makeChange } from './make-change.ts';

/** Why a mail that names a ticket is not simply part of its conversation. */
export type Doubt = 'sender-is-no-participant' | 'sender-unproven' | 'reopened-too-often';

/** What a quarantined mail says. */
export type DoubtfulMail = Pick<Message, 'text' | 'html' | 'quoted' | 'whole' | 'attachments' | 'mailId' | 'raw'> & {
  /** As the mail names its sender. */
  from: string;
  /** The ticket it came for: this one, or one that became a part of it. The note is kept there. */
  cameFor: TicketId;
  request: RequestRecord;
};

interface Asked {
  mail: Pick<IncomingMail, 'from' | 'ambiguous'>;
  receipt: Pick<Receipt, 'unproven' | 'passed' | 'source'>;
  by: Meant['by'];
  /** Whose ticket it was written for: a part of this one may be another customer's. */
  customer: Pick<Requester, 'email'>;
  /** Other addresses that are proven to be the same person's. */
  alsoTheirs?: readonly string[];
}

/**
 * Whether a mail may speak for `customer` on a ticket: knowing its number is no authority, nor is a name that nothing
 * proves. The sender is proven by DMARC, by SPF of the same domain, or by writing to the signed address that only the
 * customer was given.
 */
export const doubtAbout = (
  { ticket, events }: Ledger,
  { mail, receipt, by, customer, alsoTheirs = [] }: Asked,
  { policy, now }: Context,
): Doubt | undefined => {
  const theirs = [customer.email ?? '', ...alsoTheirs];
  if (!theirs.some((address) => sameAddress(mail.from.email, address))) return 'sender-is-no-participant';
  const vouched = receipt.passed.dmarc || (receipt.passed.spf && isAligned(receipt.source, mail.from.email));
  if (receipt.unproven || mail.ambiguous === true || !(vouched || by === 'address')) return 'sender-unproven';
  if (isLive(ticket)) return undefined;
  const since = plus(now, -DAY);
  const reopened = events.filter(
    (event) => event.type === 'reopened' && event.by.startsWith('customer:') && event.at > since,
  );
  return reopened.length >= policy.mailLimits.reopeningsADay ? 'reopened-too-often' : undefined;
};

/** A mail on a ticket by somebody who may not write there: a note for the agents, never part of the conversation. */
export const quarantineMail = (
  ledger: Ledger,
  why: Doubt,
  { request, cameFor, ...mail }: DoubtfulMail,
  ctx: Context,
): Change => {
  const by = byRule('mail.quarantine', ctx.policy);
  const note: Message = {
    ...mail,
    id: ctx.ids.ulid(),
    ticketId: cameFor,
    at: ctx.now,
    direction: 'note',
    channel: 'mail',
    author: by,
    quarantined: why,
  };
  const quarantined = { type: 'quarantined' as const, by, reason: REASONS[why], message: note.id, why };
  return makeChange(ledger, ledger.ticket, [quarantined], ctx, { messages: [note], request });
};

const REASONS: Record<Doubt, string> = {
  'sender-is-no-participant': 'The sender is not the customer of this ticket.',
  'sender-unproven': 'Nothing proves that the mail is from the address it names.',
  'reopened-too-often': 'The customer’s mails have reopened this ticket as often as the policy lets them in a day.',
};
