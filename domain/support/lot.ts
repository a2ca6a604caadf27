import { createHash } from 'node:crypto';

/** How many lots there are: `lot` is a whole number from 0 up to, but not including, this. */
export const LOTS = 2 ** 32;

/**
 * A number that is always the same for a purpose and an id, spread evenly over ids; two purposes have nothing to do
 * with each other.
 */
export const lot = (purpose: string, id: string): number =>
  createHash('sha256').update(`${purpose}\n${id}`).digest().readUInt32BE(0);
