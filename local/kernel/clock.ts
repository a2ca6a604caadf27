/**
 * The one clock of the runtime. It can stand still, tick faster, or be moved; everything that waits (workflow timers,
 * queue delays, schedules, TTL) and every function reads it. It lives in shared memory so that a function's worker sees a
 * move at once, without a message.
 */
export interface Clock {
  /** Virtual time, whole milliseconds since the Unix epoch (UTC). */
  now(): number;
}

/** [virtual anchor ms, real anchor ms, speed]; virtual = anchor + (real - real anchor) * speed. */
export type ClockCells = Float64Array<SharedArrayBuffer>;

export const readClock = (cells: ClockCells, realNow: number): number =>
  Math.floor((cells[0] ?? 0) + (realNow - (cells[1] ?? 0)) * (cells[2] ?? 0));

export class VirtualClock implements Clock {
  readonly cells: ClockCells = new Float64Array(new SharedArrayBuffer(24));
  /** Called after every freeze, jump and resume, so that the instant can be stored before anybody acts on it. */
  onMove: () => void = () => undefined;
  private speedWhenTicking: number;

  /** `start` in epoch milliseconds; `speed` 1 ticks as the system does, 0 stands still. */
  constructor(start: number, speed: number) {
    this.speedWhenTicking = speed;
    this.cells.set([start, Date.now(), speed]);
  }

  now(): number {
    return readClock(this.cells, Date.now());
  }

  get speed(): number {
    return this.cells[2] ?? 0;
  }

  /** Stands still at the present instant, so that a move fires its timers at their exact due time. */
  freeze(): void {
    this.cells.set([this.now(), Date.now(), 0]);
    this.onMove();
  }

  /** Jumps to an instant; never backwards (time that was handed out stays in the past). */
  moveTo(instant: number): void {
    this.cells.set([Math.max(instant, this.now()), Date.now(), this.speed]);
    this.onMove();
  }

  /** Ticks again at the speed given at the start. */
  resume(): void {
    this.cells.set([this.now(), Date.now(), this.speedWhenTicking]);
    this.onMove();
  }
}
