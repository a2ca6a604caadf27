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
import { AFTER_ALL, monthsOf } from './partitions.ts';
import { allOf, firstOf, getItems, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** Sorts before every key of the queue index, which begins with a rank, and before every time. */
const BEFORE_ALL = '0';

/** Tickets evaluated per request where a filter drops some of them, or where all are read. */
const FILTERED_PAGE = 200;

interface Filter {
  condition: string;
  values: Record<string, string>;
}

export const queuesIn = (table: Table): Queues => {
  const queue = (
    { group, shard, after }: { group: string; shard: number; after: string },
    pageSize: number,
    only?: Filter,
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

  const everyOneIn = async <T>(groups: readonly string[], read: (item: Item) => T, only?: Filter): Promise<T[]> => {
    const each = groups.flatMap((group) =>
      shards.map((shard) => allOf(queue({ group, shard, after: BEFORE_ALL }, FILTERED_PAGE, only), read)),
    );
    return (await Promise.all(each)).flat();
  };

  return {
    list: async ({ group, agent, limit, next }) => {
      const only = agent === undefined ? undefined : { condition: 'assignee = :agent', values: { ':agent': agent } };
      // One shard may hold the whole page, so each is asked for all of it and one more. The cursor is a sort key.
      const read = shards.map((shard) =>
        firstOf(
          queue({ group, shard, after: next ?? BEFORE_ALL }, only ? FILTERED_PAGE : limit + 1, only),
          limit + 1,
          (item) => ({
            key: item.queueSk?.S ?? '',
            ticket: readTicket(item),
          }),
        ),
      );
      const rows = (await Promise.all(read)).flat().sort((a, b) => (a.key < b.key ? -1 : 1));
      return asTickets(pageOf(rows, limit));
    },

    ofCustomer: async (customerId, { limit, next, from = BEFORE_ALL, before = AFTER_ALL }) => {
      const items = queryItems(table, {
        IndexName: 'lookup',
        Limit: limit + 1,
        ScanIndexForward: false,
        KeyConditionExpression: 'lookupPk = :pk AND lookupSk < :before',
        ExpressionAttributeValues: marshall({
          ':pk': customerKey(customerId).PK,
          ':before': next !== undefined && next < before ? next : before,
        }),
      });
      const rows = await firstOf(items, limit + 1, (item) => ({
        key: item.lookupSk?.S ?? '',
        ticket: readTicket(item),
      }));
      // They come newest first: what is too old ends the list.
      return asTickets(
        pageOf(
          rows.filter(({ key }) => key >= from),
          limit,
        ),
      );
    },

    ofCategory: async (category, from, to, { limit, next }) => {
      const rows: Array<{ key: string; id: string }> = [];
      for (const month of monthsOf(next ?? from, to)) {
        const wanted = limit + 1 - rows.length;
        const items = queryItems(table, {
          IndexName: 'lookup',
          Limit: wanted,
          KeyConditionExpression: 'lookupPk = :pk AND lookupSk BETWEEN :from AND :to',
          ExpressionAttributeValues: marshall({
            ':pk': categoryPk(category, month),
            ':from': next ? next + AFTER_ALL : from,
            ':to': lookupSk(to, AFTER_ALL),
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
      const { shown, ...more } = pageOf(rows, limit);
      const tickets = await ticketsOf(
        table,
        shown.map(({ id }) => id),
      );
      // A ticket that was given another category since has left this list.
      return { tickets: tickets.filter((ticket) => isPlaced(ticket) && ticket.category === category), ...more };
    },

    untriagedBefore: async (at) => {
      const untriaged = await everyOneIn([UNTRIAGED], readTicket);
      return untriaged.filter(({ createdAt }) => createdAt < at);
    },

    overdueBefore: (groups, at) =>
      everyOneIn(groups, readTicket, { condition: 'lookAgainAt < :at', values: { ':at': at } }),

    live: (groups) => everyOneIn([UNTRIAGED, ...groups], (item) => readItem(named, item).id),
  };
};

/** The id alone: one ticket that cannot be read hides no other. */
const named = z.object({ id: text });

const asTickets = ({ shown, ...more }: { shown: Array<{ ticket: Ticket }>; next?: string }) => ({
  tickets: shown.map(({ ticket }) => ticket),
  ...more,
});

/** Tickets by id, in the order asked for. */
const ticketsOf = async (table: Table, ids: readonly string[]): Promise<Ticket[]> => {
  const items = await getItems(table, ids.map(ticketKey));
  const found = new Map(items.map(readTicket).map((ticket) => [ticket.id, ticket]));
  return ids.flatMap((id) => found.get(id) ?? []);
};
