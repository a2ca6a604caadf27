import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { aDeskMail } from '../ses/desk-mail.ts';

const RECEIVER = fileURLToPath(new URL('receiver.ts', import.meta.url));

/** Hands in mails until the receiver is killed behind the given number of acknowledgements; returns their ids. */
const acknowledgedUntilKilled = async (file: string, after: number): Promise<string[]> => {
  const receiver = spawn(process.execPath, [RECEIVER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(receiver.stdout, 'data');
  const transport = createTransport({
    host: '127.0.0.1',
    port: Number(line),
    secure: false,
    pool: true,
    maxConnections: 4,
  });
  const acknowledged: string[] = [];
  const gone = once(receiver, 'exit');
  const send = async (): Promise<void> => {
    const sent = await transport.sendMail({ from: 'a@b.example', to: 'a@desk.example.com', subject: 's', text: 't' });
    acknowledged.push(sent.response.split(' ').at(-1) ?? '');
    if (acknowledged.length === after) receiver.kill('SIGKILL');
  };
  await Promise.allSettled(Array.from({ length: after * 2 }, send));
  receiver.kill('SIGKILL');
  await gone;
  transport.close();
  return acknowledged;
};

test.each([1, 7, 40])('a mail port killed behind %i acknowledgements has lost none of them', async (after) => {
  const directory = mkdtempSync(join(tmpdir(), 'killed-'));
  const file = join(directory, 'store.db');

  const acknowledged = await acknowledgedUntilKilled(file, after);
  const desk = await aDeskMail(file);
  await desk.rig.kernel.timeMachine.settle();

  const { objects } = await desk.rig.aws.call('s3', 'ListObjectsV2', { Bucket: 'mail' }, { kind: 'root' });
  const kept = new Set(Array.isArray(objects) ? objects.map((object) => String(object.key).replace('in/', '')) : []);
  expect(acknowledged.length).toBeGreaterThanOrEqual(after);
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  await desk.stop();
  await desk.rig.close();
  rmSync(directory, { recursive: true });
});
