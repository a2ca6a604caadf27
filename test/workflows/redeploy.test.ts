import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../local/aws/contract.ts';
import { createKernel } from '../../local/kernel/kernel.ts';
import { isObject } from '../../local/stepfunctions/json.ts';
import { StepFunctionsService } from '../../local/stepfunctions/service.ts';
import { executionName } from '../../workflows/contracts.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:escalation';
const WAITING = 100;
const now = readFileSync(new URL('../../workflows/escalation.asl.json', import.meta.url), 'utf8').replaceAll(
  /\$\{(\w+)\}/g,
  'arn:aws:lambda:us-east-1:0:function:$1',
);
/** Another text of the same machine: the next deploy names its wait otherwise. */
const next = now.replaceAll('Await First Reply', 'Await An Answer');

const idOf = (n: number): string => `T-${String(n).padStart(6, '0')}`;

describe('a deploy of a changed escalation while a hundred executions wait', () => {
  test('those finish by the definition they began with, and later ones begin with the new one', async () => {
    const kernel = createKernel({ start: Date.parse('2026-11-23T08:00:00Z'), speed: 0 });
    const tokens = new Map<string, string>();
    const payloads: unknown[] = [];
    const service = new StepFunctionsService({
      kernel,
      aws: { call: () => Promise.reject(new Error('Only the machine itself is asked.')) },
      deployment: { resources: () => [], resource: () => undefined, byArn: () => undefined, assetDirectory: () => '' },
      runTask: async ({ identity, token, arguments: args }) => {
        if (token !== undefined) {
          tokens.set(identity.name, token);
          return { ok: true, result: {} };
        }
        payloads.push(isObject(args) ? args.Payload : undefined);
        const answer = { outcome: 'waited', owed: 'first-reply', lookAgainAt: '2026-11-30T08:00:00.000Z' };
        return { ok: true, result: { Payload: answer } };
      },
    });
    const call = (operation: string, input: Record<string, unknown>) =>
      service.handle({ operation, input, caller: ROOT, requestId: 'test' });
    const begin = async (from: number, count: number): Promise<void> => {
      for (let n = from; n < from + count; n += 1) {
        const input = JSON.stringify({ ticketId: idOf(n), cycle: 1, lookAgainAt: '2026-11-24T08:00:00.000Z' });
        await call('StartExecution', {
          stateMachineArn: MACHINE,
          name: executionName('escalation', idOf(n), 1),
          input,
        });
      }
      await kernel.timeMachine.settle();
    };
    const settle = async (n: number): Promise<void> => {
      const taskToken = tokens.get(executionName('escalation', idOf(n), 1));
      const output = JSON.stringify({ owed: 'nothing', lookAgainAt: '2026-11-25T08:00:00.000Z' });
      await call('SendTaskSuccess', { taskToken, output });
      await kernel.timeMachine.settle();
    };
    const visited = (n: number): string[] =>
      (service.execution(executionName('escalation', idOf(n), 1))?.history ?? [])
        .map(({ stateEnteredEventDetails: entered }) => (isObject(entered) ? String(entered.name) : ''))
        .filter((name) => name !== '');

    await call('CreateStateMachine', { name: 'escalation', definition: now, roleArn: 'arn:aws:iam::0:role/r' });
    await begin(0, WAITING);
    await call('UpdateStateMachine', { stateMachineArn: MACHINE, definition: next });
    await begin(WAITING, 1);
    // Half of the old ones meet their timer after the deploy, and all are then answered.
    for (let n = 0; n < WAITING / 2; n += 1) for (let twice = 0; twice < 2; twice += 1) await settle(n);
    await kernel.timeMachine.moveTo(Date.parse('2026-11-24T08:00:00Z'));
    for (let n = WAITING / 2; n <= WAITING; n += 1) for (let twice = 0; twice < 2; twice += 1) await settle(n);

    const old = Array.from({ length: WAITING }, (_, n) => visited(n));
    expect(new Set(old.slice(0, WAITING / 2).map(String))).toEqual(new Set(['Await First Reply,Await Resolution']));
    expect(new Set(old.slice(WAITING / 2).map(String))).toEqual(
      new Set(['Await First Reply,Climb The Ladder,What Is Owed Now?,Await First Reply,Await Resolution']),
    );
    expect(visited(WAITING)).toEqual([
      'Await An Answer',
      'Climb The Ladder',
      'What Is Owed Now?',
      'Await An Answer',
      'Await Resolution',
    ]);
    expect(service.executions().filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(payloads).toHaveLength(WAITING / 2 + 1);
  });
});
