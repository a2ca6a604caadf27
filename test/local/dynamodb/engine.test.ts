import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { Engine, engineProgram } from '../../../local/dynamodb/engine.ts';
import { EngineClient } from '../../../local/dynamodb/engine-client.ts';

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });

describe('the engine', () => {
  test('a machine without a program for it is told in one sentence', () => {
    expect(() => engineProgram('sparc-64')).toThrow(
      'The DynamoDB engine @dynoxide/sparc-64 is not installed: run npm ci (it is an optional dependency)',
    );
  });

  test('stops answering once stopped', async () => {
    const engine = new Engine({ onLoss: () => undefined });
    const client = new EngineClient(engine);
    await engine.start();

    const tables = await client.call('dynamodb', 'ListTables', {});
    await engine.stop();
    const refused = await client.call('dynamodb', 'ListTables', {}).catch((error: unknown) => error);
    client.close();

    expect(tables).toEqual({ TableNames: [] });
    expect(refused).toMatchObject({ code: 'InternalServerError' });
  });

  test('ends with the process that started it, even by kill -9', async () => {
    const holder = spawn(process.execPath, [fileURLToPath(new URL('../support/engine-holder.ts', import.meta.url))]);
    const port = await new Promise<number>((done) =>
      holder.stdout.once('data', (chunk: Buffer) => done(Number(chunk.toString()))),
    );
    const alive = await answers(port);

    holder.kill('SIGKILL');
    const left = await vi.waitFor(async () => {
      if (await answers(port)) throw new Error('it still answers');
      return false;
    });

    expect({ alive, left }).toEqual({ alive: true, left: false });
  });

  test('comes back with its tables when its process is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-engine-'));
    const lost: string[] = [];
    const engine = new Engine({ file: join(folder, 'tables.db'), onLoss: (message) => lost.push(message) });
    const client = new EngineClient(engine);
    await engine.start();
    await client.call('dynamodb', 'CreateTable', {
      TableName: 'Desk',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
    });

    process.kill(-(engine.group ?? 0), 'SIGKILL');
    const tables = await vi.waitFor(() => client.call('dynamodb', 'ListTables', {}));
    client.close();
    await engine.stop();
    rmSync(folder, { recursive: true });

    expect(tables).toEqual({ TableNames: ['Desk'] });
    expect(lost).toEqual([]);
  });
});
