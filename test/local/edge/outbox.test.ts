import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../../local/edge/outbox.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import { inTransaction } from '../../../local/kernel/store.ts';
import { START } from './rig.ts';

const anOutbox = (kernel: Kernel, run: (payload: string) => Promise<void>, tries = 3) => {
  const abandoned: string[] = [];
  const outbox = new Outbox<string>({
    kernel,
    table: 'owed',
    run: ({ payload }) => run(payload),
    retryAt: (job) => (job.attempts + 1 < tries ? kernel.clock.now() + 60_000 : undefined),
    abandon: ({ payload }) => abandoned.push(payload),
  });
  return { outbox, abandoned };
};

const owedIn = (kernel: Kernel) => kernel.store.prepare('SELECT COUNT(*) AS n FROM owed').get()?.n;

describe('owed work', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'outbox-'));
    file = join(directory, 'store.db');
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('is done once the promise is committed, and counts as activity until then', async () => {
    const kernel = createKernel({ start: START, speed: 0 });
    const done: string[] = [];
    const { outbox } = anOutbox(kernel, async (payload) => void done.push(payload));

    inTransaction(kernel.store, () => outbox.owe('a'));
    await kernel.timeMachine.settle();

    expect(done).toEqual(['a']);
    expect(owedIn(kernel)).toBe(0);
  });

  test('is not done when the promise is rolled back, even if its number is given to another', async () => {
    const kernel = createKernel({ start: START, speed: 0 });
    const done: string[] = [];
    const { outbox } = anOutbox(kernel, async (payload) => void done.push(payload));

    expect(() =>
      inTransaction(kernel.store, () => {
        outbox.owe('broken');
        throw new Error('no');
      }),
    ).toThrow('no');
    inTransaction(kernel.store, () => outbox.owe('kept'));
    await kernel.timeMachine.settle();

    expect(done).toEqual(['kept']);
  });

  test('that fails waits on the virtual clock, is quiet meanwhile, and is given up in the end', async () => {
    const kernel = createKernel({ start: START, speed: 0 });
    let tries = 0;
    const { outbox, abandoned } = anOutbox(kernel, async () => {
      tries += 1;
      throw new Error('down');
    });

    inTransaction(kernel.store, () => outbox.owe('a'));
    await kernel.timeMachine.settle();
    const afterFirst = tries;
    await kernel.timeMachine.moveTo(START + 120_000);

    expect(afterFirst).toBe(1);
    expect(tries).toBe(3);
    expect(abandoned).toEqual(['a']);
    expect(owedIn(kernel)).toBe(0);
  });

  test('that was under way in a crash is done after the restart', async () => {
    const before = createKernel({ start: START, speed: 0, file });
    const { outbox } = anOutbox(before, () => new Promise(() => undefined));
    inTransaction(before.store, () => outbox.owe('a'));
    await Promise.resolve();
    outbox.stop();
    before.store.close();

    const after = createKernel({ start: START, speed: 0, file });
    const done: string[] = [];
    const resumed = anOutbox(after, async (payload) => void done.push(payload));
    resumed.outbox.start();
    await after.timeMachine.settle();

    expect(done).toEqual(['a']);
    after.store.close();
  });
});
