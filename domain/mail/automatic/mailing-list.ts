import type { IncomingMail } from '../incoming.ts';

/** Headers that only a list or a bulk sender writes (RFC 2369, 2919, 8058, and what list servers wrote before them). */
const LIST_HEADERS = [
  'list-id',
  'list-unsubscribe',
  'list-post',
  'list-subscribe',
  'list-help',
  'list-archive',
  'mailing-list',
  'x-mailing-list',
  'x-list-id',
  'x-list-name',
  'x-ml-name',
  'x-ml-server',
  'x-mailman-version',
  'x-beenthere',
  'x-listserver',
  'x-listmember',
  'x-mailinglist',
] as const;

const BULK = /^\s*(?:bulk|junk|list|first-class-bulk)\b/i;

/**
 * Whether a mail came through a mailing list or was sent in bulk: an answer would reach people who never asked the desk. A
 * list that is one of the team's own forwarding addresses only passes on what was written to the desk.
 */
export const isFromList = ({ headers }: IncomingMail, forwarders: readonly string[]): boolean => {
  const named = LIST_HEADERS.flatMap((name) => headers.get(name) ?? []);
  const bulk = BULK.test(headers.get('precedence') ?? '');
  if (named.length === 0 && !bulk) return false;
  return !forwarders.some((address) => named.some((value) => isNamedBy(address, value)));
};

/** A list writes its address as `list@host`, and as its id `list.host`. */
const isNamedBy = (address: string, value: string): boolean => {
  const list = address.trim().toLowerCase();
  const text = value.toLowerCase();
  return text.includes(list) || text.includes(`<${list.replace('@', '.')}>`);
};
