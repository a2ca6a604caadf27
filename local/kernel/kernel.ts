import { ActivityCounter } from './activity.ts';
import { VirtualClock } from './clock.ts';
import { openStore, type Store } from './store.ts';
import { keepClock, storedInstant } from './stored-clock.ts';
import { TimeMachine } from './time-machine.ts';
import { ClockTimers } from './timers.ts';

/** What every emulated service stands on: time, waiting, knowing when all is quiet, and durable memory. */
export interface Kernel {
  clock: VirtualClock;
  timers: ClockTimers;
  activity: ActivityCounter;
  timeMachine: TimeMachine;
  store: Store;
}

/**
 * `start` in epoch ms, used when no clock was stored; a stored one goes on, but never behind `earliest`. `file` undefined
 * keeps everything in memory.
 */
export const createKernel = (options: { start: number; speed: number; earliest?: number; file?: string }): Kernel => {
  const store = openStore(options.file);
  const start = storedInstant(store, options.speed, Date.now()) ?? options.start;
  const clock = new VirtualClock(Math.max(start, options.earliest ?? start), options.speed);
  keepClock(store, clock);
  const timers = new ClockTimers(clock);
  const activity = new ActivityCounter();
  return { clock, timers, activity, timeMachine: new TimeMachine(clock, timers, activity), store };
};
