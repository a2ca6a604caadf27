import { marshall } from '@aws-sdk/util-dynamodb';
import type { NpsAsk } from '../../domain/feedback/nps-ask.ts';
import type { NpsAsks } from '../../domain/ports.ts';
import { feedbackMoved, npsAskWrite } from './feedback-write.ts';
import { mailItem } from './items/mail.ts';
import { readNpsAsk } from './items/nps-ask.ts';
import { customerKey, NPS_ASKS, npsAskKey, npsAsksPk } from './keys.ts';
import { monthsOf } from './partitions.ts';
import { isNew, put } from './put.ts';
import { allOf, firstOf, getItem, queryItems } from './read.ts';
import { sheetWrites } from './sheet-writes.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** Among this many of a person's latest due days, one on which they were asked is looked for. */
const LATELY = 8;

export const npsAsksIn = (table: Table): NpsAsks => ({
  get: async (person, day) => {
    const item = await getItem(table, npsAskKey(person, day));
    return item && readNpsAsk(item);
  },
  lastAsked: async (person) => {
    const items = queryItems(table, {
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: LATELY,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :asks)',
      ExpressionAttributeValues: marshall({ ':pk': customerKey(person).PK, ':asks': NPS_ASKS }),
    });
    const asks = await firstOf(items, LATELY, readNpsAsk);
    return asks.find(({ status }) => status !== 'skipped')?.at;
  },
  keep: ({ ask, contacts, mail }) =>
    transact(table, [
      npsAskWrite({ after: ask }, table.name),
      ...sheetWrites(contacts, ask.at, table.name, feedbackMoved(ask.person)),
      ...(mail ? [put(table.name, mailItem(mail), isNew)] : []),
    ]),
  between: async (from, to) => {
    const found: NpsAsk[] = [];
    for (const month of monthsOf(from, to)) {
      const items = queryItems(table, {
        IndexName: 'lookup',
        KeyConditionExpression: 'lookupPk = :pk AND lookupSk BETWEEN :from AND :to',
        // A sort key goes on after its time, so those of the moment `to` sort after `:to`: the end is exclusive.
        ExpressionAttributeValues: marshall({ ':pk': npsAsksPk(month), ':from': from, ':to': to }),
      });
      found.push(...(await allOf(items, readNpsAsk)));
    }
    return found;
  },
});
