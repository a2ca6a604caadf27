import { DeleteItemCommand, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { Ledger, Tickets } from '../../domain/ports.ts';
import type { FactAbout } from '../../domain/report/event-facts.ts';
import { inOrder, type TicketEvent } from '../../domain/ticket/event.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import { askedTicketsIn, readFound } from './asked-tickets.ts';
import { writesOf } from './change-writes.ts';
import { conditionHeld } from './condition.ts';
import { type Item, keyOf } from './item.ts';
import { factItem, readEvent } from './items/event.ts';
import { readLine } from './items/line.ts';
import { readMessage } from './items/message.ts';
import { readRemediation } from './items/remediation.ts';
import { readRequest } from './items/request.ts';
import { readWait } from './items/wait.ts';
import { EVENTS, lineKey, MESSAGES, remediationKey, requestKey, ticketKey, waitKey } from './keys.ts';
import { putsInto } from './put-many.ts';
import { allOf, getItem, queryItems } from './read.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** Whether the events of every version up to that of the ticket are there: one may have come between the two reads. */
const isWhole = (events: readonly TicketEvent[], { version: last }: Ticket): boolean =>
  new Set(events.flatMap(({ version }) => (version <= last ? [version] : []))).size === last;

export const ticketsIn = (table: Table): Tickets => {
  const read = async <T>(item: Promise<Item | undefined>, as: (item: Item) => T): Promise<T | undefined> =>
    readFound(await item, as);
  const { ticket, survey } = askedTicketsIn(table);
  const part = <T>(id: string, prefix: string, as: (item: Item) => T): Promise<T[]> =>
    allOf(
      queryItems(table, {
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
        ExpressionAttributeValues: marshall({ ':pk': ticketKey(id).PK, ':prefix': prefix }),
      }),
      as,
    );

  return {
    ticket,
    ledger: async (id): Promise<Ledger | undefined> => {
      // Both at once: nearly always they tell of the same moment. Events that came later are left out.
      const [found, seen] = await Promise.all([ticket(id), part(id, EVENTS, readEvent)]);
      if (!found) return undefined;
      const events = isWhole(seen, found) ? seen : await part(id, EVENTS, readEvent);
      return { ticket: found, events: inOrder(events.filter(({ version }) => version <= found.version)) };
    },
    messages: (id) => part(id, MESSAGES, readMessage),
    survey,
    remediation: (id, cycle) => read(getItem(table, remediationKey(id, cycle)), readRemediation),
    wait: (id, machine) => read(getItem(table, waitKey(id, machine)), readWait),
    line: (customerId) => read(getItem(table, lineKey(customerId)), readLine),
    request: (key) => read(getItem(table, requestKey(key)), readRequest),
    record: async (change) => {
      try {
        await transact(table, writesOf(change, table.name));
      } catch (error) {
        // Others kept writing the same items: the caller decides again on what they left.
        if (error instanceof TransactionCanceledException)
          throw new ConcurrentChange(change.after.id, { cause: error });
        throw error;
      }
    },
  };
};

/** What the dispatcher keeps beside the tickets: facts for reports, and tokens that have served. */
export interface Traces {
  /** Keeps an event for reports; keeping it twice is keeping it once. */
  keepFact(event: TicketEvent, about?: FactAbout): Promise<void>;
  /** Removes a token that was answered, unless a later one has taken its place. */
  forget(wait: Wait): Promise<void>;
}

export const tracesIn = (table: Table): Traces => {
  const { client, name } = table;
  const put = putsInto(table);
  return {
    keepFact: (event, about) => put(factItem(event, about)),
    forget: async ({ ticketId, machine, token }) => {
      const ifStillThere = new DeleteItemCommand({
        TableName: name,
        Key: keyOf(waitKey(ticketId, machine)),
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: marshall({ ':token': token }),
      });
      await conditionHeld(client.send(ifStillThere));
    },
  };
};
