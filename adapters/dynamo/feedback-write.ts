import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { FeedbackMoved } from '../../domain/errors.ts';
import type { FeedbackChange } from '../../domain/feedback/feedback.ts';
import { type NpsAskChange, npsKey, type SheetChange } from '../../domain/feedback/nps-ask.ts';
import type { Instant } from '../../domain/support/time.ts';
import type { Item } from './item.ts';
import { contactsItem } from './items/contacts.ts';
import { feedbackItem } from './items/feedback.ts';
import { npsAskItem } from './items/nps-ask.ts';
import type { GuardedWrite } from './transact.ts';

/** A piece of feedback as it is now, and what it answers; refused when either is not as it was before. */
export const feedbackWrites = ({ before, after, ask }: FeedbackChange, table: string): GuardedWrite[] => [
  put(table, feedbackItem(after), before?.version, after.id),
  ...(ask ? [npsAskWrite(ask, table)] : []),
];

export const npsAskWrite = ({ before, after }: NpsAskChange, table: string): GuardedWrite =>
  put(table, npsAskItem(after), before?.version, npsKey(after));

/** A person's sheet; none has version 0. */
export const sheetWrites = (sheet: SheetChange | undefined, now: Instant, table: string): GuardedWrite[] =>
  sheet === undefined || sheet.before.version === sheet.after.version
    ? []
    : [put(table, contactsItem(sheet.after, now), sheet.before.version || undefined, sheet.after.customerId)];

const put = (table: string, Item: Item, before: number | undefined, id: string): GuardedWrite => ({
  write: { Put: { TableName: table, Item, ...isStill(before) } },
  refusal: (cause) => new FeedbackMoved(id, { cause }),
});

const isStill = (version: number | undefined): Partial<NonNullable<TransactWriteItem['Put']>> =>
  version === undefined
    ? { ConditionExpression: 'attribute_not_exists(PK)' }
    : { ConditionExpression: 'version = :version', ExpressionAttributeValues: marshall({ ':version': version }) };
