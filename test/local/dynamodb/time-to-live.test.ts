import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { START, startAws, TABLE, type TestAws } from '../support/dynamodb.ts';

const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/Desk/stream/2026-01-01T00:00:00.000';
const KEY = { PK: { S: 'REQUEST#1' }, SK: { S: 'REQUEST' } };
const inSeconds = (seconds: number) => ({ N: String(START / 1000 + seconds) });

let aws: TestAws;
afterEach(() => aws.stop());

const item = async () => (await aws.client().send(new GetItemCommand({ TableName: 'Desk', Key: KEY }))).Item;
const put = (expiresAt: { N: string }) =>
  aws.client().send(new PutItemCommand({ TableName: 'Desk', Item: { ...KEY, expiresAt } }));

describe('Time to Live on the virtual clock', () => {
  test('removes an item when its time is up, and says in the stream who did it', async () => {
    aws = await startAws();
    await put(inSeconds(60));

    await aws.kernel.timeMachine.moveTo(START + 59_999);
    const before = await item();
    await aws.kernel.timeMachine.moveTo(START + 60_000);
    const after = await item();
    const { records } = await aws.dynamodb.changes.read(STREAM, undefined, 10);

    expect(before).toBeDefined();
    expect(after).toBeUndefined();
    expect(records.at(-1)).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });

  test('an item whose time was prolonged by an update stays', async () => {
    aws = await startAws();
    await put(inSeconds(60));
    await aws.client().send(
      new UpdateItemCommand({
        TableName: 'Desk',
        Key: KEY,
        UpdateExpression: 'SET #e = :later',
        ExpressionAttributeNames: { '#e': 'expiresAt' },
        ExpressionAttributeValues: { ':later': inSeconds(120) },
      }),
    );

    await aws.kernel.timeMachine.moveTo(START + 90_000);
    const prolonged = await item();
    await aws.kernel.timeMachine.moveTo(START + 120_000);

    expect(prolonged).toBeDefined();
    expect(await item()).toBeUndefined();
  });

  test('goes on after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-ttl-'));
    const files = { store: join(folder, 'store.db'), tables: join(folder, 'tables.db') };
    aws = await startAws({ Table: TABLE }, files);
    await put(inSeconds(60));
    await aws.stop();

    aws = await startAws({ Table: TABLE }, files);
    const stored = await item();
    await aws.kernel.timeMachine.moveTo(START + 60_000);

    expect(stored).toBeDefined();
    expect(await item()).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  test('what expired more than five years ago is left alone, as on AWS', async () => {
    aws = await startAws();
    await put(inSeconds(-6 * 365 * 86_400));

    await aws.kernel.timeMachine.moveTo(START + 1000);

    expect(await item()).toBeDefined();
  });
});
