import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { CustomerMadeMeanwhile } from '../../domain/errors.ts';
import { type CustomerRecord, type Identity, identityIn } from '../../domain/identity/identity.ts';
import { maskedName } from '../../domain/masking/mask-secrets.ts';
import type { Customers } from '../../domain/ports.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import { keyOf } from './item.ts';
import { customerItem, identityItem, readAddress, readCustomer } from './items/customer.ts';
import { readErased } from './items/privacy.ts';
import { customerKey, erasedKey, identityKey } from './keys.ts';
import { optOutItem } from './opt-outs.ts';
import { isNew, put } from './put.ts';
import { allOf, getItem, queryItems } from './read.ts';
import type { Table } from './table.ts';
import { type GuardedWrite, transact } from './transact.ts';

/** What a customer is until somebody says otherwise. */
const unknown = { locale: 'en', type: 'standard' };

/**
 * A customer and their identity; refused when the identity has a customer. Whoever was erased before is not asked for
 * ratings when they write again, unless they ask for it.
 */
export const newcomerWrites = ({ erasedBefore, ...customer }: CustomerRecord, table: string): GuardedWrite[] => [
  put(table, identityItem(customer), isNew, (cause) => new CustomerMadeMeanwhile(customer.id, { cause })),
  put(table, customerItem(customer)),
  ...(erasedBefore === undefined ? [] : [put(table, optOutItem(customer.id, erasedBefore))]),
];

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
  /**
   * The customer of an identity, or when its customer was erased: both items lie in one partition and are read
   * together.
   */
  const met = async (identity: Identity) => {
    const [home, gone] = [identityKey(identity), erasedKey(identity)];
    const query = {
      ConsistentRead: true,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: marshall({ ':pk': home.PK }),
    };
    const items = await allOf(queryItems(table, query), (item) => item);
    const [address, before] = [home, gone].map(({ SK }) => items.find((item) => item.SK?.S === SK));
    return {
      known: address && (await byId(readAddress(address).customerId)),
      erased: before === undefined ? {} : { erasedBefore: readErased(before).at },
    };
  };
  const make = (customer: CustomerRecord): Promise<void> => transact(table, newcomerWrites(customer, table.name));
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
    const { known, erased } = await met(identity);
    if (known) {
      if (proven && known.provenAt === undefined) await prove(known.id, now);
      return seenAs(known, seen, written);
    }
    const customer = {
      ...newcomer(identity, seen, now, newId),
      ...erased,
      ...(proven && { provenAt: now }),
    };
    try {
      await make(customer);
      return seenAs(customer, {}, written);
    } catch (error) {
      if (!(error instanceof CustomerMadeMeanwhile)) throw error;
      const twin = await ofIdentity(identity);
      if (!twin) throw error;
      return seenAs(twin, seen, written);
    }
  };

  return {
    byIdentity,
    byAddress: (email, seen, now, newId) => byIdentity({ kind: 'email', value: email }, seen, now, newId),
    meet: async (email, seen, now, newId) => {
      const identity: Identity = { kind: 'email', value: email };
      const { known, erased } = await met(identity);
      if (known) return { customer: seenAs(known, seen, { email }) };
      const made = { ...newcomer(identity, seen, now, newId), ...erased };
      return { customer: seenAs(made, {}, { email }), newcomer: made };
    },
    find: (word) => {
      const identity = identityIn(word);
      return identity ? ofIdentity(identity) : byId(word);
    },
    prove,
  };
};

const newcomer = (identity: Identity, seen: Partial<Requester>, now: string, id: string): CustomerRecord => ({
  ...unknown,
  ...said(seen),
  id,
  ...partOf(identity),
  since: now,
});

/**
 * The customer for one ticket. Anybody can write in with somebody's address: what they say of themselves stands on this
 * ticket only.
 */
const seenAs = (
  { since, provenAt, linkedTo, links, erasure, erasedBefore, ...customer }: CustomerRecord,
  seen: Partial<Requester>,
  written: Partial<Requester>,
): Requester => ({ ...customer, ...said(seen), ...written });

/** A language that somebody names is theirs; one that nobody named may be read from what they write. */
const said = (seen: Partial<Requester>): Partial<Requester> => ({
  ...maskedName(seen),
  ...(seen.locale !== undefined && { localeChosen: true }),
});

/** An identity as the field of a customer that holds it. */
const partOf = ({ kind, value }: Identity): Partial<Requester> => {
  if (kind === 'email') return { email: value };
  if (kind === 'phone') return { phone: value };
  const [network = '', ...name] = value.split(':');
  return { handle: { network, name: name.join(':') } };
};
