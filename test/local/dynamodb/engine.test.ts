import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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

  test('stops answering once stopped, and leaves no tables that were not to be kept', async () => {
    const engine = new Engine({ onLoss: () => undefined });
    const client = new EngineClient(engine);
    await engine.start();

    const tables = await client.call('dynamodb', 'ListTables', {});
    await engine.stop();
    const refused = await client.call('dynamodb', 'ListTables', {}).catch((error: unknown) => error);
    client.close();

    expect(tables).toEqual({ TableNames: [] });
    expect(refused).toMatchObject({ code: 'InternalServerError' });
    expect(existsSync(dirname(engine.file ?? ''))).toBe(false);
  });

  test('ends with the process that started it, even by kill -9, and leaves no tables behind', async () => {
    const holder = spawn(process.execPath, [fileURLToPath(new URL('../support/engine-holder.ts', import.meta.url))]);
    const [port = 0, file = ''] = await new Promise<[number, string]>((done) =>
      holder.stdout.once('data', (chunk: Buffer) => done(JSON.parse(chunk.toString()))),
    );
    const before = { answers: await answers(port), tables: existsSync(file) };

    holder.kill('SIGKILL');
    const after = await vi.waitFor(async () => {
      if ((await answers(port)) || existsSync(dirname(file))) throw new Error('it is still there');
      return 'nothing';
    });

    expect({ before, after }).toEqual({ before: { answers: true, tables: true }, after: 'nothing' });
  });

  test('finds the changes of a stream by their number, not by going through all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-engine-'));
    const engine = new Engine({ file: join(folder, 'tables.db'), onLoss: () => undefined });
    await engine.start();

    const tables = new DatabaseSync(join(folder, 'tables.db'), { readOnly: true });
    const plans = [
      `SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'a'`,
      `SELECT keys_json FROM _stream_records WHERE table_name = 'a' AND shard_id = 'b'
        AND CAST(sequence_number AS INTEGER) > 3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 4`,
    ].map((query) =>
      tables
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all()
        .map(({ detail }) => String(detail)),
    );
    tables.close();
    await engine.stop();
    rmSync(folder, { recursive: true });

    expect(plans).toEqual([
      [expect.stringMatching(/^SEARCH .* USING .*INDEX/)],
      [expect.stringMatching(/^SEARCH .* USING .*INDEX/)],
    ]);
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
