import type { ActivityCounter } from './activity.ts';
import type { VirtualClock } from './clock.ts';
import type { ClockTimers } from './timers.ts';

/** Moves the clock through everything that is due on the way, in time order, letting each consequence finish first. */
export class TimeMachine {
  private moving: Promise<unknown> = Promise.resolve();
  private readonly clock: VirtualClock;
  private readonly timers: ClockTimers;
  private readonly activity: ActivityCounter;

  constructor(clock: VirtualClock, timers: ClockTimers, activity: ActivityCounter) {
    this.clock = clock;
    this.timers = timers;
    this.activity = activity;
  }

  /** Moves to `target` (epoch ms); resolves when all is quiet there, with the number of timers fired. One move at a time. */
  moveTo(target: number): Promise<{ now: number; fired: number }> {
    const move = this.moving.then(() => this.run(target));
    this.moving = move.catch(() => undefined);
    return move;
  }

  /** Resolves when everything that can happen now has happened. */
  settle(): Promise<void> {
    return this.activity.quiet();
  }

  private async run(target: number): Promise<{ now: number; fired: number }> {
    this.timers.pause();
    this.clock.freeze();
    let fired = 0;
    try {
      await this.activity.quiet();
      for (let due = this.timers.nextDue(); due !== undefined && due <= target; due = this.timers.nextDue()) {
        this.clock.moveTo(due);
        fired += this.timers.fireDue();
        await this.activity.quiet();
      }
      this.clock.moveTo(target);
      await this.activity.quiet();
      return { now: this.clock.now(), fired };
    } finally {
      this.clock.resume();
      this.timers.resume();
    }
  }
}
