import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKernel } from '../../../local/kernel/kernel.ts';
import { inTransaction, openStore } from '../../../local/kernel/store.ts';
import { storedInstant } from '../../../local/kernel/stored-clock.ts';

const START = Date.parse('2026-11-22T09:00:00Z');
const DAY = 86_400_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careline-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'store.db');

describe('the stored clock', () => {
  test('comes back where it was moved to, however the process ended', async () => {
    const before = createKernel({ start: START, speed: 0, file: file() });
    await before.timeMachine.moveTo(START + 3 * DAY);
    before.store.close();

    const after = createKernel({ start: START, speed: 0, file: file() });

    expect(after.clock.now()).toBe(START + 3 * DAY);
    after.store.close();
  });

  test('stores every instant on the way before anything happens there', async () => {
    const kernel = createKernel({ start: START, speed: 0, file: file() });
    let stored: number | undefined;
    kernel.timers.at(START + DAY, 'look', () => {
      const other = openStore(file());
      stored = storedInstant(other, 0, Date.now());
      other.close();
    });

    await kernel.timeMachine.moveTo(START + 2 * DAY);

    expect(stored).toBe(START + DAY);
    kernel.store.close();
  });

  test('went on while nobody looked, at its speed', () => {
    const kernel = createKernel({ start: START, speed: 0, file: file() });
    const real = Date.now();

    const still = storedInstant(kernel.store, 0, real + DAY);
    const ticked = storedInstant(kernel.store, 1, real + DAY);

    expect(still).toBe(START);
    expect(ticked).toBeGreaterThan(START + DAY - 60_000);
    kernel.store.close();
  });

  test('is never behind the instant asked for', () => {
    createKernel({ start: START, speed: 0, file: file() }).store.close();

    const later = createKernel({ start: START, earliest: START + DAY, speed: 0, file: file() });
    const now = later.clock.now();
    later.store.close();

    expect(now).toBe(START + DAY);
  });
});

describe('a transaction of the store', () => {
  test('keeps all of its rows or none', () => {
    const store = openStore(undefined);
    store.exec('CREATE TABLE t (n INTEGER)');

    const fail = () =>
      inTransaction(store, () => {
        store.exec('INSERT INTO t VALUES (1)');
        throw new Error('half way');
      });

    expect(fail).toThrow('half way');
    expect(store.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 });
  });
});
