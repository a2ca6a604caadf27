import * as z from 'zod/mini';
import { type CustomerRecord, homeOf, type Identity } from '../../../domain/identity/identity.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { customerKey, identityKey } from '../keys.ts';
import { instant, maybe, text } from './parts.ts';
import { requester } from './ticket.ts';

/** A customer as they are stored. */
export const customerShape = z.extend(requester, {
  since: maybe(instant),
  provenAt: maybe(instant),
  linkedTo: maybe(text),
  erasure: maybe(text),
  links: maybe(z.array(z.object({ id: text, since: instant }))),
});

export const customerItem = (value: CustomerRecord): Item => itemOf(customerKey(value.id), value);
export const readCustomer = (item: Item): CustomerRecord => readItem(customerShape, item);

const address = z.object({ customerId: text });

/**
 * Leads from an identity to its customer. The identity itself is stored in the customer alone: here its hash is the
 * key.
 */
export const identityItem = (value: CustomerRecord): Item => addressOf(homeOf(value), value.id);
const addressOf = (identity: Identity, customerId: string): Item => itemOf(identityKey(identity), { customerId });
export const readAddress = (item: Item): { customerId: string } => readItem(address, item);
