import { isOfDesk } from '../contact/desk-address.ts';
import type { Instant } from '../support/time.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { isAutomatic } from './automatic/auto-reply.ts';
import { isFromList } from './automatic/mailing-list.ts';
import { reportKind } from './automatic/report.ts';
import type { IncomingMail, Receipt } from './incoming.ts';

/**
 * Why a mail makes no ticket and gets no answer. The last three are decided where the mail is received: nothing proves its
 * sender, the sender wrote too many, or no parser reads it.
 */
export type Parked =
  | 'virus'
  | 'spam'
  | 'bounce'
  | 'complaint'
  | 'automatic'
  | 'list'
  | 'own-mail'
  | 'no-sender'
  | 'unproven'
  | 'too-many'
  | 'unreadable';

/** A mail that made no ticket, as agents see it until the raw mail expires; they may make a ticket of it after all. */
export interface ParkedMail {
  /** SHA-256 of what makes the mail this mail: however often it is delivered, it is parked once. */
  id: string;
  at: Instant;
  why: Parked;
  from?: { email: string; name?: string };
  subject: string;
  /** Key of the raw mail. */
  raw: string;
  /** What the receiving server said of it. */
  receipt: Receipt;
  /** The ticket an agent made of it. */
  ticketId?: TicketId;
  expiresAt: Instant;
}

interface House {
  deskAddress: string;
  /** The team's own addresses that pass mail on to the desk. */
  forwarders: readonly string[];
}

/**
 * Mail that no person wrote to the desk. Answering it could start a conversation of machines (RFC 3834, 2): a report on
 * other mail, an automatic answer, a list, or the desk itself. Reports come first, for somebody has to hear of them.
 */
export const parkedBecause = (
  receipt: Receipt,
  mail: IncomingMail,
  { deskAddress, forwarders }: House,
): Parked | undefined => {
  if (receipt.harmful) return receipt.harmful;
  const report = reportKind(receipt, mail);
  if (report) return report;
  if (isAutomatic(mail)) return 'automatic';
  if (isFromList(mail, forwarders)) return 'list';
  if (!isMailbox(mail.from.email)) return 'no-sender';
  return isOfDesk(mail.from.email, deskAddress) || isOfDesk(receipt.source, deskAddress) ? 'own-mail' : undefined;
};

/** One address that an answer can be sent to: blanks, control characters and a second `@` are somebody's trick. */
export const isMailbox = (address: string): boolean =>
  address.length <= 254 && /^[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}]+@[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}]+$/u.test(address);
