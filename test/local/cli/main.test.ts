import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Command, runMain, temporaryFolder } from '../support/command.ts';
import { MACHINE_ARN, writeSmallDesk } from '../support/desk.ts';

const ITEM = { PK: { S: 'TICKET#1' }, SK: { S: 'TICKET' } };

let assembly: ReturnType<typeof writeSmallDesk>;
let folder: ReturnType<typeof temporaryFolder>;
let running: Command[];
beforeEach(() => {
  assembly = writeSmallDesk();
  folder = temporaryFolder();
  running = [];
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  assembly.remove();
  folder.remove();
});

const start = (...args: string[]): Command => {
  const ports = args.includes('--http') ? [] : ['--http', '0'];
  const command = runMain(folder.path, [
    ...['--no-synth', '--assembly', assembly.directory, ...ports, '--aws', '0', '--smtp', '0'],
    ...args,
  ]);
  running.push(command);
  return command;
};

const portsOf = async (command: Command) => {
  const ports = await command.ready;
  if (!ports) throw new Error(`It ended before it was ready: ${command.stderr()}`);
  return ports;
};

const clientConfig = (aws: number) => ({
  endpoint: `http://127.0.0.1:${aws}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' },
});

const clockOf = async (http: number, move?: unknown): Promise<string> => {
  const response = await fetch(
    `http://127.0.0.1:${http}/_local/clock`,
    move === undefined ? {} : { method: 'POST', body: JSON.stringify(move) },
  );
  const answer: { now: string } = JSON.parse(await response.text());
  return answer.now;
};

describe('npm start', () => {
  test('says when it is ready, leaves its ports in .local/run.json, and ends cleanly on Ctrl-C', async () => {
    const command = start('--memory');
    const ports = await portsOf(command);
    const runFile = join(folder.path, '.local/run.json');
    const told: unknown = JSON.parse(readFileSync(runFile, 'utf8'));

    command.child.kill('SIGINT');
    command.child.kill('SIGINT');
    const code = await command.ended;

    expect(told).toEqual({ pid: command.child.pid, ...ports, deskAddress: 'support@desk.example.com', data: null });
    expect(command.stderr()).toContain('Not run here: AWS::IoT::Thing');
    expect(code).toBe(0);
    expect(existsSync(runFile)).toBe(false);
  });

  test('kill -9 loses no acknowledged row, no waiting execution and not the clock', async () => {
    const args = ['--data', 'kept', '--clock', '2026-11-22T09:00:00Z', '--speed', '0'];
    const first = start(...args);
    const before = await portsOf(first);
    await new DynamoDBClient(clientConfig(before.aws)).send(new PutItemCommand({ TableName: 'Desk', Item: ITEM }));
    const { executionArn } = await new SFNClient(clientConfig(before.aws)).send(
      new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: 'waits', input: '{"seconds":86400}' }),
    );
    await clockOf(before.http, { advance: 'PT12H' });

    first.child.kill('SIGKILL');
    await first.ended;
    const after = await portsOf(start(...args));
    const clock = await clockOf(after.http);
    const { Item } = await new DynamoDBClient(clientConfig(after.aws)).send(
      new GetItemCommand({ TableName: 'Desk', Key: ITEM }),
    );
    await clockOf(after.http, { advance: 'PT12H' });
    const execution = await new SFNClient(clientConfig(after.aws)).send(new DescribeExecutionCommand({ executionArn }));

    expect(clock).toBe('2026-11-22T21:00:00.000Z');
    expect(Item).toEqual(ITEM);
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.stopDate?.toISOString()).toBe('2026-11-23T09:00:00.000Z');
  });

  test('a data folder that another desk keeps is one sentence with the remedy and exit 1', async () => {
    await portsOf(start('--data', 'kept'));

    const second = start('--data', 'kept');
    const code = await second.ended;

    expect(code).toBe(1);
    expect(second.stderr()).toBe(
      'Another desk keeps its data in kept: end it, or start with another --data or with --memory\n',
    );
  });

  test('a port in use is one sentence with the remedy and exit 1', async () => {
    const other = createServer();
    const port = await new Promise<number>((done) =>
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        done(typeof address === 'object' && address ? address.port : 0);
      }),
    );

    const command = start('--memory', '--http', String(port));
    const code = await command.ended;
    other.close();

    expect(code).toBe(1);
    expect(command.stderr()).toBe(
      `Port ${port} is in use: end what listens there, or choose another with --http (0: any free one)\n`,
    );
  });

  test('a missing assembly is one sentence with the remedy and exit 1', async () => {
    const command = runMain(folder.path, [
      '--no-synth',
      '--memory',
      '--assembly',
      '/nowhere',
      '--http',
      '0',
      '--aws',
      '0',
      '--smtp',
      '0',
    ]);
    running.push(command);

    const code = await command.ended;

    expect(code).toBe(1);
    expect(command.stderr()).toBe('There is no cloud assembly in /nowhere: synthesize it first (npx cdk synth)\n');
  });
});
