import { isOfDesk } from '../contact/desk-address.ts';
import type { IncomingMail, Receipt } from './incoming.ts';

/** Why a mail makes no ticket and gets no answer; its raw form is kept until it expires. */
export type Parked = 'virus' | 'spam' | 'bounce' | 'automatic' | 'list' | 'own-mail' | 'no-sender' | 'unproven';

/**
 * Mail that no person wrote to the desk. Answering it could start a conversation of machines (RFC 3834, 2): a null return
 * path, a report on other mail (RFC 6522), Auto-Submitted, a list, bulk precedence, or the desk itself.
 * X-Auto-Response-Suppress alone is no sign: people's mail programs set it.
 */
export const parkedBecause = (
  { harmful, source }: Receipt,
  { from, headers }: IncomingMail,
  deskAddress: string,
): Parked | undefined => {
  if (harmful) return harmful;
  if (source === '' || /^(mailer-daemon|postmaster)@/.test(source)) return 'bounce';
  if (/^mailer-daemon@/i.test(from.email) || /^\s*multipart\/report\b/i.test(headers.get('content-type') ?? ''))
    return 'bounce';
  if (!writtenByAPerson.has(submitted(headers))) return 'automatic';
  if (headers.has('list-id') || headers.has('list-unsubscribe')) return 'list';
  if (/^(bulk|junk|list)\b/i.test(headers.get('precedence')?.trim() ?? '')) return 'list';
  if (!/^[^\s@]+@[^\s@]+$/.test(from.email)) return 'no-sender';
  return isOfDesk(from.email, deskAddress) || isOfDesk(source, deskAddress) ? 'own-mail' : undefined;
};

/** A machine that only passes a mail on is not its author. */
const writtenByAPerson: ReadonlySet<string> = new Set(['no', 'auto-forwarded']);

/** The keyword of Auto-Submitted, without parameters and comments (RFC 3834, 5); a mail that says nothing is written. */
const submitted = (headers: ReadonlyMap<string, string>): string =>
  headers.get('auto-submitted')?.split(/[;(]/, 1)[0]?.trim().toLowerCase() ?? 'no';
