import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { type Recurrence, recurrence } from './expression.ts';

export interface Alarm {
  /** Stable across restarts: a rule's or schedule's ARN. */
  id: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  expression: string;
  timeZone: string;
  /** A rate of Scheduler fires at once when it is created, one of a rule after its first interval. */
  firesAtCreation: boolean;
  /** Not before and not after, epoch ms. */
  from?: number;
  until?: number;
  /** Called in a transaction with the instant that was planned. */
  fire(planned: number): void;
}

/**
 * Fires recurring work on the virtual clock. The next instant is a row: after a restart a missed one fires once, late, and
 * the ones behind it that were missed as well do not.
 */
export class AlarmClock {
  private readonly kernel: Kernel;
  private readonly table: string;
  private readonly sql;
  private readonly handles = new Map<string, TimerHandle>();

  constructor(kernel: Kernel, table: string) {
    this.kernel = kernel;
    this.table = table;
    kernel.store.exec(`CREATE TABLE IF NOT EXISTS ${table} (
      id TEXT PRIMARY KEY, expression TEXT NOT NULL, anchor INTEGER NOT NULL, next INTEGER)`);
    this.sql = {
      get: kernel.store.prepare(`SELECT expression, anchor, next FROM ${table} WHERE id = ?`),
      put: kernel.store.prepare(
        `INSERT INTO ${table} (id, expression, anchor, next) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET expression = excluded.expression, anchor = excluded.anchor, next = excluded.next`,
      ),
      next: kernel.store.prepare(`UPDATE ${table} SET next = ? WHERE id = ?`),
    };
  }

  /** Starts an alarm, or goes on with it; a changed expression begins anew. */
  set(alarm: Alarm): void {
    const now = this.kernel.clock.now();
    const known = this.sql.get.get(alarm.id);
    const same = known !== undefined && known.expression === `${alarm.expression} ${alarm.timeZone}`;
    const anchor = same ? Number(known.anchor) : Math.max(now, alarm.from ?? now);
    const times = recurrence(alarm.expression, alarm.timeZone, anchor);
    if (!same) {
      const atOnce = alarm.firesAtCreation && alarm.expression.startsWith('rate(');
      const first = atOnce ? anchor : times.next(Math.max(now, (alarm.from ?? 0) - 1));
      this.sql.put.run(alarm.id, `${alarm.expression} ${alarm.timeZone}`, anchor, first ?? null);
    }
    this.arm(alarm, times);
  }

  stop(): void {
    for (const handle of this.handles.values()) handle.cancel();
    this.handles.clear();
  }

  private arm(alarm: Alarm, times: Recurrence): void {
    const next = this.sql.get.get(alarm.id)?.next;
    if (typeof next !== 'number' || (alarm.until !== undefined && next > alarm.until)) return;
    const handle = this.kernel.timers.at(next, this.table, () => {
      inTransaction(this.kernel.store, () => {
        this.sql.next.run(times.next(Math.max(next, this.kernel.clock.now())) ?? null, alarm.id);
        alarm.fire(next);
      });
      this.arm(alarm, times);
    });
    this.handles.set(alarm.id, handle);
  }
}
