import type { VirtualClock } from './clock.ts';

export interface TimerHandle {
  cancel(): void;
}

export interface Timers {
  /**
   * Runs `fire` once the clock reaches `due` (epoch ms; a past instant fires at the next turn). Equal instants fire in
   * the order they were set. The owner of a durable wait sets its timer again after a restart.
   */
  at(due: number, label: string, fire: () => void): TimerHandle;
}

interface Entry {
  due: number;
  order: number;
  label: string;
  fire: () => void;
  cancelled: boolean;
}

const LONGEST_NATIVE_DELAY = 2 ** 31 - 1;

/** A binary heap of due instants on the virtual clock; one native timer stands for the earliest of them. */
export class ClockTimers implements Timers {
  private readonly heap: Entry[] = [];
  private order = 0;
  private native: NodeJS.Timeout | undefined;
  private paused = false;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  at(due: number, label: string, fire: () => void): TimerHandle {
    const entry: Entry = { due, order: this.order++, label, fire, cancelled: false };
    this.push(entry);
    if (this.heap[0] === entry) this.arm();
    return {
      cancel: () => {
        entry.cancelled = true;
      },
    };
  }

  /** The earliest live due instant. */
  nextDue(): number | undefined {
    while (this.heap[0]?.cancelled) this.pop();
    return this.heap[0]?.due;
  }

  /**
   * Fires everything due at or before now, in time order; returns how many fired. What a timer sets meanwhile waits for
   * the next turn, even when it is due: a timer that sets itself again cannot hold up everything else.
   */
  fireDue(): number {
    const batch: Entry[] = [];
    for (let due = this.nextDue(); due !== undefined && due <= this.clock.now(); due = this.nextDue()) {
      const entry = this.pop();
      if (entry) batch.push(entry);
    }
    let fired = 0;
    for (const entry of batch) {
      if (entry.cancelled) continue;
      entry.fire();
      fired += 1;
    }
    this.arm();
    return fired;
  }

  /** While the clock is being moved, only the mover fires timers. */
  pause(): void {
    this.paused = true;
    clearTimeout(this.native);
  }

  resume(): void {
    this.paused = false;
    this.arm();
  }

  stop(): void {
    this.pause();
    this.heap.length = 0;
  }

  private arm(): void {
    clearTimeout(this.native);
    const due = this.nextDue();
    if (this.paused || due === undefined) return;
    const wait = due - this.clock.now();
    if (wait <= 0) {
      this.native = setTimeout(() => this.fireDue(), 0);
      return;
    }
    if (this.clock.speed === 0) return;
    this.native = setTimeout(() => this.fireDue(), Math.min(Math.ceil(wait / this.clock.speed), LONGEST_NATIVE_DELAY));
  }

  private before(a: Entry, b: Entry): boolean {
    return a.due < b.due || (a.due === b.due && a.order < b.order);
  }

  private push(entry: Entry): void {
    const heap = this.heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt] as Entry;
      if (!this.before(entry, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  private pop(): Entry | undefined {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || top === last) return top;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!this.before(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
