import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange } from '../../domain/errors.ts';
import { type CustomerRecord, homeOf } from '../../domain/identity/identity.ts';
import type { PrivacyRequests } from '../../domain/ports.ts';
import { erasedRecord } from '../../domain/privacy/erased.ts';
import type { ErasureRequest, PrivacyRequest } from '../../domain/privacy/request.ts';
import { keyOf } from './item.ts';
import { customerItem } from './items/customer.ts';
import { erasedItem, privacyItem, readPrivacy } from './items/privacy.ts';
import { erasedKey, identityKey, privacyKey, privacyPk } from './keys.ts';
import { pageOf } from './paging.ts';
import { AFTER_ALL } from './partitions.ts';
import { isNew, isVersion, put } from './put.ts';
import { firstOf, getItem, queryItems } from './read.ts';
import type { Table } from './table.ts';
import { type GuardedWrite, transact } from './transact.ts';

/** How many years back requests are looked for. */
const YEARS = 10;

export const privacyRequestsIn = (table: Table): PrivacyRequests => ({
  get: async (id) => {
    const item = await getItem(table, privacyKey(id));
    return item && readPrivacy(item);
  },
  list: async ({ limit, next }, now) => {
    const latest = Number((next ?? now).slice(0, 4));
    const found: Array<{ key: string; request: PrivacyRequest }> = [];
    for (let year = latest; year > latest - YEARS; year -= 1) {
      const items = queryItems(table, {
        IndexName: 'lookup',
        ScanIndexForward: false,
        Limit: limit + 1,
        KeyConditionExpression: 'lookupPk = :pk AND lookupSk < :before',
        ExpressionAttributeValues: marshall({ ':pk': privacyPk(`${year}`), ':before': next ?? AFTER_ALL }),
      });
      const read = await firstOf(items, limit + 1 - found.length, (item) => ({
        key: item.lookupSk?.S ?? '',
        request: readPrivacy(item),
      }));
      found.push(...read);
      if (found.length > limit) break;
    }
    const { shown, ...more } = pageOf(found, limit);
    return { requests: shown.map(({ request }) => request), ...more };
  },
  note: async (request) => {
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: privacyItem(request) }));
  },
  begin: (request, { members }) =>
    transact(table, [
      put(table.name, privacyItem(request), isNew),
      ...members.flatMap((member) => leavingWrites(member, request, table.name)),
    ]),
  goOn: (before, after) =>
    transact(table, [
      put(
        table.name,
        privacyItem(after),
        isVersion(before.version),
        (cause) => new ConcurrentChange(before.id, { cause }),
      ),
    ]),
});

/** Nobody is found by the identity any more, and the customer has none; refused when they were linked otherwise since. */
const leavingWrites = (member: CustomerRecord, { id, at }: ErasureRequest, table: string): GuardedWrite[] => {
  const identity = homeOf(member);
  const values = Object.fromEntries(
    Object.entries({ ':was': member.linkedTo, ':were': member.links }).filter(([, value]) => value !== undefined),
  );
  const isLinkedAsBefore = {
    ConditionExpression: [
      'attribute_exists(PK)',
      'attribute_not_exists(erased)',
      member.linkedTo === undefined ? 'attribute_not_exists(linkedTo)' : 'linkedTo = :was',
      member.links === undefined ? 'attribute_not_exists(links)' : 'links = :were',
    ].join(' AND '),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values) }),
  };
  return [
    put(
      table,
      customerItem(erasedRecord(member, id)),
      isLinkedAsBefore,
      (cause) => new ConcurrentChange(member.id, { cause }),
    ),
    { write: { Delete: { TableName: table, Key: keyOf(identityKey(identity)) } } },
    put(table, erasedItem(erasedKey(identity), { at, erasure: id })),
  ];
};
