import { sameAddress } from '../contact/mail-address.ts';
import type { IncomingMail } from './incoming.ts';

type Author = IncomingMail['from'];

/** Where groups and aliases that write themselves as the sender put the real one; Reply-To is the last resort. */
const ORIGINALS = ['x-original-from', 'x-original-sender', 'x-forwarded-from', 'resent-reply-to'] as const;

/**
 * Who wrote a mail that an address of the team's own passed on under its own name, as a group does for senders whose
 * domain forbids forwarding ("Kim via Support"). Anybody can write these headers: only mail of the named addresses is
 * believed, and it is they whom the checks of the receiving server speak for.
 */
export const authorOf = (
  from: Author,
  { headers, replyTo }: { headers: ReadonlyMap<string, string>; replyTo: readonly string[] },
  forwarders: readonly string[],
): Author => {
  const isForwarder = (address: string): boolean => forwarders.some((each) => sameAddress(each, address));
  if (!isForwarder(from.email)) return from;
  const named = ORIGINALS.flatMap((name) => headers.get(name)?.match(/[^\s<>"(),;:]+@[^\s<>"(),;:]+/)?.[0] ?? []);
  const original = [...named, ...replyTo].find((address) => address.includes('@') && !isForwarder(address));
  if (original === undefined) return from;
  const name = from.name
    ?.replace(/\s+(?:via|über|par|door|tramite)\s+.{1,100}$/iu, '')
    .replace(/^['"]+|['"]+$/g, '')
    .trim();
  return { email: original.trim(), ...(name !== undefined && name !== '' && { name }) };
};
