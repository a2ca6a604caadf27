import { describe, expect, test } from 'vitest';
import { executionName, machines, tasks } from '../../workflows/contracts.ts';
import { type Script, workflow } from '../support/workflow-driver.ts';

const input = { ticketId: 'T-7K2M9Q', cycle: 1, lookAgainAt: '2026-11-24T04:12:00.000Z' };
const due = '2026-11-24T09:00:00.000Z';
const wait: Script = () => 'token' as const;
const waits = {
  'Await First Reply': wait,
  'Await Resolution': wait,
  'Await Customer': wait,
  'Await A Late Answer': wait,
  'Await Third Party': wait,
};
const goesOn: Script = { returns: { ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:escalation:next' } };
const escalation = (scripts: Record<string, Script> = {}) =>
  workflow('escalation').start(input, { ...waits, ...scripts });
const pause = (error: string, lookAgainAt: string) =>
  [error, JSON.stringify({ why: 'As the test says.', lookAgainAt })] as const;
const replied = { owed: 'resolution', lookAgainAt: '2026-11-26T09:00:00.000Z' };
const climbed = (outcome: string, lookAgainAt: string, owed = 'first-reply') => ({
  returns: { outcome, owed, lookAgainAt },
});

describe('the happy path', () => {
  test('answered in time, resolved: two states, whatever its age', async () => {
    const run = await escalation();

    await run.advance('PT2H');
    await run.token('Await First Reply').succeed(replied);
    await run.advance('PT22H');
    await run.token('Await Resolution').succeed({ owed: 'nothing', lookAgainAt: due });

    expect(run.visited).toEqual(['Await First Reply', 'Await Resolution']);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('the token is stored beside the ticket, with what is awaited and until when', async () => {
    const run = await escalation();

    expect(run.arguments('Await First Reply')).toMatchObject({
      TableName: 'TableName',
      Key: { PK: { S: 'TICKET#T-7K2M9Q' }, SK: { S: 'WAIT#escalation' } },
      ConditionExpression:
        'attribute_not_exists(#cycle) OR #cycle < :cycle OR (#cycle = :cycle AND (attribute_not_exists(#nth) OR #nth <= :nth))',
      ExpressionAttributeValues: {
        ':v': { N: '1' },
        ':ticketId': { S: 'T-7K2M9Q' },
        ':machine': { S: 'escalation' },
        ':cycle': { N: '1' },
        ':nth': { N: '1' },
        ':awaits': { S: 'first-reply' },
        ':token': { S: expect.any(String) },
        ':until': { S: input.lookAgainAt },
        ':isFull': { Bool: false },
      },
    });
  });
});

describe('a late answer', () => {
  test('breached once: climbs at the exact second, then waits on', async () => {
    const run = await escalation({ 'Climb The Ladder': [climbed('warned', due)] });

    await run.moveTo('2026-11-24T04:11:59.999Z');
    const before = run.visited.length;
    await run.moveTo('2026-11-24T04:12:00.000Z');
    await run.token('Await First Reply').succeed(replied);
    await run.token('Await Resolution').succeed({ owed: 'nothing', lookAgainAt: due });

    expect(before).toBe(1);
    expect(run.visited).toEqual([
      'Await First Reply',
      'Climb The Ladder',
      'What Is Owed Now?',
      'Await First Reply',
      'Await Resolution',
    ]);
    expect(tasks['climb-the-ladder'].input.safeParse(payload(run.arguments('Climb The Ladder'))).success).toBe(true);
  });

  test('breached twice: the next execution of the cycle goes on with what is due next', async () => {
    const run = await escalation({
      'Climb The Ladder': [climbed('moved', '2026-11-24T10:00:00.000Z'), climbed('moved', '2026-11-24T11:00:00.000Z')],
      'Go On In A New Execution': goesOn,
    });

    await run.moveTo('2026-11-24T11:00:00.000Z');

    expect(run.calls('Climb The Ladder')).toHaveLength(2);
    expect(run.status).toBe('SUCCEEDED');
    expect(run.arguments('Go On In A New Execution')).toEqual({
      StateMachineArn: expect.stringMatching(/:stateMachine:escalation$/),
      Name: 'T-7K2M9Q-1-escalation-2',
      Input: { ticketId: 'T-7K2M9Q', cycle: 1, nth: 2, lookAgainAt: '2026-11-24T11:00:00.000Z' },
    });
    expect(run.events.length).toBeLessThanOrEqual(40);
  });

  test('a timer that fires late finds the ticket resolved and ends', async () => {
    const run = await escalation({ 'Climb The Ladder': [climbed('nothing-owed', due, 'nothing')] });

    await run.moveTo(due);

    expect(run.visited).toEqual(['Await First Reply', 'Climb The Ladder', 'What Is Owed Now?', 'Nothing Is Owed']);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('something due sooner shortens the wait under way', async () => {
    const run = await escalation({ 'Climb The Ladder': [climbed('warned', due)] });

    await run.token('Await First Reply').fail(...pause('LookAgain', '2026-11-23T12:00:00.000Z'));
    await run.moveTo('2026-11-23T12:00:00.000Z');

    expect(run.visited).toEqual([
      'Await First Reply',
      'Await First Reply',
      'Climb The Ladder',
      'What Is Owed Now?',
      'Await First Reply',
    ]);
  });
});

describe('a rung that is due already', () => {
  const early = '2026-11-23T08:00:00.000Z';
  const later = '2026-11-24T09:00:00.000Z';

  test.each(['Await First Reply', 'Await Resolution'])('is climbed without a wait: %s', async (state) => {
    const run = await escalation({ 'Climb The Ladder': [climbed('moved', later, 'resolution')] });
    if (state === 'Await Resolution') await run.token('Await First Reply').succeed(replied);

    await run.token(state).fail(...pause('RungDue', early));

    expect(run.visited.slice(-4)).toEqual([state, 'Climb The Ladder', 'What Is Owed Now?', 'Await Resolution']);
    expect(run.arguments(state)).toMatchObject({
      ExpressionAttributeValues: { ':since': { S: '2026-11-23T09:00:00.000Z' } },
    });
  });

  test.each(['first-reply', 'resolution'])('is climbed when a pause ends: %s', async (owed) => {
    const run = await escalation({
      'Climb The Ladder': [climbed('moved', later, 'resolution')],
      'Go On In A New Execution': goesOn,
    });
    await run.token('Await First Reply').fail(...pause('TicketOnHold', later));

    await run.token('Await Third Party').succeed({ owed, lookAgainAt: early });

    expect(run.visited.slice(1, 4)).toEqual(['Await Third Party', 'What Is Owed Now?', 'Climb The Ladder']);
  });
});

describe('a pause', () => {
  test('paused and resumed: waits for the customer, then for what is owed', async () => {
    const run = await escalation();

    await run.token('Await First Reply').fail(...pause('TicketPaused', '2026-11-26T09:00:00.000Z'));
    await run.advance('PT20H');
    await run.token('Await Customer').succeed(replied);
    await run.token('Await Resolution').succeed({ owed: 'nothing', lookAgainAt: due });

    expect(run.visited).toEqual(['Await First Reply', 'Await Customer', 'What Is Owed Now?', 'Await Resolution']);
  });

  test('a silent customer is reminded, then the ticket is closed quietly', async () => {
    const run = await escalation({
      'Remind The Customer': [
        { returns: { outcome: 'reminded', owed: 'late-answer', lookAgainAt: '2026-11-30T09:00:00.000Z' } },
      ],
      'Close Quietly': [{ returns: { outcome: 'closed', owed: 'nothing', lookAgainAt: due } }],
    });

    await run.token('Await First Reply').fail(...pause('TicketPaused', '2026-11-26T09:00:00.000Z'));
    await run.moveTo('2026-11-30T09:00:00.000Z');

    expect(run.visited).toEqual([
      'Await First Reply',
      'Await Customer',
      'Remind The Customer',
      'What Is Owed Now?',
      'Await A Late Answer',
      'Close Quietly',
      'What Is Owed Now?',
      'Nothing Is Owed',
    ]);
  });

  test('one who was reminded before this execution began is waited for no second longer than was named', async () => {
    const closing = '2026-11-26T09:00:00.000Z';
    const run = await escalation({
      'Remind The Customer': [{ returns: { outcome: 'not-silent', owed: 'late-answer', lookAgainAt: closing } }],
      'Close Quietly': [{ returns: { outcome: 'closed', owed: 'nothing', lookAgainAt: due } }],
    });

    await run.token('Await First Reply').fail(...pause('TicketPaused', closing));
    await run.moveTo(closing);

    expect(run.visited.slice(2)).toEqual([
      'Remind The Customer',
      'What Is Owed Now?',
      'Close Quietly',
      'What Is Owed Now?',
      'Nothing Is Owed',
    ]);
  });

  test('an answer to the reminder brings the ticket back', async () => {
    const run = await escalation({
      'Remind The Customer': [
        { returns: { outcome: 'reminded', owed: 'late-answer', lookAgainAt: '2026-11-30T09:00:00.000Z' } },
      ],
      'Go On In A New Execution': goesOn,
    });

    await run.token('Await First Reply').fail(...pause('TicketPaused', '2026-11-26T09:00:00.000Z'));
    await run.moveTo('2026-11-27T09:00:00.000Z');
    await run.token('Await A Late Answer').succeed({ owed: 'first-reply', lookAgainAt: '2026-11-28T09:00:00.000Z' });

    expect(run.arguments('Go On In A New Execution')).toMatchObject({
      Input: { nth: 2, lookAgainAt: '2026-11-28T09:00:00.000Z' },
    });
    expect(run.status).toBe('SUCCEEDED');
  });

  test('a customer who is reminded again is waited for in between, and only the last reminder leads to closing', async () => {
    const reminded = (owed: string, lookAgainAt: string) => ({ returns: { outcome: 'reminded', owed, lookAgainAt } });
    const run = await escalation({
      'Remind The Customer': [reminded('customer', '2026-11-28T09:00:00.000Z')],
    });

    await run.token('Await First Reply').fail(...pause('TicketPaused', '2026-11-26T09:00:00.000Z'));
    await run.moveTo('2026-11-26T09:00:00.000Z');

    expect(run.visited.slice(2)).toEqual(['Remind The Customer', 'What Is Owed Now?', 'Await Customer']);
  });

  test('a hold waits for the third party and is looked at when it is due for review', async () => {
    const run = await escalation({
      'Climb The Ladder': [climbed('resumed', '2026-12-02T09:00:00.000Z', 'resolution')],
    });

    await run.token('Await First Reply').fail(...pause('TicketOnHold', '2026-11-30T09:00:00.000Z'));
    await run.moveTo('2026-11-30T09:00:00.000Z');

    expect(run.visited).toEqual([
      'Await First Reply',
      'Await Third Party',
      'Climb The Ladder',
      'What Is Owed Now?',
      'Await Resolution',
    ]);
  });

  test('a pause while the solution is awaited is a pause as well', async () => {
    const run = await escalation();

    await run.token('Await First Reply').succeed(replied);
    await run.token('Await Resolution').fail(...pause('TicketPaused', '2026-11-26T09:00:00.000Z'));
    await run.token('Await Customer').succeed({ owed: 'third-party', lookAgainAt: '2026-11-28T09:00:00.000Z' });

    expect(run.visited).toEqual([
      'Await First Reply',
      'Await Resolution',
      'Await Customer',
      'What Is Owed Now?',
      'Await Third Party',
    ]);
  });
});

describe('a long life', () => {
  test('a history that is nearly full says so with its wait, and goes on anew when anything but the end comes', async () => {
    const run = await escalation({ 'Go On In A New Execution': goesOn });
    const isFull = () => run.arguments(run.state);

    await run.token('Await First Reply').succeed(replied);
    expect(isFull()).toMatchObject({ ExpressionAttributeValues: { ':isFull': { Bool: false } } });
    for (const at of ['2026-11-25T09:00:00.000Z', '2026-11-25T08:00:00.000Z'])
      await run.token('Await Resolution').fail(...pause('LookAgain', at));
    expect(isFull()).toMatchObject({ ExpressionAttributeValues: { ':isFull': { Bool: true } } });
    await run.token('Await Resolution').fail(...pause('GoOnAnew', '2026-11-25T07:00:00.000Z'));

    expect(run.status).toBe('SUCCEEDED');
    expect(run.arguments('Go On In A New Execution')).toMatchObject({
      Name: executionName('escalation', 'T-7K2M9Q', 1, 2),
      Input: { nth: 2, lookAgainAt: '2026-11-25T07:00:00.000Z' },
    });
    expect(machines.escalation.safeParse(inputOf(run.arguments('Go On In A New Execution'))).success).toBe(true);
    expect(run.events.length).toBeLessThanOrEqual(40);
  });

  test('a next execution that was started before is not started twice, and one that cannot be started calls a person', async () => {
    const full = (error: string) =>
      escalation({
        'Climb The Ladder': [climbed('warned', due), climbed('warned', '2026-11-24T10:00:00.000Z')],
        'Go On In A New Execution': { throws: { error } },
        'Ask A Human To Watch': [{ returns: { outcome: 'marked' } }],
      });

    const twice = await full('StepFunctions.ExecutionAlreadyExistsException');
    await twice.moveTo(due);
    const never = await full('StepFunctions.AccessDeniedException');
    await never.moveTo(due);

    expect([twice.status, twice.state]).toEqual(['SUCCEEDED', 'A Later One Took Over']);
    expect([never.status, never.state]).toEqual(['FAILED', 'Escalation Broke']);
  });

  test('a wait lasts sixty days at the most, so that no execution grows as old as a year', async () => {
    const input = { ticketId: 'T-7K2M9Q', cycle: 1, lookAgainAt: '2028-11-24T04:12:00.000Z' };
    const run = await workflow('escalation').start(input, {
      ...waits,
      'Climb The Ladder': climbed('waited', '2028-11-24T04:12:00.000Z'),
      'Go On In A New Execution': goesOn,
    });

    await run.moveTo('2027-01-22T09:00:00.000Z');
    expect(run.visited).toEqual(['Await First Reply', 'Climb The Ladder', 'What Is Owed Now?', 'Await First Reply']);
    await run.moveTo('2027-03-23T09:00:00.000Z');

    expect(run.status).toBe('SUCCEEDED');
    expect(run.state).toBe('Go On In A New Execution');
  });
});

describe('a fault', () => {
  test('a function whose clock is behind is asked again until both clocks agree', async () => {
    const behind = { throws: { error: 'ClockBehind' } };
    const run = await escalation({ 'Climb The Ladder': [behind, behind, behind, climbed('warned', due)] });

    await run.moveTo('2026-11-24T04:40:00.000Z');

    expect(run.calls('Climb The Ladder').map(payload)).toContainEqual({
      ticketId: 'T-7K2M9Q',
      cycle: 1,
      at: '2026-11-24T04:12:00.000Z',
    });
    expect(run.state).toBe('Await First Reply');
  });

  test('throttled twice while storing the token: tried again, and the wait begins', async () => {
    const throttled = { throws: { error: 'DynamoDb.ProvisionedThroughputExceededException', cause: 'Slow down.' } };
    const run = await escalation({ 'Await First Reply': [throttled, throttled, 'token'] });

    await run.advance('PT1M');

    expect(run.calls('Await First Reply')).toHaveLength(3);
    expect(run.status).toBe('RUNNING');
  });

  test('a lost race is tried again, and another AWS fault too', async () => {
    const run = await escalation({
      'Climb The Ladder': [
        { throws: { error: 'ConcurrentChange' } },
        { throws: { error: 'Lambda.TooManyRequestsException' } },
        { throws: { error: 'Runtime.ExitError' } },
        climbed('warned', due),
      ],
    });

    await run.moveTo('2026-11-24T04:20:00.000Z');

    expect(run.calls('Climb The Ladder')).toHaveLength(4);
    expect(run.state).toBe('Await First Reply');
  });

  test('an execution of an earlier cycle that lags behind steps aside', async () => {
    const run = await escalation({
      'Await Resolution': [{ throws: { error: 'DynamoDb.ConditionalCheckFailedException' } }],
    });

    await run.token('Await First Reply').succeed(replied);

    expect(run.visited).toEqual(['Await First Reply', 'Await Resolution', 'A Later One Took Over']);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('a failure nobody planned marks the ticket for a person and ends red', async () => {
    const run = await escalation({
      'Climb The Ladder': [{ throws: { error: 'UnreadableItem' } }],
      'Ask A Human To Watch': [{ returns: { outcome: 'marked' } }],
    });

    await run.moveTo('2026-11-24T04:12:00.000Z');

    expect(run.visited).toEqual(['Await First Reply', 'Climb The Ladder', 'Ask A Human To Watch', 'Escalation Broke']);
    expect(run).toMatchObject({ status: 'FAILED', error: 'EscalationBroke' });
    expect(payload(run.arguments('Ask A Human To Watch'))).toEqual({
      ticketId: 'T-7K2M9Q',
      cycle: 1,
      machine: 'escalation',
      error: 'UnreadableItem',
    });
  });

  test('something owed that this definition does not know is for a person: no clock stops unseen', async () => {
    const run = await escalation({
      'Climb The Ladder': [{ returns: { outcome: 'waited', owed: 'a-call-back', lookAgainAt: due } }],
      'Ask A Human To Watch': [{ returns: { outcome: 'marked' } }],
    });

    await run.moveTo('2026-11-24T04:12:00.000Z');

    expect(run).toMatchObject({ status: 'FAILED', error: 'EscalationBroke' });
    expect(payload(run.arguments('Ask A Human To Watch'))).toMatchObject({ error: 'UnknownToThisDefinition' });
  });
});

const payload = (args: unknown): unknown => (args as { Payload: unknown }).Payload;
const inputOf = (args: unknown): unknown => (args as { Input: unknown }).Input;
