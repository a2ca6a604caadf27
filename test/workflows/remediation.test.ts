import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tasks } from '../../workflows/contracts.ts';
import { type Script, workflow } from '../support/workflow-driver.ts';

const input = {
  ticketId: 'T-7K2M9Q',
  cycle: 1,
  cause: 'survey',
  score: 1,
  scale: 'csat-5',
  about: 'survey#1',
  answerWithinSeconds: 604_800,
};
const deadline = '2026-11-23T17:00:00.000Z';
/** Resolved at noon: the customer is asked the day after. */
const solved = { outcome: 'resolved', askAt: '2026-11-24T12:00:00.000Z' };
const scripted: Record<string, Script> = {
  'Open Recovery': { returns: { outcome: 'opened', recoveryCycle: 2, deadline } },
  'Apologise And Ask': { returns: { outcome: 'contacted' } },
  'Await Recovery': () => 'token' as const,
  'Ask Again': () => 'token' as const,
  'Record Outcome': (args) => ({ returns: { outcome: (args as { Payload: { outcome: string } }).Payload.outcome } }),
};
const remediation = (scripts: Record<string, Script> = {}) =>
  workflow('remediation').start(input, { ...scripted, ...scripts });
const untilAsked = async (scripts: Record<string, Script> = {}) => {
  const run = await remediation(scripts);
  await run.advance('PT3H');
  await run.token('Await Recovery').succeed(solved);
  await run.advance('P1D');
  return run;
};
const toTheEnd = [
  'Open Recovery',
  'Anything To Put Right?',
  'Apologise And Ask',
  'Await Recovery',
  'Let The Fix Settle',
  'Ask Again',
  'Won Back?',
  'Record Outcome',
];

describe('how it ends', () => {
  test('recovered: the second rating is good', async () => {
    const run = await untilAsked();

    await run.token('Ask Again').succeed({ outcome: 'answered', score: 4, low: false });

    expect(run.visited).toEqual(toTheEnd);
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'recovered' } });
  });

  test('not recovered: still unhappy', async () => {
    const run = await untilAsked();

    await run.token('Ask Again').succeed({ outcome: 'answered', score: 1, low: true });

    expect(run.visited).toEqual(toTheEnd);
    expect(run.output).toEqual({ outcome: 'not-recovered' });
  });

  test('no answer: a week of silence', async () => {
    const run = await untilAsked();

    await run.advance('P7D');

    expect(run.visited).toEqual(toTheEnd.filter((state) => state !== 'Won Back?'));
    expect(run.output).toEqual({ outcome: 'no-answer' });
  });

  test('no answer: somebody who may not be asked', async () => {
    const run = await untilAsked({ 'Ask Again': [{ returns: { outcome: 'skipped' } }] });

    expect(run.visited).toEqual(toTheEnd);
    expect(run.output).toEqual({ outcome: 'no-answer' });
  });

  test('not recovered: lead and manager were called, and nothing came of it', async () => {
    const run = await remediation({
      'Call The Lead': [
        { returns: { outcome: 'called', lookAgainAt: '2026-11-23T21:00:00.000Z' } },
        { returns: { outcome: 'called', lookAgainAt: '2026-11-24T01:00:00.000Z' } },
        { returns: { outcome: 'given-up', lookAgainAt: '2026-11-24T01:00:00.000Z' } },
      ],
    });

    await run.moveTo('2026-11-24T01:00:00.000Z');

    expect(run.visited).toEqual([
      'Open Recovery',
      'Anything To Put Right?',
      'Apologise And Ask',
      'Await Recovery',
      'Call The Lead',
      'Worth Waiting For?',
      'Await Recovery',
      'Call The Lead',
      'Worth Waiting For?',
      'Await Recovery',
      'Call The Lead',
      'Worth Waiting For?',
      'Record Outcome',
    ]);
    expect(run.output).toEqual({ outcome: 'not-recovered' });
  });

  test('late, but put right: the lead was called and the customer is asked again', async () => {
    const run = await remediation({
      'Call The Lead': [{ returns: { outcome: 'called', lookAgainAt: '2026-11-23T21:00:00.000Z' } }],
    });

    await run.moveTo('2026-11-23T19:00:00.000Z');
    await run.token('Await Recovery').succeed(solved);

    expect(run.state).toBe('Let The Fix Settle');
  });

  test('another recovery is under way: nothing is done twice', async () => {
    const run = await remediation({ 'Open Recovery': [{ returns: { outcome: 'skipped', why: 'already-open' } }] });

    expect(run.visited).toEqual(['Open Recovery', 'Anything To Put Right?', 'Nothing To Put Right']);
    expect(run.status).toBe('SUCCEEDED');
  });
});

describe('what happens in the middle', () => {
  test('feedback opened the ticket and nobody has it yet: it waits until triage is over, and nobody is called', async () => {
    const run = await remediation({
      'Open Recovery': [
        ...Array.from({ length: 6 }, () => ({ throws: { error: 'NotTriagedYet' } })),
        { returns: { outcome: 'opened', recoveryCycle: 1, deadline } },
      ],
    });

    await run.advance('PT2H');

    expect(run.calls('Open Recovery')).toHaveLength(7);
    expect(run.state).toBe('Await Recovery');
  });

  test('a recovery that was opened by a run whose answer was lost goes on', async () => {
    const run = await remediation({
      'Open Recovery': [{ returns: { outcome: 'opened-before', recoveryCycle: 2, deadline } }],
    });

    expect(run.state).toBe('Await Recovery');
  });

  test('a ticket that is never triaged ends with a person, not in silence', async () => {
    const run = await remediation({
      'Open Recovery': { throws: { error: 'NotTriagedYet' } },
      'Ask A Human To Put It Right': { returns: { outcome: 'marked' } },
    });

    await run.advance('P1D');

    expect(run.visited).toEqual(['Open Recovery', 'Ask A Human To Put It Right', 'Remediation Broke']);
  });

  test('the customer takes it up again before answering: it is put right anew, by another deadline', async () => {
    const again = '2026-11-25T17:00:00.000Z';
    const run = await untilAsked({
      'Open Recovery': [
        { returns: { outcome: 'opened', recoveryCycle: 2, deadline } },
        { returns: { outcome: 'opened', recoveryCycle: 3, deadline: again } },
      ],
      'Apologise And Ask': [{ returns: { outcome: 'contacted' } }, { returns: { outcome: 'contacted-before' } }],
    });

    await run.token('Ask Again').succeed({ outcome: 'reopened' });

    expect(run.visited.slice(-5)).toEqual([
      'Won Back?',
      'Open Recovery',
      'Anything To Put Right?',
      'Apologise And Ask',
      'Await Recovery',
    ]);
    expect(run.arguments('Await Recovery')).toMatchObject({
      ExpressionAttributeValues: { ':cycle': { N: '3' }, ':until': { S: again } },
    });
  });

  test('the customer is erased while it waits: nobody is asked, and it ends without an answer', async () => {
    const run = await remediation({ 'Ask Again': [{ returns: { outcome: 'skipped' } }] });

    await run.token('Await Recovery').succeed({ outcome: 'erased', askAt: '2026-11-23T09:00:00.000Z' });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'no-answer' } });
  });

  test('the customer is erased while they are asked: it ends without an answer', async () => {
    const run = await untilAsked();

    await run.token('Ask Again').succeed({ outcome: 'erased' });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'no-answer' } });
  });

  test('a token that is answered twice is answered once', async () => {
    const run = await remediation();
    const token = run.token('Await Recovery');
    await token.succeed(solved);

    await expect(token.succeed({ outcome: 'resolved', askAt: '2026-12-24T12:00:00.000Z' })).rejects.toThrow();
    await run.moveTo('2026-11-24T11:59:59.000Z');
    const early = run.calls('Ask Again').length;
    await run.moveTo('2026-11-24T12:00:00.000Z');

    expect([early, run.calls('Ask Again').length]).toEqual([0, 1]);
  });

  test.each(['Open Recovery', 'Apologise And Ask', 'Record Outcome'])(
    '%s dies twice and goes on where it was',
    async (state) => {
      const died = { throws: { error: 'Lambda.Unknown' } };
      const answer = scripted[state];
      const last = typeof answer === 'function' ? answer({ Payload: { outcome: 'recovered' } }) : answer;
      if (last === undefined || Array.isArray(last)) throw new Error('One answer is scripted for each state.');
      const run = await untilAsked({ [state]: [died, died, last] });
      await run.token('Ask Again').succeed({ outcome: 'answered', score: 4, low: false });
      await run.advance('PT10M');

      expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'recovered' } });
      expect(new Set(run.visited)).toEqual(new Set(toTheEnd));
    },
  );

  test('won back, it costs eight states: seven and the question whether there is anything to do', async () => {
    const run = await untilAsked();
    await run.token('Ask Again').succeed({ outcome: 'answered', score: 4, low: false });

    expect(run.visited).toHaveLength(8);
  });
});

describe('on the way', () => {
  test('it calls nobody before the recovery deadline', async () => {
    const run = await remediation({
      'Call The Lead': [{ returns: { outcome: 'called', lookAgainAt: '2026-11-23T21:00:00.000Z' } }],
    });

    await run.moveTo('2026-11-23T16:59:59.999Z');
    const early = run.calls('Call The Lead').length;
    await run.moveTo(deadline);

    expect([early, run.calls('Call The Lead').length]).toEqual([0, 1]);
  });

  test('it waits for the cycle in which the ticket is put right', async () => {
    const run = await remediation();

    expect(run.arguments('Await Recovery')).toMatchObject({
      Key: { SK: { S: 'WAIT#remediation' } },
      ExpressionAttributeValues: { ':awaits': { S: 'recovery' }, ':cycle': { N: '2' }, ':until': { S: deadline } },
    });
  });

  test('each function is given what its contract asks for', async () => {
    const run = await untilAsked();
    await run.token('Ask Again').succeed({ outcome: 'answered', score: 4, low: false });
    const payload = (state: string) => (run.arguments(state) as { Payload: unknown }).Payload;

    const checks = [
      tasks['open-recovery'].input.safeParse(payload('Open Recovery')),
      tasks['apologise-and-ask'].input.safeParse(payload('Apologise And Ask')),
      tasks['ask-again'].input.safeParse(payload('Ask Again')),
      tasks['record-outcome'].input.safeParse(payload('Record Outcome')),
    ];

    expect(checks.map(({ success }) => success)).toEqual([true, true, true, true]);
  });

  test('a lost race and an AWS fault are tried again', async () => {
    const run = await remediation({
      'Apologise And Ask': [
        { throws: { error: 'ConcurrentChange' } },
        { throws: { error: 'Lambda.SdkClientException' } },
        { returns: { outcome: 'contacted' } },
      ],
    });

    await run.advance('PT1M');

    expect(run.calls('Apologise And Ask')).toHaveLength(3);
    expect(run.state).toBe('Await Recovery');
  });

  test.each<[string, Record<string, Script>]>([
    ['Anything To Put Right?', { 'Open Recovery': [{ returns: { outcome: 'put-off' } }] }],
    ['Worth Waiting For?', { 'Call The Lead': [{ returns: { outcome: 'on-leave' } }] }],
    ['Won Back?', { 'Ask Again': [{ returns: { outcome: 'lost' } }] }],
    ['Won Back?', { 'Ask Again': [{ returns: { outcome: 'answered', score: 3 } }] }],
  ])('an outcome that "%s" does not know is for a person: nothing is guessed', async (choice, scripts) => {
    const run = await remediation({ 'Ask A Human To Put It Right': [{ returns: { outcome: 'marked' } }], ...scripts });
    if (choice === 'Won Back?') await run.token('Await Recovery').succeed(solved);

    await run.moveTo('2026-11-25T12:00:00.000Z');

    expect(run.visited.slice(-3)).toEqual([choice, 'Ask A Human To Put It Right', 'Remediation Broke']);
    expect(run.arguments('Ask A Human To Put It Right')).toMatchObject({
      Payload: { machine: 'remediation', error: 'UnknownToThisDefinition' },
    });
  });

  test('a failure nobody planned marks the ticket for a person and ends red', async () => {
    const run = await remediation({
      'Apologise And Ask': [{ throws: { error: 'UnreadableItem' } }],
      'Ask A Human To Put It Right': [{ returns: { outcome: 'marked' } }],
    });

    expect(run.visited.slice(-2)).toEqual(['Ask A Human To Put It Right', 'Remediation Broke']);
    expect(run).toMatchObject({ status: 'FAILED', error: 'RemediationBroke' });
  });
});

/** As it was before other answers than a survey's were put right: it waits by seconds, and asks no question first. */
const older = (): string => {
  const machine = JSON.parse(readFileSync(new URL('../../workflows/remediation.asl.json', import.meta.url), 'utf8'));
  const { States } = machine;
  const open = States['Open Recovery'];
  open.Next = 'Apologise And Ask';
  open.Assign = {
    recoveryCycle: '{% $states.result.Payload.recoveryCycle %}',
    deadline: '{% $states.result.Payload.deadline %}',
  };
  open.Catch.unshift({ ErrorEquals: ['RecoveryNotWanted'], Output: {}, Next: 'Nothing To Put Right' });
  for (const name of ['cause', 'scale', 'about']) delete open.Arguments.Payload[name];
  delete States['Anything To Put Right?'];
  const settle = States['Let The Fix Settle'];
  delete settle.Timestamp;
  settle.Seconds = '{% $states.context.Execution.Input.askAgainAfterSeconds %}';
  States['Won Back?'].Choices = States['Won Back?'].Choices.filter(
    ({ Next }: { Next: string }) => Next !== 'Open Recovery',
  );
  Object.assign(States['Won Back?'], { Output: { outcome: 'no-answer' }, Default: 'Record Outcome' });
  return JSON.stringify(machine);
};

describe('an execution of an older definition, with the functions of now', () => {
  const oldInput = {
    ticketId: 'T-7K2M9Q',
    cycle: 1,
    score: 1,
    askAgainAfterSeconds: 86_400,
    answerWithinSeconds: 604_800,
  };
  const begun = (scripts: Record<string, Script> = {}) =>
    workflow('remediation', { text: older() }).start(oldInput, { ...scripted, ...scripts });

  test('goes on to its outcome, though it is told more than it reads', async () => {
    const run = await begun();
    await run.token('Await Recovery').succeed(solved);
    await run.advance('P1D');
    await run.token('Ask Again').succeed({ outcome: 'answered', score: 4, low: false });

    expect(run.output).toEqual({ outcome: 'recovered' });
    const [asked] = run.calls('Open Recovery') as Array<{ Payload: object }>;
    expect(tasks['open-recovery'].input.safeParse(asked?.Payload).success).toBe(true);
  });

  test.each(['erased', 'reopened'])('ends without an answer when it hears %s', async (outcome) => {
    const run = await begun();
    await run.token('Await Recovery').succeed(solved);
    await run.advance('P1D');
    await run.token('Ask Again').succeed({ outcome });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'no-answer' } });
  });

  test('hears by name that nothing is to be put right', async () => {
    const run = await begun({ 'Open Recovery': [{ throws: { error: 'RecoveryNotWanted' } }] });

    expect(run.visited).toEqual(['Open Recovery', 'Nothing To Put Right']);
  });
});
