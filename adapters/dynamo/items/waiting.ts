import * as z from 'zod/mini';
import type { WaitingPlace } from '../../../domain/ports.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { type Key, WAITINGS } from '../keys.ts';
import { count, text } from './parts.ts';

const waiting = z.object({ SK: text, ticketId: text, version: count });

/** A place in the list of a group; the version is that of the ticket which took it. */
export const waitingItem = (key: Key, ticketId: string, version: number): Item => itemOf(key, { ticketId, version });

export const readWaiting = (item: Item): WaitingPlace => {
  const { SK, ticketId, version } = readItem(waiting, item);
  return { place: SK.slice(WAITINGS.length), ticketId, version };
};
