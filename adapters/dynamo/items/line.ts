import * as z from 'zod/mini';
import type { Line } from '../../../domain/ticket/change.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { lineKey } from '../keys.ts';
import { text } from './parts.ts';

const line = z.object({ ticketId: text });

export const lineItem = ({ customerId, ticketId }: Line): Item => itemOf(lineKey(customerId), { ticketId });
export const readLine = (item: Item): string => readItem(line, item).ticketId;
