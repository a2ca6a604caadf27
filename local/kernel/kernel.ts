import { ActivityCounter } from './activity.ts';
import { VirtualClock } from './clock.ts';
import { openStore, type Store } from './store.ts';
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

/** `start` in epoch ms; `file` undefined keeps everything in memory. */
export const createKernel = (options: { start: number; speed: number; file?: string }): Kernel => {
  const clock = new VirtualClock(options.start, options.speed);
  const timers = new ClockTimers(clock);
  const activity = new ActivityCounter();
  return {
    clock,
    timers,
    activity,
    timeMachine: new TimeMachine(clock, timers, activity),
    store: openStore(options.file),
  };
};
