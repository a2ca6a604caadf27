import { afterEach, describe, expect, test } from 'vitest';
import { aFunction, aWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.stop());

const WORKS =
  'let n = 0; exports.handler = async (event) => { n += 1; await new Promise((done) => setTimeout(done, event.ms ?? 0)); return n; };';

const open = async (names: string[], limits: { perFunction: number; total: number }) => {
  world = await aWorld({
    limits,
    code: Object.fromEntries(names.map((name) => [name, WORKS])),
    resources: names.map((name) => aFunction(name)),
  });
};

const payloads = async (...invocations: Array<Promise<{ payload: unknown }>>) =>
  (await Promise.all(invocations)).map(({ payload }) => payload);

describe('threads', () => {
  test('are not started before they are needed', async () => {
    await open(['a'], { perFunction: 4, total: 4 });

    expect(world.lambda.stats()).toEqual({ threads: 0, coldStarts: {} });
  });

  test('are added while there is a backlog, up to the limit of a function, one event at a time in each', async () => {
    await open(['a'], { perFunction: 2, total: 8 });

    const counts = await payloads(...Array.from({ length: 6 }, () => world.invoke('a', { ms: 20 })));

    expect(world.lambda.stats()).toEqual({ threads: 2, coldStarts: { a: 2 } });
    expect(
      counts.filter((runs) => runs === 1),
      'threads that took part',
    ).toHaveLength(2);
    expect(counts, 'one after another in each').toContain(3);
  });

  test('of the function used longest ago end when there are too many', async () => {
    await open(['a', 'b', 'c'], { perFunction: 1, total: 2 });
    for (const name of ['a', 'b', 'a', 'c']) await world.invoke(name);

    const counts = await payloads(world.invoke('a'), world.invoke('c'));

    expect(counts).toEqual([3, 2]);
    expect(world.lambda.stats().threads).toBe(2);
  });

  test('are started beyond the limit rather than let a function wait for another one, and ended afterwards', async () => {
    await open(['a', 'b'], { perFunction: 1, total: 1 });
    const finished: string[] = [];
    const run = (name: string, ms: number) => world.invoke(name, { ms }).then(() => finished.push(name));

    await Promise.all([run('a', 1500), run('b', 1)]);

    expect(finished).toEqual(['b', 'a']);
    expect(world.lambda.stats().threads).toBe(1);
  });

  test('of a function with a backlog take the room that another one leaves', async () => {
    await open(['a', 'b'], { perFunction: 2, total: 2 });
    const finished: string[] = [];
    const run = (name: string, label: string, ms: number) =>
      world.invoke(name, { ms }).then(() => finished.push(label));

    await Promise.all([run('b', 'b', 30), run('a', 'long', 2000), run('a', 'behind it', 1)]);

    expect(finished).toEqual(['b', 'behind it', 'long']);
    expect(world.lambda.stats()).toEqual({ threads: 2, coldStarts: { a: 2, b: 1 } });
  });
});
