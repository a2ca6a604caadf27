import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Queues } from '../../domain/ports.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { type Item, readItem } from './item.ts';
import { readEvent } from './items/event.ts';
import { text } from './items/parts.ts';
import { readTicket } from './items/ticket.ts';
import { categoryPk, customerKey, lookupSk, queuePk, shards, ticketKey, UNTRIAGED } from './keys.ts';
import { pageOf } from './paging.ts';
import { firstOf, getItems, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** After every key of the index: the end of an open range. */
const LAST = '\uffff';

/** How many tickets are looked through at a time where not each of them is wanted. */
const FILTERED_PAGE = 200;

export const queuesIn = (table: Table): Queues => {
  const queue = (
    { group, shard, after }: { group: string; shard: number; after: string },
    pageSize: number,
    only?: { condition: string; values: Record<string, string> },
  ): AsyncGenerator<Item> =>
    queryItems(table, {
      IndexName: 'queue',
      Limit: pageSize,
      KeyConditionExpression: 'queuePk = :pk AND queueSk > :after',
      ...(only && { FilterExpression: only.condition }),
      ExpressionAttributeValues: marshall({
        ':pk': queuePk(group, shard),
        ':after': after,
        ...only?.values,
      }),
    });

  return {
    list: async ({ group, agent, limit, next }) => {
      // Each shard may hold the first of all, so each is asked for a whole page and one more; the cursor is a sort key.
      const only = agent === undefined ? undefined : { condition: 'assignee = :agent', values: { ':agent': agent } };
      const read = shards.map((shard) =>
        firstOf(
          queue({ group, shard, after: next ?? '0' }, only ? FILTERED_PAGE : limit + 1, only),
          limit + 1,
          (item) => ({
            key: item.queueSk?.S ?? '',
            ticket: readTicket(item),
          }),
        ),
      );
      const rows = (await Promise.all(read)).flat().sort((a, b) => (a.key < b.key ? -1 : 1));
      return pageOf(rows, limit);
    },

    ofCustomer: async (customerId, { limit, next }) => {
      const items = queryItems(table, {
        IndexName: 'lookup',
        Limit: limit + 1,
        ScanIndexForward: false,
        KeyConditionExpression: 'lookupPk = :pk AND lookupSk < :before',
        ExpressionAttributeValues: marshall({ ':pk': customerKey(customerId).PK, ':before': next ?? LAST }),
      });
      return pageOf(
        await firstOf(items, limit + 1, (item) => ({ key: item.lookupSk?.S ?? '', ticket: readTicket(item) })),
        limit,
      );
    },

    ofCategory: async (category, from, to, { limit, next }) => {
      const rows: Array<{ key: string; id: string }> = [];
      for (const pk of monthsOf(category, next ?? from, to)) {
        const wanted = limit + 1 - rows.length;
        const items = queryItems(table, {
          IndexName: 'lookup',
          Limit: wanted,
          KeyConditionExpression: 'lookupPk = :pk AND lookupSk BETWEEN :from AND :to',
          ExpressionAttributeValues: marshall({
            ':pk': pk,
            ':from': next ? next + LAST : from,
            ':to': lookupSk(to, LAST),
          }),
        });
        for await (const item of items) {
          const key = item.lookupSk?.S ?? '';
          // A ticket that left the category and came back stands there twice, under the same key.
          if (rows.at(-1)?.key !== key) rows.push({ key, id: readEvent(item).ticketId });
          if (rows.length > limit) break;
        }
        if (rows.length > limit) break;
      }
      const page = pageOf(
        rows.map(({ key, id }) => ({ key, ticket: id })),
        limit,
      );
      const tickets = await ticketsOf(table, page.tickets);
      // A ticket that was given another category since has left this list.
      return { ...page, tickets: tickets.filter((ticket) => isPlaced(ticket) && ticket.category === category) };
    },

    untriagedBefore: async (at) => {
      const read = shards.map((shard) =>
        firstOf(queue({ group: UNTRIAGED, shard, after: '0' }, FILTERED_PAGE), Number.POSITIVE_INFINITY, readTicket),
      );
      return (await Promise.all(read)).flat().filter(({ createdAt }) => createdAt < at);
    },

    overdueBefore: async (groups, at) => {
      const only = { condition: 'lookAgainAt < :at', values: { ':at': at } };
      const read = groups.flatMap((group) =>
        shards.map((shard) =>
          firstOf(queue({ group, shard, after: '0' }, FILTERED_PAGE, only), Number.POSITIVE_INFINITY, readTicket),
        ),
      );
      return (await Promise.all(read)).flat();
    },

    live: async (groups) => {
      const read = [UNTRIAGED, ...groups].flatMap((group) =>
        shards.map((shard) =>
          firstOf(queue({ group, shard, after: '0' }, FILTERED_PAGE), Number.POSITIVE_INFINITY, (item) => {
            return readItem(named, item).id;
          }),
        ),
      );
      return (await Promise.all(read)).flat();
    },
  };
};

/** The id alone: one ticket that cannot be read hides no other. */
const named = z.object({ id: text });

/** The partitions of a category from one month to another, both inclusive. */
const monthsOf = (category: string, from: string, to: string): string[] => {
  const keys: string[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  for (; month.toISOString().slice(0, 7) <= to.slice(0, 7); month.setUTCMonth(month.getUTCMonth() + 1)) {
    keys.push(categoryPk(category, month.toISOString()));
  }
  return keys;
};

/** Tickets by id, in the order asked for. */
const ticketsOf = async (table: Table, ids: readonly string[]): Promise<Ticket[]> => {
  const items = await getItems(table, ids.map(ticketKey));
  const found = new Map(items.map(readTicket).map((ticket) => [ticket.id, ticket]));
  return ids.flatMap((id) => found.get(id) ?? []);
};
