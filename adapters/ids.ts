import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulidx';
import type { Ids } from '../domain/ports.ts';

/** Crockford's base 32: no I, L, O or U, so that a number read aloud is written down as it was meant. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;

/** Ids by chance: 32^6 tickets, so a collision is rare and the store refuses it. */
export const randomIds = (): Ids => {
  const ulid = monotonicFactory();
  return {
    ulid: () => ulid(),
    ticketId: () => `T-${Array.from({ length: LENGTH }, () => CROCKFORD.charAt(randomInt(CROCKFORD.length))).join('')}`,
  };
};
