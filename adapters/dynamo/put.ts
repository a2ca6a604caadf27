import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Instant, millis } from '../../domain/support/time.ts';
import type { Item } from './item.ts';
import type { GuardedWrite } from './transact.ts';

/** What must hold of the item that is put, as a part of the put. */
export type Condition = Omit<NonNullable<TransactWriteItem['Put']>, 'TableName' | 'Item'>;

/** Puts an item as one write of a transaction; `refusal` says what it means when the condition does not hold. */
export const put = (
  table: string,
  item: Item,
  condition: Condition = {},
  refusal?: GuardedWrite['refusal'],
): GuardedWrite => ({
  write: { Put: { TableName: table, Item: item, ...condition } },
  ...(refusal && { refusal }),
});

export const isNew: Condition = { ConditionExpression: 'attribute_not_exists(PK)' };

export const isVersion = (version: number): Condition => ({
  ConditionExpression: 'version = :version',
  ExpressionAttributeValues: marshall({ ':version': version }),
});

/** As it was when it was decided on: of that version, or not there yet. */
export const isUnchanged = (before: { version: number } | undefined): Condition =>
  before ? isVersion(before.version) : isNew;

/** TTL removes late: a record that is over counts as absent. */
export const isNewOrOver = (now: Instant): Condition => ({
  ConditionExpression: 'attribute_not_exists(PK) OR expiresAt < :now',
  ExpressionAttributeValues: marshall({ ':now': Math.floor(millis(now) / 1000) }),
});
