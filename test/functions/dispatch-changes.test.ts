import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { type Item, itemOf } from '../../adapters/dynamo/item.ts';
import { eventItem } from '../../adapters/dynamo/items/event.ts';
import { mailItem } from '../../adapters/dynamo/items/mail.ts';
import { messageItem } from '../../adapters/dynamo/items/message.ts';
import { surveyLinkItem } from '../../adapters/dynamo/items/survey.ts';
import { ticketItem } from '../../adapters/dynamo/items/ticket.ts';
import { waitItem } from '../../adapters/dynamo/items/wait.ts';
import { waitingItem } from '../../adapters/dynamo/items/waiting.ts';
import { agentKey, waitingKey } from '../../adapters/dynamo/keys.ts';
import { DAY, HOUR } from '../../domain/support/time.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build } from '../../functions/dispatch-changes/handler.ts';
import { machines } from '../../workflows/contracts.ts';
import { act } from './acting.ts';
import { aDesk, aNewTicket, anOpenTicket, type Desk } from './support.ts';

let sequence = 0;

const aRecord = (change: { before?: Item; after?: Item }): DynamoDBRecord => {
  const item = change.after ?? change.before ?? {};
  const image = (given: Item) => JSON.parse(JSON.stringify(given));
  return {
    eventName: change.after ? (change.before ? 'MODIFY' : 'INSERT') : 'REMOVE',
    dynamodb: {
      Keys: image({ PK: item.PK ?? { S: '' }, SK: item.SK ?? { S: '' } }),
      SequenceNumber: String(++sequence),
      ...(change.before && { OldImage: image(change.before) }),
      ...(change.after && { NewImage: image(change.after) }),
    },
  };
};

const stream = (...records: DynamoDBRecord[]): DynamoDBStreamEvent => ({ Records: records });

const dispatching = (desk: Desk) => build({ ...desk, queues: desk.mailQueues });

const done = { batchItemFailures: [] };

const ticketOf = (desk: Desk, id: string) => desk.memory.tickets.get(id) ?? expect.fail(`no ticket ${id}`);

test('a new ticket starts its intake', async () => {
  const desk = aDesk();
  const id = await aNewTicket(desk);

  const answer = await dispatching(desk)(stream(aRecord({ after: ticketItem(ticketOf(desk, id)) })));

  expect(answer).toEqual(done);
  expect(desk.started).toEqual([{ arn: 'intake', name: `${id}-1-intake`, input: { ticketId: id } }]);
});

test('a resolved ticket starts the survey of its cycle, with an input its contract knows', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const before = ticketOf(desk, id);
  await act(desk, acts.resolve, id, { cause: 'c', solution: 's', check: 'k' });

  await dispatching(desk)(stream(aRecord({ before: ticketItem(before), after: ticketItem(ticketOf(desk, id)) })));

  expect(desk.started.map(({ name }) => name)).toEqual([`${id}-1-survey`]);
  expect(machines.survey.safeParse(desk.started[0]?.input).success).toBe(true);
});

test('an owed mail goes to the queue of its pace, and a sent one nowhere', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Try again.' });
  const [mail] = [...desk.memory.mails.values()];
  if (!mail) return expect.fail('nothing is owed');

  await dispatching(desk)(
    stream(
      aRecord({ after: mailItem(mail) }),
      aRecord({ before: mailItem(mail), after: mailItem({ ...mail, status: 'sent' }) }),
    ),
  );

  expect(desk.queued).toEqual([{ key: mail.key, pace: 'prompt' }]);
});

test('an event is published, and kept for reports once', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const event = desk.memory.events.find(({ type }) => type === 'triaged') ?? expect.fail('not triaged');
  const record = aRecord({ after: eventItem(event, ticketOf(desk, id)) });

  await dispatching(desk)(stream(record));
  await dispatching(desk)(stream(record));

  expect(desk.published).toEqual(['careline.triaged', 'careline.triaged']);
  expect([...desk.memory.facts.values()]).toEqual([{ event, about: {} }]);
});

describe('a waiting state', () => {
  const waiting = (ticketId: string, over: Partial<Wait> = {}): Wait => ({
    ticketId,
    machine: 'escalation',
    cycle: 1,
    awaits: 'first-reply',
    token: 'token-1',
    ...over,
  });

  test('hears of the reply that came after its token was stored', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    desk.memory.waits.set(`${id} escalation`, waiting(id));
    const before = ticketOf(desk, id);
    await act(desk, acts.replies, id, { body: 'Try again.' });

    await dispatching(desk)(stream(aRecord({ before: ticketItem(before), after: ticketItem(ticketOf(desk, id)) })));

    expect(desk.signals).toMatchObject([
      { token: 'token-1', signal: { kind: 'succeed', output: { owed: 'resolution' } } },
    ]);
    expect(desk.memory.waits.size).toBe(0);
  });

  test('hears of the reply that came before its token was stored', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await act(desk, acts.replies, id, { body: 'Try again.' });
    desk.memory.waits.set(`${id} escalation`, waiting(id));

    await dispatching(desk)(stream(aRecord({ after: waitItem(waiting(id)) })));

    expect(desk.signals).toHaveLength(1);
  });

  test('is left alone while nothing has come', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    desk.memory.waits.set(`${id} escalation`, waiting(id));

    await dispatching(desk)(stream(aRecord({ after: waitItem(waiting(id)) })));

    expect(desk.signals).toEqual([]);
    expect(desk.memory.waits.size).toBe(1);
  });

  test('keeps its token when the signal could not be given', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await act(desk, acts.replies, id, { body: 'Try again.' });
    desk.memory.waits.set(`${id} escalation`, waiting(id));
    const broken = { ...desk.machines, signal: () => Promise.reject(new Error('down')) };

    const answer = await dispatching({ ...desk, machines: broken })(stream(aRecord({ after: waitItem(waiting(id)) })));

    expect(answer.batchItemFailures).toHaveLength(1);
    expect(desk.memory.waits.size).toBe(1);
  });
});

describe('a record that fails', () => {
  test('is named, and those of other items are done', async () => {
    const desk = aDesk();
    const [one, two] = [await aNewTicket(desk), await aNewTicket(desk)];
    const unreadable = { ...ticketItem(ticketOf(desk, one)), status: { S: 'lost' } };
    const bad = aRecord({ after: unreadable });

    const answer = await dispatching(desk)(stream(bad, aRecord({ after: ticketItem(ticketOf(desk, two)) })));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] });
    expect(desk.started.map(({ name }) => name)).toEqual([`${two}-1-intake`]);
  });

  test('holds up the later ones of its item', async () => {
    const desk = aDesk();
    const id = await aNewTicket(desk);
    const item = ticketItem(ticketOf(desk, id));
    const bad = aRecord({ after: { ...item, v: { N: '9' } } });

    const answer = await dispatching(desk)(stream(bad, aRecord({ after: item })));

    expect(answer.batchItemFailures).toHaveLength(1);
    expect(desk.started).toEqual([]);
  });
});

test('a survey whose link has run out is marked expired, once', async () => {
  const desk = aDesk();
  const ticketId = await anOpenTicket(desk);
  await act(desk, acts.replies, ticketId, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  await askForRating(desk)({ ticketId, cycle: 1, token: 'token-1' });
  const link = surveyLinkItem({ ticketId, cycle: 1, kind: 'csat' }, desk.clock.at);
  desk.pass(60 * DAY);

  const first = await dispatching(desk)(stream(aRecord({ before: link })));
  const second = await dispatching(desk)(stream(aRecord({ before: link })));

  expect([first, second]).toEqual([done, done]);
  expect(desk.memory.events.filter(({ type }) => type === 'survey-expired')).toHaveLength(1);
});

test('what nothing follows from is passed over', async () => {
  const desk = aDesk();
  await aNewTicket(desk);
  const [message] = desk.memory.messages;
  if (!message) return expect.fail('no message');
  const stranger = marshall({ PK: 'SOMETHING', SK: 'ELSE' });

  const answer = await dispatching(desk)(
    stream(aRecord({ after: messageItem(message) }), aRecord({ after: stranger }), aRecord({ before: stranger })),
  );

  expect(answer).toEqual(done);
  expect([desk.started, desk.queued, desk.published]).toEqual([[], [], []]);
});

describe('an agent', () => {
  const presence = (over: Record<string, unknown>): Item => itemOf(agentKey('ada'), over);
  const told = async (desk: Desk, before: Item | undefined, after: Item) => {
    await dispatching(desk)(stream(aRecord({ ...(before && { before }), after })));
    return desk.published;
  };

  test('who comes back or goes is told to the bus; who was never written about was there', async () => {
    expect(await told(aDesk(), presence({ present: false }), presence({ present: true }))).toEqual([
      'careline.agent-back',
    ]);
    expect(await told(aDesk(), undefined, presence({ present: false }))).toEqual(['careline.agent-away']);
    expect(await told(aDesk(), undefined, presence({ load: 1 }))).toEqual([]);
  });

  test('who has room again is told only if somebody waits whom they could be given', async () => {
    const [idle, busy] = [aDesk(), aDesk()];
    for (const agent of ['ada', 'ben', 'farah']) await busy.team.setPresent(agent, false, busy.clock.now());
    await anOpenTicket(busy);
    const [full, room] = [presence({ load: 30 }), presence({ load: 29 })];

    expect(await told(idle, full, room)).toEqual([]);
    expect(await told(busy, full, room)).toEqual(['careline.agent-free']);
  });

  test('who waits is told by group', async () => {
    const desk = aDesk();

    const waits = waitingItem(waitingKey('frontline', '2#x#T-000001'), 'T-000001', 3);

    expect(await told(desk, undefined, waits)).toEqual(['careline.waiting']);
  });
});
