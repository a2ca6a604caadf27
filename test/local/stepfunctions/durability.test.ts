import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createKernel } from '../../../local/kernel/kernel.ts';
import type { Answer } from '../../../local/stepfunctions/happening.ts';
import { isObject } from '../../../local/stepfunctions/json.ts';
import { aService, NINE } from './a-service.ts';
import { FUNCTION_ARN, machine, WAIT_FOR_TOKEN } from './machines.ts';

const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'careline-sfn-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const COUNT = 60;
const KILLS = 50;

/** One life of the process; killed `after` ms from its being ready, or left to end. */
const live = (store: string, log: string, after: number | undefined): Promise<{ said: string; finished: boolean }> =>
  new Promise((done, reject) => {
    const child = spawn(process.execPath, [
      fileURLToPath(new URL('./durable-process.ts', import.meta.url)),
      store,
      log,
      String(COUNT),
    ]);
    let said = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => {
      const first = said === '';
      said += String(chunk);
      if (first && after !== undefined) setTimeout(() => child.kill('SIGKILL'), after);
    });
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk);
    });
    child.on('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(complaint));
      else done({ said, finished: said.includes('done\n') });
    });
  });

test('killed at 50 random moments, every acknowledged execution ends once and none is lost', {
  timeout: 180_000,
}, async () => {
  const folder = aFolder();
  const [store, log] = [join(folder, 'store.db'), join(folder, 'work.log')];
  const acknowledged = new Set<string>();

  for (let life = 0, finished = false; life < KILLS || !finished; life += 1) {
    const { said, finished: ended } = await live(store, log, life < KILLS ? Math.random() * 40 : undefined);
    for (const [, name = ''] of said.matchAll(/acked (e-\d+)\n/g)) acknowledged.add(name);
    finished = ended;
  }

  const { service } = aService({ kernel: createKernel({ start: Date.now(), speed: 0, file: store }) });
  const executions = service.executions();
  expect(executions.map(({ status }) => status)).toEqual(Array(COUNT).fill('SUCCEEDED'));
  expect(new Set(executions.map(({ name }) => name))).toEqual(acknowledged);
  const done = readFileSync(log, 'utf8').split('\n');
  for (const { name } of executions) {
    const history = service.execution(name)?.history ?? [];
    const entered = history.map(({ stateEnteredEventDetails: details }) => details).filter(isObject);
    expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
    expect(entered.map((details) => details.name)).toEqual([
      'Begin',
      'First',
      'Pause',
      'Each',
      'Inner',
      'Inner',
      'Last',
    ]);
    expect(history.filter(({ type }) => type === 'ExecutionSucceeded')).toHaveLength(1);
    for (const step of ['first', 'inner', 'last']) expect(done).toContain(`${name} ${step}`);
  }
});

test('a wait, a token’s timeout and a backoff that came due while the process was down fire at once, each once', async () => {
  const file = join(aFolder(), 'store.db');
  const definitions = {
    wait: machine({ Wait: { Type: 'Wait', Seconds: 3600, End: true } }),
    token: machine({
      Await: {
        Type: 'Task',
        Resource: WAIT_FOR_TOKEN,
        Arguments: {},
        TimeoutSeconds: 3600,
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
        End: true,
      },
      Late: { Type: 'Pass', Output: 'late', End: true },
    }),
    backoff: machine({
      Try: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Arguments: {},
        Retry: [{ ErrorEquals: ['SQS.BusyException'], IntervalSeconds: 3600 }],
        End: true,
      },
    }),
  };
  const calls: string[] = [];
  const open = (start: number) =>
    aService({
      kernel: createKernel({ start, earliest: start, speed: 0, file }),
      runTask: async ({ stateName, token }) => {
        calls.push(stateName);
        if (token !== undefined || calls.filter((name) => name === 'Try').length > 1) return { ok: true, result: {} };
        const { StatesError } = await import('../../../local/stepfunctions/errors.ts');
        return { ok: false, error: new StatesError('SQS.BusyException', 'busy') };
      },
    });
  const before = open(NINE);
  for (const [name, definition] of Object.entries(definitions)) {
    await before.call('StartExecution', { stateMachineArn: await before.create(name, definition), name });
  }
  await before.settle();
  await before.service.stop();
  before.kernel.store.close();

  const after = open(NINE + 7_200_000);
  await after.service.start();
  await after.advance(0);

  const ended = after.service.executions().map(({ name, status, stoppedAt }) => [name, status, stoppedAt]);
  expect(ended).toEqual(['wait', 'token', 'backoff'].map((name) => [name, 'SUCCEEDED', '2026-11-23T11:00:00.000Z']));
  expect(after.service.execution('token')?.output).toBe('"late"');
  expect(calls).toEqual(['Await', 'Try', 'Try']);
});

test('a token outlives the process, and works once', async () => {
  const file = join(aFolder(), 'store.db');
  const tokens: string[] = [];
  const open = () =>
    aService({
      kernel: createKernel({ start: NINE, speed: 0, file }),
      runTask: async ({ token }) => {
        tokens.push(token ?? '');
        return { ok: true, result: {} };
      },
    });
  const before = open();
  const definition = machine({ Await: { Type: 'Task', Resource: WAIT_FOR_TOKEN, Arguments: {}, End: true } });
  await before.call('StartExecution', { stateMachineArn: await before.create('m', definition), name: 'T-1' });
  await before.settle();
  await before.service.stop();
  before.kernel.store.close();

  const after = open();
  await after.service.start();
  await after.settle();
  await after.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' });
  const again = await after.call('SendTaskSuccess', { taskToken: tokens[0], output: '2' }).catch((error) => error.code);

  expect(tokens).toHaveLength(1);
  expect([after.service.execution('T-1')?.output, again]).toEqual(['1', 'TaskTimedOut']);
});

test('an accepted Express execution that a crash cut off begins again, and one that ended does not', async () => {
  const kernel = createKernel({ start: NINE, speed: 0 });
  const calls: string[] = [];
  const definition = machine({ Work: { Type: 'Task', Resource: FUNCTION_ARN, End: true } });
  const never = new Promise<never>(() => undefined);
  const first = aService({ kernel, runTask: ({ identity }) => (identity.name === 'cut-off' ? never : done()) });
  const stateMachineArn = await first.create('m', definition, 'EXPRESS');
  await first.call('StartExecution', { stateMachineArn, name: 'ended', input: '{"n":1}' });
  await first.settle();
  await first.call('StartExecution', { stateMachineArn, name: 'cut-off', input: '{"n":2}' });

  const second = aService({
    kernel: { ...createKernel({ start: NINE, speed: 0 }), store: kernel.store },
    runTask: ({ identity }) => {
      calls.push(`${identity.name} ${JSON.stringify(identity.input)}`);
      return done();
    },
  });
  await second.service.start();
  await second.settle();
  const third = aService({
    kernel: { ...createKernel({ start: NINE, speed: 0 }), store: kernel.store },
    runTask: ({ identity }) => {
      calls.push(`again ${identity.name}`);
      return done();
    },
  });
  await third.service.start();
  await third.settle();

  expect(calls).toEqual(['cut-off {"n":2}']);
});

const done = (): Promise<Answer> => Promise.resolve({ ok: true, result: {} });
