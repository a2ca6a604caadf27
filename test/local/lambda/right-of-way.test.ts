import { setImmediate as soon } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RightOfWay } from '../../../local/lambda/right-of-way.ts';

const aRequest = (way: RightOfWay): (() => Promise<void>) => {
  let end = (): void => {};
  const request = way.first(
    () =>
      new Promise<void>((done) => {
        end = done;
      }),
  );
  return async () => {
    end();
    await request;
  };
};

const inBackground = (way: RightOfWay, count: number): { ran: number } => {
  const seen = { ran: 0 };
  for (let n = 0; n < count; n += 1)
    void way.inTurn('work', async () => {
      seen.ran += 1;
    });
  return seen;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('background work runs at once when nobody waits for an answer', async () => {
  const way = new RightOfWay();

  const work = inBackground(way, 3);
  await soon();

  expect(work.ran).toBe(3);
});

test('background work waits for the requests under way, and goes on when the last has its answer', async () => {
  const way = new RightOfWay();
  const [endOne, endOther] = [aRequest(way), aRequest(way)];
  const work = inBackground(way, 3);

  await endOne();
  await soon();
  const meanwhile = { ran: work.ran, waiting: way.waitingFor('work') };
  await endOther();
  await soon();

  expect(meanwhile).toEqual({ ran: 0, waiting: 3 });
  expect(work.ran).toBe(3);
});

test('a stream of requests without an end slows background work down, but does not stop it', async () => {
  const way = new RightOfWay();
  const end = aRequest(way);
  const work = inBackground(way, 3);

  vi.advanceTimersByTime(2000);
  await soon();
  const meanwhile = work.ran;
  await end();
  await soon();

  expect(meanwhile).toBe(2);
  expect(work.ran).toBe(3);
});

test('whatever has waited for half a minute goes, however many requests come', async () => {
  let now = 0;
  const way = new RightOfWay(() => now);
  const end = aRequest(way);
  const work = inBackground(way, 20);

  now = 30_000;
  vi.advanceTimersByTime(1000);
  await soon();
  const meanwhile = work.ran;
  await end();

  expect(meanwhile).toBe(20);
});

test('a request that fails gives way all the same', async () => {
  const way = new RightOfWay();

  await expect(way.first(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
  const work = inBackground(way, 1);
  await soon();

  expect(work.ran).toBe(1);
});
