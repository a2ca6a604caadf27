import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction, type Store } from '../kernel/store.ts';

/** One piece of owed work: a delivery that was promised by an acknowledged call. */
export interface Job<T> {
  id: number;
  payload: T;
  /** Failed attempts so far. */
  attempts: number;
  /** When it was owed, epoch ms. */
  since: number;
}

export interface OutboxOptions<T> {
  kernel: Kernel;
  /** Name of the table and label of the activity, e.g. `sns_owed`. Letters and underscores. */
  table: string;
  /** Does the work, at least once; throwing means that it failed. */
  run(job: Job<T>): Promise<void>;
  /** After a failure: the instant of the next attempt (epoch ms), or undefined when the job is given up. */
  retryAt(job: Job<T>, error: unknown): number | undefined;
  /** Called in the transaction that removes a given-up job: the place to owe its dead letter. */
  abandon(job: Job<T>, error: unknown): void;
}

interface Row {
  id: number;
  payload: string;
  attempts: number;
  since: number;
  due: number;
}

const readRow = (row: Record<string, unknown> | undefined): Row | undefined =>
  row && {
    id: Number(row.id),
    payload: String(row.payload),
    attempts: Number(row.attempts),
    since: Number(row.since),
    due: Number(row.due),
  };

/**
 * Durable work. `owe` is called inside the transaction of the call that promises it, so both are kept or neither; the work
 * starts after the commit, is counted as activity while it can run, waits for a retry on the virtual clock, and goes on
 * after a restart. A crash in the middle runs it again.
 */
export class Outbox<T> {
  private readonly options: OutboxOptions<T>;
  private readonly store: Store;
  private readonly sql;
  private readonly underWay = new Set<number>();
  private stopped = false;

  constructor(options: OutboxOptions<T>) {
    this.options = options;
    this.store = options.kernel.store;
    const { table } = options;
    this.store.exec(`CREATE TABLE IF NOT EXISTS ${table} (
      id INTEGER PRIMARY KEY AUTOINCREMENT, payload TEXT NOT NULL, attempts INTEGER NOT NULL,
      since INTEGER NOT NULL, due INTEGER NOT NULL)`);
    this.sql = {
      add: this.store.prepare(`INSERT INTO ${table} (payload, attempts, since, due) VALUES (?, 0, ?, ?)`),
      get: this.store.prepare(`SELECT * FROM ${table} WHERE id = ?`),
      all: this.store.prepare(`SELECT * FROM ${table} ORDER BY id`),
      remove: this.store.prepare(`DELETE FROM ${table} WHERE id = ?`),
      progress: this.store.prepare(`UPDATE ${table} SET payload = ? WHERE id = ?`),
      postpone: this.store.prepare(`UPDATE ${table} SET attempts = ?, due = ? WHERE id = ?`),
    };
  }

  /** Call it in the transaction of the promise. `due` in epoch ms; without it the work starts after the commit. */
  owe(payload: T, due?: number): void {
    const now = this.options.kernel.clock.now();
    const id = Number(this.sql.add.run(JSON.stringify(payload), now, due ?? now).lastInsertRowid);
    const end = this.options.kernel.activity.begin(this.options.table);
    // A transaction is synchronous: by the next microtask it is committed, or the row is gone.
    queueMicrotask(() => this.launch(id, end));
  }

  /** Remembers how far a job of several steps has come, so that a restart goes on from there. */
  progress(id: number, payload: T): void {
    this.sql.progress.run(JSON.stringify(payload), id);
  }

  /** Goes on with everything still owed after a restart. */
  start(): void {
    for (const row of this.sql.all.all()) {
      this.launch(Number(row.id), this.options.kernel.activity.begin(this.options.table));
    }
  }

  /** Nothing is started or written any more; what is under way stays owed. */
  stop(): void {
    this.stopped = true;
  }

  private launch(id: number, end: () => void): void {
    // A row number given back by a rollback may be handed out again in the same turn: never two attempts of one number.
    const row = this.stopped || this.underWay.has(id) ? undefined : readRow(this.sql.get.get(id));
    if (!row) {
      end();
      return;
    }
    const { clock, timers, activity } = this.options.kernel;
    if (row.due > clock.now()) {
      timers.at(row.due, this.options.table, () => this.launch(id, activity.begin(this.options.table)));
      end();
      return;
    }
    this.underWay.add(id);
    this.attempt(row).finally(end);
  }

  private async attempt(row: Row): Promise<void> {
    const job: Job<T> = { id: row.id, payload: JSON.parse(row.payload), attempts: row.attempts, since: row.since };
    try {
      await this.options.run(job);
    } catch (error) {
      this.underWay.delete(job.id);
      if (!this.stopped) this.failed(job, error);
      return;
    }
    this.underWay.delete(job.id);
    if (!this.stopped) this.sql.remove.run(job.id);
  }

  private failed(job: Job<T>, error: unknown): void {
    const due = this.options.retryAt(job, error);
    if (due === undefined) {
      inTransaction(this.store, () => {
        this.sql.remove.run(job.id);
        this.options.abandon(job, error);
      });
      return;
    }
    this.sql.postpone.run(job.attempts + 1, due, job.id);
    this.launch(job.id, this.options.kernel.activity.begin(this.options.table));
  }
}
