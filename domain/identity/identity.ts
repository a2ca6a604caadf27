import { comparableAddress } from '../contact/mail-address.ts';
import type { Instant } from '../support/time.ts';
import type { CustomerId, Handle, Requester } from '../ticket/ticket.ts';

export const IDENTITY_KINDS = ['email', 'phone', 'handle'] as const;

/** One way in which somebody is known: `kim@example.com`, `+4930123456`, or `mastodon:kim@social.example`. */
export interface Identity {
  kind: (typeof IDENTITY_KINDS)[number];
  value: string;
}

/** Another customer that proved to be the same person. */
export interface LinkedCustomer {
  id: CustomerId;
  since: Instant;
}

/**
 * A customer as the desk keeps them: made by the first message of one identity, and that identity's for good. People who
 * prove to have several are linked, never melted, so that a link can be undone without a trace left on either side: the
 * first of them holds the list (`links`), the others name the first (`linkedTo`).
 */
export interface CustomerRecord extends Requester {
  /** When the desk first heard of the identity. */
  since?: Instant;
  /** When it was shown to be their own. */
  provenAt?: Instant;
  linkedTo?: CustomerId;
  links?: LinkedCustomer[];
  /** The request that erased them. */
  erasure?: string;
  /** Of a newcomer: when everything was erased that was held of this identity before. */
  erasedBefore?: Instant;
}

/** One person: every customer that is proven to be them, the first known first. */
export interface Person {
  id: CustomerId;
  members: CustomerRecord[];
}

/** No person has more identities than this: somebody would be collecting them. */
export const MOST_IDENTITIES = 20;

/** The handle of an identity: `mastodon:kim@social.example` → network `mastodon`, name `kim@social.example`. */
export const handleIdentity = ({ network, name }: Handle): Identity => ({
  kind: 'handle',
  value: `${network.trim().toLowerCase()}:${name.trim().replace(/^@/, '')}`,
});

/** The identity a customer was made for; a record holds exactly one. */
export const homeOf = ({ email, phone, handle }: Pick<Requester, 'email' | 'phone' | 'handle'>): Identity => {
  if (email !== undefined) return { kind: 'email', value: email };
  if (phone !== undefined) return { kind: 'phone', value: phone };
  if (handle !== undefined) return handleIdentity(handle);
  throw new Error('A customer without an identity cannot be.');
};

/** Letter case and outer blanks do not make another person, save where a network tells ids apart by case, as chats do. */
export const comparable = ({ kind, value }: Identity): string => {
  if (kind === 'email') return comparableAddress(value);
  const plain = value.trim();
  if (plain.startsWith('chat:')) return plain;
  // ASCII alone: elsewhere small letters and NFC turn look-alikes into the real letter.
  return plain.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
};

/** What somebody asks for by one word: an address, a number, `network:name`; undefined for what must be an id. */
export const identityIn = (word: string): Identity | undefined => {
  // A plus sign in an address line is read as a blank where nobody wrote %2B.
  const text = word.replace(/^ (?=\d{7,15}$)/, '+').trim();
  if (/^\+[1-9]\d{6,14}$/.test(text)) return { kind: 'phone', value: text };
  if (/^[a-z][a-z0-9-]{0,31}:./i.test(text)) return { kind: 'handle', value: text };
  return text.includes('@') ? { kind: 'email', value: text } : undefined;
};

/** A customer as a ticket knows them, without what says whose their identities are. */
export const asRequester = ({ since, provenAt, linkedTo, links, ...customer }: CustomerRecord): Requester => customer;
