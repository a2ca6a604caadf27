import * as z from 'zod/mini';
import type { Requester } from '../../../domain/ticket/ticket.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { addressKey, customerKey } from '../keys.ts';
import { text } from './parts.ts';
import { requester } from './ticket.ts';

export const customerItem = (value: Requester): Item => itemOf(customerKey(value.id), value);
export const readCustomer = (item: Item): Requester => readItem(requester, item);

const address = z.object({ customerId: text });

/** Which customer writes from an address. The address itself is only in the customer: its hash is the key here. */
export const addressItem = (email: string, customerId: string): Item => itemOf(addressKey(email), { customerId });
export const readAddress = (item: Item): { customerId: string } => readItem(address, item);
