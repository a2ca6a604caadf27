import { createHash } from 'node:crypto';

/** How many lots there are: `lot` is a whole number from 0 up to, but not including, this. */
export const LOTS = 2 ** 32;

/** Chance that answers the same for the same id, evenly spread over ids; one purpose says nothing of another. */
export const lot = (purpose: string, id: string): number =>
  createHash('sha256').update(`${purpose}\n${id}`).digest().readUInt32BE(0);
