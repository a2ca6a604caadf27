import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import type { Instant } from '../../../domain/support/time.ts';

/** What a link from an acknowledgement lets its holder say of one ticket; undefined for a link that is not ours or over. */
export const solvedByLink = async (
  token: string,
  keys: () => Promise<LinkKeys>,
  now: Instant,
): Promise<{ ticketId: string; customerId: string } | undefined> => {
  const link = readCapability(token, 'solved', await keys(), now);
  return link.ok ? { ticketId: link.value.subject, customerId: link.value.recipient } : undefined;
};
