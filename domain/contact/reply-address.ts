import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Decision, decided, refused } from '../support/decision.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { type LinkKey, refuseWeak } from './capability.ts';

/** Crockford's base 32: no letter that reads like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SIGNATURE_BYTES = 16;
const SIGNATURE_LETTERS = 26;
/** RFC 5321, 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

/**
 * The address that answers to a ticket go to: `desk+t-7k2m9q.<signature>@example.com`. All small letters, because mail
 * systems may change the case of a local part; 128 bits of HMAC-SHA-256, because a guessed one would reach a ticket.
 * It does not expire: a customer may answer an old mail. Throws when the local part would be longer than RFC 5321 allows.
 */
export const replyAddress = (ticketId: TicketId, deskAddress: string, key: LinkKey): string => {
  const { local, domain } = parts(deskAddress);
  const ticket = ticketId.toLowerCase();
  const full = `${local}+${ticket}.${base32(signature(ticket, domain, key))}`;
  if (full.length > LONGEST_LOCAL_PART)
    throw new Error(
      `The reply address of ${ticketId} has ${full.length} characters before the @; at most 64 are allowed.`,
    );
  return `${full}@${domain}`;
};

/** The ticket an answer was sent to, if this desk made the address. Upper and lower case are the same. */
export const readReplyAddress = (
  address: string,
  deskAddress: string,
  keys: readonly LinkKey[],
): Decision<{ ticketId: TicketId }, 'not-a-reply-address' | 'forged'> => {
  const desk = parts(deskAddress);
  const { local, domain } = parts(address);
  const prefix = `${desk.local}+`;
  const found = local.startsWith(prefix) ? /^(t-[0-9a-z]{1,20})\.([0-9a-z]+)$/.exec(local.slice(prefix.length)) : null;
  const [, ticket, written] = found ?? [];
  if (domain !== desk.domain || ticket === undefined || written === undefined)
    return refused('not-a-reply-address', 'This is not an address for answers to a ticket.');
  const given = Buffer.from(written, 'utf8');
  const fits = keys.some((key) => {
    const right = Buffer.from(base32(signature(ticket, domain, key)), 'utf8');
    return right.length === given.length && timingSafeEqual(right, given);
  });
  if (!fits) return refused('forged', 'The signature of this address does not fit.');
  return decided({ ticketId: ticket.toUpperCase() });
};

const parts = (address: string): { local: string; domain: string } => {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  return { local: lower.slice(0, Math.max(0, at)), domain: lower.slice(at + 1) };
};

const signature = (ticket: string, domain: string, key: LinkKey): Buffer => {
  refuseWeak(key);
  return createHmac('sha256', key.secret)
    .update(`careline reply\0${ticket}\0${domain}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
};

const base32 = (bytes: Buffer): string => {
  let bits = BigInt(`0x${bytes.toString('hex')}`) << BigInt(SIGNATURE_LETTERS * 5 - bytes.length * 8);
  let text = '';
  for (let letter = 0; letter < SIGNATURE_LETTERS; letter += 1) {
    text = `${ALPHABET[Number(bits & 31n)] ?? ''}${text}`;
    bits >>= 5n;
  }
  return text;
};
