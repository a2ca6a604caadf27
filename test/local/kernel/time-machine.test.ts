import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';

const START = Date.parse('2026-11-22T09:00:00Z');
const HOUR = 3_600_000;

let kernel: Kernel;
beforeEach(() => {
  kernel = createKernel({ start: START, speed: 0 });
});
afterEach(() => {
  kernel.timers.stop();
  kernel.store.close();
});

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('moving the clock', () => {
  test('fires timers at their own instants, in time order, equal instants in the order they were set', async () => {
    const fired: Array<[string, number]> = [];
    const at = (hours: number, name: string) =>
      kernel.timers.at(START + hours * HOUR, name, () => fired.push([name, kernel.clock.now() - START]));
    at(3, 'late');
    at(1, 'first');
    at(1, 'second');
    at(9, 'beyond');

    const { now, fired: count } = await kernel.timeMachine.moveTo(START + 5 * HOUR);

    expect(fired).toEqual([
      ['first', HOUR],
      ['second', HOUR],
      ['late', 3 * HOUR],
    ]);
    expect({ now, count }).toEqual({ now: START + 5 * HOUR, count: 3 });
  });

  test('fires what a timer sets on the way, after the work it began has ended', async () => {
    const said: string[] = [];
    kernel.timers.at(START + HOUR, 'first', () => {
      const work = async (): Promise<void> => {
        await turn();
        said.push(`worked at ${kernel.clock.now() - START}`);
        kernel.timers.at(START + 2 * HOUR, 'next', () => said.push(`next at ${kernel.clock.now() - START}`));
      };
      void kernel.activity.track('work', work());
    });
    kernel.timers.at(START + 3 * HOUR, 'last', () => said.push('last'));

    await kernel.timeMachine.moveTo(START + 4 * HOUR);

    expect(said).toEqual([`worked at ${HOUR}`, `next at ${2 * HOUR}`, 'last']);
  });

  test('never fires what was cancelled', async () => {
    let fired = 0;
    const timer = kernel.timers.at(START + HOUR, 'cancelled', () => {
      fired += 1;
    });
    timer.cancel();

    const move = await kernel.timeMachine.moveTo(START + 2 * HOUR);

    expect({ fired, count: move.fired }).toEqual({ fired: 0, count: 0 });
  });

  test('a timer that sets itself again at a past instant waits for the next turn', () => {
    let fired = 0;
    const again = (): void => {
      fired += 1;
      kernel.timers.at(START - 1, 'again', again);
    };
    again();

    const count = kernel.timers.fireDue();

    expect({ fired, count }).toEqual({ fired: 2, count: 1 });
  });

  test('a timer cancelled by another of the same instant does not fire', () => {
    const fired: string[] = [];
    kernel.timers.at(START, 'first', () => {
      fired.push('first');
      second.cancel();
    });
    const second = kernel.timers.at(START, 'second', () => fired.push('second'));

    kernel.timers.fireDue();

    expect(fired).toEqual(['first']);
  });

  test('moves one after the other, and never back', async () => {
    const moves = [kernel.timeMachine.moveTo(START + 2 * HOUR), kernel.timeMachine.moveTo(START + HOUR)];

    const ends = await Promise.all(moves);

    expect(ends.map(({ now }) => now)).toEqual([START + 2 * HOUR, START + 2 * HOUR]);
  });

  test('a due timer fires by itself on a clock that stands still', async () => {
    await new Promise<void>((done) => kernel.timers.at(START - 1, 'past', done));

    expect(kernel.timers.nextDue()).toBeUndefined();
  });
});

describe('quiet', () => {
  test('waits for what the last work handed on', async () => {
    const said: string[] = [];
    const end = kernel.activity.begin('first');
    setImmediate(() => {
      const next = kernel.activity.begin('second');
      end();
      setImmediate(() => {
        said.push('second ended');
        next();
      });
    });

    await kernel.timeMachine.settle();

    expect(said).toEqual(['second ended']);
    expect(kernel.activity.describe()).toEqual({});
  });

  test('ending twice counts once', async () => {
    const end = kernel.activity.begin('one');
    const other = kernel.activity.begin('other');

    end();
    end();

    expect(kernel.activity.describe()).toEqual({ other: 1 });
    other();
  });
});
