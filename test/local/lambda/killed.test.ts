import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { aFile, aFunction, aMapping, aQueue, aWorld, queueArn } from './world.ts';

test('a runtime killed at work has lost nothing that it acknowledged', async () => {
  const file = aFile();
  const script = new URL('./killed-runtime.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const note = 'exports.handler = async (event) => note(event.n ?? event.Records.map((r) => JSON.parse(r.body).n));';
  const world = await aWorld({
    file,
    code: { later: note, taker: note },
    resources: [aQueue('owed'), aFunction('later'), aFunction('taker'), aMapping('taker', queueArn('owed'))],
  });
  await world.advance(60);
  const done = world.notes();
  await world.stop();

  expect(String(said)).toBe('acknowledged\n');
  expect(done.flat().toSorted()).toEqual([1, 2, 3]);
});
