import type { MailStore } from '../../adapters/s3/mail-store.ts';
import type { IncomingMail, Receipt } from '../../domain/mail/incoming.ts';
import type { Rules } from '../_shared/desk.ts';
import { failure, logger } from '../_shared/telemetry.ts';
import type { Received } from './keep-mail.ts';
import { identityOf, identityOfBytes } from './mail-identity.ts';
import { readHeadersOnly, readMail } from './read-mail.ts';

/** A mail that no parser reads: no sender and subject but what its first lines tell. */
export interface Unreadable {
  receipt: Receipt;
  id: string;
  raw: string;
  bytes: Uint8Array;
  from: IncomingMail['from'];
  subject: string;
}

/** Reads a stored mail, hostile or not; undefined when it is not there. Throws only when the store does not answer. */
export const readRaw = async (
  receipt: Receipt,
  raw: string,
  { store, policy }: Rules & { store: MailStore },
): Promise<Received | Unreadable | undefined> => {
  const bytes = await store.read(raw);
  if (bytes === undefined) return undefined;
  try {
    const mail = await readMail(bytes, policy.mailForwarders);
    return { receipt, mail, id: identityOf(mail), bytes, raw };
  } catch (error) {
    logger.warn('A mail could not be read.', { mail: receipt.id, ...failure(error) });
    const head = await readHeadersOnly(bytes).catch(() => ({ from: { email: '' }, subject: '' }));
    return { receipt, ...head, id: identityOfBytes(bytes), bytes, raw };
  }
};
