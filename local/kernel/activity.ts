/**
 * Knows whether anything is under way: an invocation, a running execution, a queued message, an unread stream record.
 * "Quiet" means that nothing can happen before the clock moves or somebody calls from outside.
 */
export interface Activity {
  /** Counts as under way until the returned function is called (once). Begin the next piece before ending the last. */
  begin(label: string): () => void;
  /** Counts as under way until the promise settles; hands the promise through. */
  track<T>(label: string, work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>;
}

export class ActivityCounter implements Activity {
  private readonly underWay = new Map<string, number>();
  private count = 0;
  private waiters: Array<() => void> = [];

  begin(label: string): () => void {
    this.count += 1;
    this.underWay.set(label, (this.underWay.get(label) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.count -= 1;
      const left = (this.underWay.get(label) ?? 1) - 1;
      if (left > 0) this.underWay.set(label, left);
      else this.underWay.delete(label);
      if (this.count === 0) this.wake();
    };
  }

  async track<T>(label: string, work: Promise<T>): Promise<T> {
    const end = this.begin(label);
    try {
      return await work;
    } finally {
      end();
    }
  }

  async quiet(): Promise<void> {
    for (;;) {
      if (this.count > 0) await new Promise<void>((done) => this.waiters.push(done));
      // What ended may have left its successor in a callback of this very turn: look again after two turns of the loop.
      await new Promise((done) => setImmediate(done));
      await new Promise((done) => setImmediate(done));
      if (this.count === 0) return;
    }
  }

  /** What is under way, for a person who asks why the desk is not quiet. */
  describe(): Record<string, number> {
    return Object.fromEntries(this.underWay);
  }

  private wake(): void {
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter();
  }
}
