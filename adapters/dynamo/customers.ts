import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type CustomerRecord, type Identity, identityIn } from '../../domain/identity/identity.ts';
import type { Customers } from '../../domain/ports.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import { keyOf } from './item.ts';
import { customerItem, identityItem, readAddress, readCustomer } from './items/customer.ts';
import { customerKey, identityKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** What a customer is until somebody says otherwise. */
const unknown = { locale: 'en', type: 'standard' };

/** The identity belongs to a customer already: somebody else made them a moment ago. */
class IdentityTaken extends Error {
  override readonly name = 'IdentityTaken';
}

export const customerById =
  (table: Table) =>
  async (id: string): Promise<CustomerRecord | undefined> => {
    const item = await getItem(table, customerKey(id));
    return item && readCustomer(item);
  };

export const customersIn = (table: Table): Customers => {
  const byId = customerById(table);
  const ofIdentity = async (identity: Identity): Promise<CustomerRecord | undefined> => {
    const item = await getItem(table, identityKey(identity));
    return item && byId(readAddress(item).customerId);
  };
  const make = (customer: CustomerRecord): Promise<void> =>
    transact(table, [
      {
        write: {
          Put: {
            TableName: table.name,
            Item: identityItem(customer),
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        refusal: (cause) => new IdentityTaken('This identity has a customer.', { cause }),
      },
      { write: { Put: { TableName: table.name, Item: customerItem(customer) } } },
    ]);
  const prove: Customers['prove'] = async (id, at) => {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: keyOf(customerKey(id)),
        UpdateExpression: 'SET provenAt = if_not_exists(provenAt, :at)',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeValues: marshall({ ':at': at }),
      }),
    );
  };
  const byIdentity: Customers['byIdentity'] = async (identity, seen, now, newId, proven = false) => {
    const written = partOf(identity);
    const known = await ofIdentity(identity);
    if (known) {
      if (proven && known.provenAt === undefined) await prove(known.id, now);
      return seenAs(known, seen, written);
    }
    const customer: CustomerRecord = {
      ...unknown,
      ...said(seen),
      id: newId,
      ...written,
      since: now,
      ...(proven && { provenAt: now }),
    };
    try {
      await make(customer);
      return seenAs(customer, {}, written);
    } catch (error) {
      if (!(error instanceof IdentityTaken)) throw error;
      const twin = await ofIdentity(identity);
      if (!twin) throw error;
      return seenAs(twin, seen, written);
    }
  };

  return {
    byIdentity,
    byAddress: (email, seen, now, newId) => byIdentity({ kind: 'email', value: email }, seen, now, newId),
    find: (word) => {
      const identity = identityIn(word);
      return identity ? ofIdentity(identity) : byId(word);
    },
    prove,
  };
};

/**
 * The customer for one ticket. Anybody can write in with somebody's address: what they say of themselves stands on this
 * ticket only.
 */
const seenAs = (
  { since, provenAt, linkedTo, links, ...customer }: CustomerRecord,
  seen: Partial<Requester>,
  written: Partial<Requester>,
): Requester => ({ ...customer, ...said(seen), ...written });

/** A language that somebody names is theirs; one that nobody named may be read from what they write. */
const said = (seen: Partial<Requester>): Partial<Requester> =>
  seen.locale === undefined ? seen : { ...seen, localeChosen: true };

/** An identity as the field of a customer that holds it. */
const partOf = ({ kind, value }: Identity): Partial<Requester> => {
  if (kind === 'email') return { email: value };
  if (kind === 'phone') return { phone: value };
  const [network = '', ...name] = value.split(':');
  return { handle: { network, name: name.join(':') } };
};
