import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { countOf, mailsTo, openTicket, report, seen, startDesk } from '../support/journey.ts';
import {
  insist,
  type Lives,
  mailsAmiss,
  outcomeOf,
  playLives,
  queuesWithMessages,
} from '../support/lives-under-faults.ts';

const TASKS = [
  'triage-ticket',
  'send-acknowledgement',
  'climb-the-ladder',
  'remind-customer',
  'close-quietly',
  'ask-for-rating',
  'remind-once',
  'open-recovery',
  'apologise-and-ask',
  'call-the-lead',
  'ask-again',
  'record-outcome',
];
const OTHERS = [
  'receive-ticket',
  'receive-mail',
  'dispatch-changes',
  'send-mail',
  'settle-mail',
  'desk-api',
  'answer-survey',
];

/** A Monday with no holiday in the months after it. */
const SUMMER = '2026-06-01T07:00:00Z';
/** A life under faults waits in real time too, for the pauses between the attempts of an SDK. */
const PATIENCE_MS = 90_000;

let desk: RunningDesk;
/** What the lives come to when nothing fails. */
let livesUndisturbed: Lives;
let undisturbed: Awaited<ReturnType<typeof outcomeOf>>;
beforeAll(async () => {
  desk = await startDesk(['--memory'], SUMMER);
  livesUndisturbed = await playLives(desk, 'undisturbed');
  undisturbed = await outcomeOf(desk, livesUndisturbed);
}, PATIENCE_MS);
afterEach(() => desk.control('DELETE', 'faults'));
afterAll(() => desk.stop());

const expectNothingAmiss = async (lives: Lives): Promise<void> => {
  const ids = Object.values(lives);
  const unfinished = (await desk.executions()).filter(
    ({ name, status }) => ids.some((id) => name.startsWith(id)) && status !== 'SUCCEEDED',
  );
  expect(unfinished.map(({ name, status, state }) => `${name} ${status} in ${state}`)).toEqual([]);
  expect(await queuesWithMessages(desk)).toEqual([]);
  expect(await mailsAmiss(desk)).toEqual([]);
};

describe('three lives that meet every task', () => {
  test('end where they should when nothing fails', async () => {
    expect(undisturbed.unhappy).toMatchObject({
      status: 'resolved',
      cycle: 2,
      remediation: { state: 'closed', outcome: 'recovered' },
    });
    expect(undisturbed.unhappy.events).toContain('remediation-called');
    expect(undisturbed.silent).toMatchObject({ status: 'closed', cycle: 1 });
    expect(undisturbed.late).toMatchObject({ status: 'resolved', tier: 3, cycle: 1 });
    expect(undisturbed.late.events).toEqual(expect.arrayContaining(['warned', 'escalated', 'survey-reminded']));
    await expectNothingAmiss(livesUndisturbed);
  });

  const faults: Array<[string, Array<Record<string, unknown>>]> = [
    [
      'every function is killed once in the middle of its work',
      [...TASKS, ...OTHERS].map((operation) => ({ service: 'lambda', operation, kill: true, times: 1 })),
    ],
    [
      'every task function fails twice by an error of AWS, and once after its work is done',
      [
        ...TASKS.map((operation) => ({ service: 'function', operation, error: 'Sandbox.Timedout', times: 2 })),
        { service: 'lambda', operation: 'Invoke', error: 'ServiceException', after: true, rate: 0.15 },
      ],
    ],
    [
      'calls of the table fail, are throttled or late, each a tenth, and the answers of a fifth of its writes are lost',
      [
        { service: 'dynamodb', operation: 'TransactWriteItems', error: 'InternalServerError', after: true, rate: 0.2 },
        { service: 'dynamodb', error: 'ThrottlingException', rate: 0.1, times: 8 },
        { service: 'dynamodb', error: 'InternalServerError', rate: 0.07 },
        { service: 'dynamodb', latencyMs: 5, rate: 0.1 },
      ],
    ],
    [
      'starting and signalling workflows, queues and the bus fail three times in ten, before or after taking effect',
      [
        { service: 'states', operation: 'StartExecution', error: 'ThrottlingException', rate: 0.3 },
        { service: 'states', operation: 'SendTaskSuccess', error: 'ServiceUnavailable', after: true, rate: 0.3 },
        { service: 'states', operation: 'SendTaskFailure', error: 'ServiceUnavailable', after: true, rate: 0.3 },
        { service: 'sqs', operation: 'SendMessage', error: 'ServiceUnavailable', after: true, rate: 0.3 },
        { service: 'events', operation: 'PutEvents', error: 'InternalFailure', rate: 0.3 },
      ],
    ],
    [
      'SES refuses at first, is slow, and loses its answers',
      [
        { service: 'ses', operation: 'SendRawEmail', error: 'Throttling', times: 2 },
        { service: 'ses', operation: 'SendRawEmail', error: 'ServiceUnavailable', after: true, rate: 0.3 },
        { service: 'ses', operation: 'SendRawEmail', latencyMs: 50, rate: 0.2 },
      ],
    ],
  ];

  test.each(faults)(
    'end where they should when %s',
    async (what, rules) => {
      const name = `f${faults.findIndex(([each]) => each === what)}`;

      const lives = await playLives(desk, name, rules);

      expect(await outcomeOf(desk, lives)).toEqual(undisturbed);
      await expectNothingAmiss(lives);
    },
    PATIENCE_MS,
  );
});

describe('a function that is killed', () => {
  test.each(TASKS.concat(OTHERS))('%s is really one of those that the lives run', async (name) => {
    const { functions } = await desk.control('GET', 'meter');

    const plain = name.replaceAll('-', '');

    expect(Object.keys(functions).filter((each) => each.toLowerCase().includes(plain))).toHaveLength(1);
  });

  test('while it takes a ticket in leaves one ticket when the caller comes again with the key', async () => {
    const email = 'again@shop.example';
    await desk.control('POST', 'faults', [{ service: 'lambda', operation: 'receive-ticket', kill: true, times: 3 }]);

    const first = await report(desk, email, {}, 'killed');
    const last = await insist(() => report(desk, email, {}, 'killed'));

    await desk.settle();
    const list = await desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(email)}`);
    expect(first.status).toBe(500);
    expect(first.text).not.toMatch(/signal|Runtime/);
    expect(last.status).toBe(201);
    expect(list.json.tickets.map(({ id }: { id: string }) => id)).toEqual([last.json.ticket.id]);
    expect(await mailsTo(desk, email)).toHaveLength(1);
  });

  test('again and again while it triages leaves the ticket to a person, and says so', async () => {
    await desk.control('POST', 'faults', [{ service: 'lambda', operation: 'triage-ticket', kill: true }]);
    const id = await openTicket(desk, 'hopeless@shop.example');

    await desk.move({ advance: 'PT6M' });

    const view = await seen(desk, id);
    const intakes = (await desk.executions('intake')).filter(({ name }) => name.startsWith(id));
    expect(countOf(view, 'needs-human')).toBe(1);
    expect(view.ticket).toMatchObject({ status: 'new', needsHuman: 'intake: Runtime.ExitError' });
    expect(intakes.map(({ status }) => status)).toContain('FAILED');
  });
});
