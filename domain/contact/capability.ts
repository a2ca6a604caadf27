import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Decision, decided, refused } from '../support/decision.ts';
import { type Instant, instant, millis } from '../support/time.ts';

/** What a link lets its holder do; one link, one purpose. */
export type Purpose = 'ticket' | 'survey' | 'unsubscribe' | 'acknowledge' | 'reply' | 'upload' | 'solved' | 'identity';

const PURPOSES: readonly string[] = [
  'ticket',
  'survey',
  'unsubscribe',
  'acknowledge',
  'reply',
  'upload',
  'identity',
  'solved',
] satisfies Purpose[];

/** A secret of at least 32 characters and the id that tokens carry, so that a new secret leaves old links valid. */
export interface LinkKey {
  id: string;
  secret: string;
}

/** The right to do one thing with one subject, given to one recipient until a time. */
export interface Capability {
  purpose: Purpose;
  /** What it is about, e.g. `T-7K2M9Q`, or `T-7K2M9Q#1#csat` for a survey. */
  subject: string;
  /** Whom it was given to: an id rather than an address, since links end up in logs. */
  recipient: string;
  expiresAt: Instant;
}

export type LinkRefusal = 'malformed' | 'unknown-key' | 'forged' | 'other-purpose' | 'expired';

const FORMAT = 1;
const SIGNATURE_BYTES = 32;
const LEAST_SECRET = 32;
const LONGEST_TOKEN = 2048;

/**
 * A token for a link: canonical base64url (RFC 4648, section 5, no padding) of a format byte, the key's id, the
 * capability and HMAC-SHA-256 over all before it. Throws when the key is too weak to sign with.
 */
export const signCapability = (capability: Capability, key: LinkKey): string => {
  const id = Buffer.from(key.id, 'utf8');
  if (id.length === 0 || id.length > 255) throw new Error(`The id of a link key has 1 to 255 bytes, not ${id.length}.`);
  const { purpose, subject, recipient, expiresAt } = capability;
  const payload = Buffer.from(JSON.stringify([purpose, subject, recipient, millis(expiresAt)]), 'utf8');
  const signed = Buffer.concat([Buffer.of(FORMAT, id.length), id, payload]);
  return Buffer.concat([signed, signature(signed, key)]).toString('base64url');
};

/** What a token allows, if this desk signed it for this purpose and its time is not over. */
export const readCapability = (
  token: string,
  purpose: Purpose,
  keys: readonly LinkKey[],
  now: Instant,
): Decision<Capability, LinkRefusal> => {
  const bytes = canonicalBytes(token);
  const idLength = bytes?.[1];
  if (
    bytes === undefined ||
    idLength === undefined ||
    bytes[0] !== FORMAT ||
    bytes.length < 2 + idLength + SIGNATURE_BYTES
  )
    return refused('malformed', 'This is not a link of this desk.');
  const signed = bytes.subarray(0, -SIGNATURE_BYTES);
  const keyId = bytes.subarray(2, 2 + idLength).toString('utf8');
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) return refused('unknown-key', 'The key of this link is no longer in use.');
  if (!timingSafeEqual(signature(signed, key), bytes.subarray(-SIGNATURE_BYTES)))
    return refused('forged', 'The signature of this link does not fit.');
  const capability = parsePayload(signed.subarray(2 + idLength).toString('utf8'));
  if (capability === undefined) return refused('malformed', 'This link holds something else than a capability.');
  if (capability.purpose !== purpose)
    return refused('other-purpose', `This link is for ${capability.purpose}, not for ${purpose}.`);
  if (capability.expiresAt <= now) return refused('expired', `This link ended at ${capability.expiresAt}.`);
  return decided(capability);
};

/** The bytes of a token, if there is no second way to write them: trailing bits, padding and other alphabets are refused. */
const canonicalBytes = (token: string): Buffer | undefined => {
  if (token.length > LONGEST_TOKEN) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token ? bytes : undefined;
};

const signature = (signed: Buffer, key: LinkKey): Buffer => {
  refuseWeak(key);
  return createHmac('sha256', key.secret).update('careline link\0').update(signed).digest();
};

/** A short secret could be guessed from one link: better no link than such a one. */
export const refuseWeak = (key: LinkKey): void => {
  if (key.secret.length < LEAST_SECRET)
    throw new Error(
      `The secret of link key "${key.id}" has ${key.secret.length} characters; it needs ${LEAST_SECRET}.`,
    );
};

const parsePayload = (text: string): Capability | undefined => {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [purpose, subject, recipient, expires]: unknown[] = value;
  if (!isPurpose(purpose) || typeof subject !== 'string' || typeof recipient !== 'string') return undefined;
  if (typeof expires !== 'number' || !Number.isSafeInteger(expires)) return undefined;
  return { purpose, subject, recipient, expiresAt: instant(expires) };
};

const isPurpose = (value: unknown): value is Purpose => typeof value === 'string' && PURPOSES.includes(value);
