import { marshall } from '@aws-sdk/util-dynamodb';
import { RequestAlreadyTaken } from '../../domain/errors.ts';
import { dayOfFeedback, type Feedback } from '../../domain/feedback/feedback.ts';
import type { Feedbacks } from '../../domain/ports.ts';
import { batches } from '../../domain/support/batches.ts';
import { newcomerWrites } from './customers.ts';
import { feedbackMoved, feedbackWrites } from './feedback-write.ts';
import { readFeedback } from './items/feedback.ts';
import { mailItem } from './items/mail.ts';
import { requestItem } from './items/request.ts';
import { feedbackKey, feedbackPk, saidPk } from './keys.ts';
import { AFTER_ALL, daysOf } from './partitions.ts';
import { isNew, isNewOrOver, put } from './put.ts';
import { allOf, getItem, queryItems } from './read.ts';
import { sheetWrites } from './sheet-writes.ts';
import type { Table } from './table.ts';
import { type GuardedWrite, transact } from './transact.ts';

/** Days queried at the same time. */
const SIDE_BY_SIDE = 32;

export const feedbacksIn = (table: Table): Feedbacks => {
  /** What was given on a day, the newest first. */
  const ofDay = (day: string, before: string) =>
    queryItems(table, {
      ConsistentRead: true,
      ScanIndexForward: false,
      KeyConditionExpression: 'PK = :pk AND SK < :before',
      ExpressionAttributeValues: marshall({ ':pk': feedbackPk(day), ':before': before }),
    });

  return {
    keep: ({ request, newcomer, mails = [], contacts, ...change }) => {
      const name = table.name;
      const writes: GuardedWrite[] = [
        ...feedbackWrites(change, name),
        ...sheetWrites(contacts, change.after.at, name, feedbackMoved(change.after.id)),
        ...(request
          ? [
              put(
                name,
                requestItem(request),
                isNewOrOver(change.after.at),
                (cause) => new RequestAlreadyTaken(request.key, { cause }),
              ),
            ]
          : []),
        ...(newcomer ? newcomerWrites(newcomer, name) : []),
        ...mails.map((mail) => put(name, mailItem(mail), isNew)),
      ];
      return transact(table, writes);
    },
    get: async (id) => {
      const item = dayOfFeedback(id) === undefined ? undefined : await getItem(table, feedbackKey(id));
      return item && readFeedback(item);
    },
    list: async ({ from, to, kinds, limit, next }) => {
      const wanted = ({ at, kind }: Feedback) => at >= from && at < to && (kinds === undefined || kinds.includes(kind));
      const found: Feedback[] = [];
      for (const day of daysOf(from, to).toReversed()) {
        if (next !== undefined && day > next.slice(0, 10)) continue;
        for await (const item of ofDay(day, next ?? AFTER_ALL)) {
          const feedback = readFeedback(item);
          if (wanted(feedback)) found.push(feedback);
          if (found.length > limit) break;
        }
        if (found.length > limit) break;
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return { feedback: shown, ...(found.length > limit && last && { next: last.id }) };
    },
    between: async (from, to) => {
      const found: Feedback[] = [];
      for (const days of batches(daysOf(from, to), SIDE_BY_SIDE)) {
        const each = days.map((day) => allOf(ofDay(day, AFTER_ALL), readFeedback));
        for (const some of await Promise.all(each)) found.push(...some.toReversed());
      }
      return found.filter(({ at }) => at >= from && at < to);
    },
    ofCustomer: (customerId) =>
      allOf(
        queryItems(table, {
          IndexName: 'lookup',
          ScanIndexForward: false,
          KeyConditionExpression: 'lookupPk = :pk',
          ExpressionAttributeValues: marshall({ ':pk': saidPk(customerId) }),
        }),
        readFeedback,
      ),
  };
};
