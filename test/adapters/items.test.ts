import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { contactsItem } from '../../adapters/dynamo/items/contacts.ts';
import { eventItem, readEvent } from '../../adapters/dynamo/items/event.ts';
import { readTicket, ticketItem } from '../../adapters/dynamo/items/ticket.ts';
import { readWait } from '../../adapters/dynamo/items/wait.ts';
import { agentKey, kindOf, SHARDS, shardOf, waitKey } from '../../adapters/dynamo/keys.ts';
import { getItems } from '../../adapters/dynamo/read.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { randomIds } from '../../adapters/ids.ts';
import { emptySheet } from '../../domain/contact/governor.ts';
import { UnreadableItem } from '../../domain/errors.ts';
import { anEvent, aTicket, changing, opening } from '../contract/changes.ts';
import { mockClient } from '../support/mock-client.ts';

test('an item of another shape is unreadable by its key, never half read', () => {
  const item = ticketItem(aTicket({ id: 'T-7K2M9Q' }));

  const reading = () => readTicket({ ...item, status: { S: 'lost' } });

  expect(reading).toThrow(UnreadableItem);
  expect(reading).toThrow(/TICKET#T-7K2M9Q TICKET/);
});

test('an item of a later version is unreadable', () => {
  const item = ticketItem(aTicket());

  expect(() => readTicket({ ...item, v: { N: '2' } })).toThrow(UnreadableItem);
});

test('what an ask was weighed by comes back with its event, and events of before it need none', () => {
  const { after } = opening();
  const about = { survey: 'after-resolve@1', kind: 'csat' as const };
  const budget = { lately: 3, upTo: 3, within: 'PT720H', freeFrom: '2026-12-22T09:00:00.000Z' };
  const written = [
    anEvent(after, { type: 'survey-skipped', ...about, why: 'asked-enough', budget }),
    anEvent(after, { type: 'reminder-skipped', ...about, why: 'asked-enough', budget }),
    anEvent(after, { type: 'survey-sent', ...about, mail: 'm', budget: { lately: 0, upTo: 3, within: 'PT720H' } }),
    anEvent(after, { type: 'survey-sent', ...about, mail: 'm' }),
  ];

  const read = written.map((event) => readEvent(eventItem(event, after)));

  expect(read).toEqual(written);
});

test('a sheet of contacts goes a year after it was written', () => {
  const item = contactsItem({ ...emptySheet('01JKIM'), version: 1 }, '2026-11-22T09:00:00.000Z');

  expect(item.expiresAt).toEqual({ N: String(Date.parse('2027-11-23T09:00:00.000Z') / 1000) });
});

test('a wait written by a state machine is read as it wrote it', () => {
  const written = marshall({
    ...waitKey('T-7K2M9Q', 'escalation'),
    v: 1,
    ticketId: 'T-7K2M9Q',
    machine: 'escalation',
    cycle: 1,
    awaits: 'first-reply',
    token: 'AAAA',
    until: '2026-11-22T09:00:00Z',
  });

  expect(readWait(written)).toEqual({
    ticketId: 'T-7K2M9Q',
    machine: 'escalation',
    cycle: 1,
    awaits: 'first-reply',
    token: 'AAAA',
    until: '2026-11-22T09:00:00Z',
  });
});

test.each([
  ['TICKET#T-7K2M9Q', 'TICKET', 'ticket'],
  ['TICKET#T-7K2M9Q', 'EVENT#01J', 'event'],
  ['TICKET#T-7K2M9Q', 'LINK#1#csat', 'survey-link'],
  ['ADDRESS#9f', 'SUPPRESSION', 'suppression'],
  ['CUSTOMER#01J', 'OPT-OUT', 'opt-out'],
  ['CUSTOMER#01J', 'CONTACT#2026-11-22', 'contact'],
  ['CUSTOMER#01J', 'CONTACTS', 'contacts'],
  ['FACTS#2026-11-22#1', '2026-11-22T09:00:00.000Z#T-7K2M9Q#01J', 'fact'],
  ['SOMETHING', 'ELSE', undefined],
])('%s %s is a %s', (PK, SK, kind) => {
  expect(kindOf({ PK, SK })).toBe(kind);
});

test('tickets spread over the shards', () => {
  const ids = randomIds();
  const counts = Array.from({ length: SHARDS }, () => 0);

  for (let n = 0; n < 4000; n += 1) {
    const shard = shardOf(ids.ticketId());
    counts[shard] = (counts[shard] ?? 0) + 1;
  }

  expect(Math.min(...counts)).toBeGreaterThan(800);
});

test('ticket ids are six Crockford characters, and ULIDs of one process ascend', () => {
  const ids = randomIds();
  const ulids = Array.from({ length: 1000 }, () => ids.ulid());

  expect(ids.ticketId()).toMatch(/^T-[0-9A-HJKMNP-TV-Z]{6}$/);
  expect([...ulids].sort()).toEqual(ulids);
});

test('a ledger leaves out what came after its ticket was read', async () => {
  const mock = mockClient(DynamoDBClient);
  const { after, events } = opening();
  const later = changing(after, { ...after, version: 2 }, { type: 'needs-human', machine: 'm', error: 'e' });
  mock.on(GetItemCommand).resolves({ Item: ticketItem(after) });
  mock.on(QueryCommand).resolves({ Items: [...events, ...later.events].map((event) => eventItem(event, after)) });

  const ledger = await ticketsIn({ client: new DynamoDBClient({}), name: 'Desk' }).ledger(after.id);

  expect(ledger).toEqual({ ticket: after, events });
  expect(mock.commandCalls(GetItemCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
  expect(mock.commandCalls(QueryCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
});

test('a ledger whose events were read before the last change of its ticket is read again, and only then', async () => {
  const mock = mockClient(DynamoDBClient);
  const { after, events } = opening();
  const later = changing(after, { ...after, version: 2 }, { type: 'needs-human', machine: 'm', error: 'e' });
  const items = (some: typeof events) => ({ Items: some.map((event) => eventItem(event, after)) });
  const all = [...events, ...later.events];
  mock.on(GetItemCommand).resolves({ Item: ticketItem(later.after) });
  mock.on(QueryCommand).resolvesOnce(items(events)).resolves(items(all));
  const { ledger } = ticketsIn({ client: new DynamoDBClient({}), name: 'Desk' });

  expect(await ledger(after.id)).toEqual({ ticket: later.after, events: all });
  expect(mock.commandCalls(QueryCommand)).toHaveLength(2);
  expect(await ledger(after.id)).toEqual({ ticket: later.after, events: all });
  expect(mock.commandCalls(QueryCommand)).toHaveLength(3);
});

test('keys that DynamoDB left unprocessed are asked for again', async () => {
  const mock = mockClient(DynamoDBClient);
  const key = { PK: { S: 'AGENT#ada' }, SK: { S: 'AGENT' } };
  mock
    .on(BatchGetItemCommand)
    .resolvesOnce({ Responses: {}, UnprocessedKeys: { Desk: { Keys: [key] } } })
    .resolves({ Responses: { Desk: [{ ...key, v: { N: '1' }, load: { N: '3' } }] } });

  const items = await getItems({ client: new DynamoDBClient({}), name: 'Desk' }, [agentKey('ada')]);

  expect(items.map(({ load }) => load)).toEqual([{ N: '3' }]);
});
