import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ParkedMail } from '../../domain/mail/parked.ts';
import type { ParkedMails } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { conditionHeld } from './condition.ts';
import { keyOf } from './item.ts';
import { parkedItem, readParked } from './items/parked.ts';
import { parkedKey, parkedPk } from './keys.ts';
import { pageOf } from './paging.ts';
import { AFTER_ALL } from './partitions.ts';
import { isNew } from './put.ts';
import { firstOf, getItem, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** Raw mail is kept for 90 days, which lie in five months at most. */
const MONTHS = 5;

export const parkedMailsIn = (table: Table): ParkedMails => {
  return {
    park: async (mail) => {
      await conditionHeld(
        table.client.send(new PutItemCommand({ TableName: table.name, Item: parkedItem(mail), ...isNew })),
      );
    },
    get: async (id, now) => {
      const item = await getItem(table, parkedKey(id));
      const mail = item && readParked(item);
      // TTL removes late.
      return mail && mail.expiresAt > now ? mail : undefined;
    },
    list: async ({ limit, next }, now) => {
      const rows: Array<{ key: string; mail: ParkedMail }> = [];
      for (const month of monthsBack(next ?? now)) {
        const items = queryItems(table, {
          IndexName: 'lookup',
          Limit: limit + 1,
          ScanIndexForward: false,
          KeyConditionExpression: 'lookupPk = :pk AND lookupSk < :before',
          ExpressionAttributeValues: marshall({ ':pk': month, ':before': next ?? AFTER_ALL }),
        });
        const read = await firstOf(items, limit + 1 - rows.length, (item) => ({
          key: item.lookupSk?.S ?? '',
          mail: readParked(item),
        }));
        rows.push(...read.filter(({ mail }) => mail.expiresAt > now));
        if (rows.length > limit) break;
      }
      const { shown, ...more } = pageOf(rows, limit);
      return { parked: shown.map(({ mail }) => mail), ...more };
    },
    opened: async (id, ticketId) => {
      const ifStillThere = new UpdateItemCommand({
        TableName: table.name,
        Key: keyOf(parkedKey(id)),
        UpdateExpression: 'SET ticketId = :ticket',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeValues: marshall({ ':ticket': ticketId }),
      });
      await conditionHeld(table.client.send(ifStillThere));
    },
  };
};

/** The months in which mail that is still kept may have come, newest first. */
const monthsBack = (from: string): string[] => {
  const first = `${from.slice(0, 7)}-01T00:00:00.000Z`;
  const months = [parkedPk(first)];
  for (let at = first; months.length < MONTHS; ) {
    at = `${plus(at, -DAY).slice(0, 7)}-01T00:00:00.000Z`;
    months.push(parkedPk(at));
  }
  return months;
};
