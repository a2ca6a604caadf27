import type { IncomingMail } from './read-mail.ts';
import type { Receipt } from './ses-event.ts';

/** Why a mail makes no ticket and gets no answer; its raw form is kept until it expires. */
export type Parked = 'virus' | 'spam' | 'bounce' | 'automatic' | 'list' | 'own-mail' | 'no-sender' | 'unproven';

/**
 * Mail that no person wrote to the desk. Answering it could start a conversation of machines (RFC 3834, 2): a null return
 * path, Auto-Submitted other than `no`, a list, or bulk precedence. X-Auto-Response-Suppress alone is no sign: people's
 * mail programs set it.
 */
export const parkedBecause = (
  { harmful, source }: Receipt,
  { from, headers }: IncomingMail,
  deskAddress: string,
): Parked | undefined => {
  if (harmful) return harmful;
  if (source === '' || /^(mailer-daemon|postmaster)@/.test(source)) return 'bounce';
  const submitted = headers.get('auto-submitted')?.split(';', 1)[0]?.trim().toLowerCase() ?? 'no';
  if (submitted !== 'no') return 'automatic';
  if (headers.has('list-id') || headers.has('list-unsubscribe')) return 'list';
  if (/^(bulk|junk|list)\b/i.test(headers.get('precedence')?.trim() ?? '')) return 'list';
  if (!/^[^\s@]+@[^\s@]+$/.test(from.email)) return 'no-sender';
  return from.email.toLowerCase() === deskAddress.toLowerCase() ? 'own-mail' : undefined;
};
