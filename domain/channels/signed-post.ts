import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE, millis } from '../support/time.ts';

/** What a webhook sends, as it came. */
export interface SignedPost {
  /** `X-Careline-Timestamp`: Unix seconds. */
  timestamp: string | undefined;
  /** `X-Careline-Signature`: `v1=<hex>`, several of them separated by commas while the sender changes its key. */
  signature: string | undefined;
  body: Uint8Array;
}

/** How far the sender's clock may be from ours, either way. */
const WINDOW = 5 * MINUTE;
const MOST_SIGNATURES = 5;
/** A short secret could be guessed. */
const LEAST_SECRET = 32;

/**
 * Whether one of the channel's secrets signed this very body for this very time, and the time is now: HMAC-SHA-256 over
 * timestamp, a full stop and the raw body. Every signature is compared with every secret, each in constant time, and why
 * a post is refused is told to nobody.
 */
export const isSigned = (
  { timestamp, signature, body }: SignedPost,
  secrets: readonly string[],
  now: Instant,
): boolean => {
  if (timestamp === undefined || signature === undefined || !/^[1-9]\d{0,11}$/.test(timestamp)) return false;
  const given = signature.split(',').flatMap(digestIn);
  if (given.length === 0 || given.length > MOST_SIGNATURES) return false;
  let fits = false;
  for (const secret of secrets) {
    if (secret.length < LEAST_SECRET)
      throw new Error(`The secret of a channel has ${secret.length} characters; it needs ${LEAST_SECRET}.`);
    const right = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
    for (const digest of given) fits = timingSafeEqual(digest, right) || fits;
  }
  return fits && Math.abs(millis(now) - Number(timestamp) * 1000) <= WINDOW;
};

/** Versions that are not known here are passed over: a sender may add a newer one beside ours. */
const digestIn = (part: string): Buffer[] => {
  const [, hex] = /^v1=([0-9a-f]{64})$/i.exec(part.trim()) ?? [];
  return hex === undefined ? [] : [Buffer.from(hex, 'hex')];
};
