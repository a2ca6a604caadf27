import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { inTransaction, type Store } from '../kernel/store.ts';
import type { Execution, Executions, Filter, Status } from './executions.ts';
import type { HistoryEvent } from './history.ts';
import { isBusy, nextDue, type Snapshot } from './snapshot.ts';

const STATUSES: readonly Status[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const NOTHING: Snapshot = { nextEvent: 1, nextThread: 1, nextAttempt: 1, threads: [] };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Standard executions in SQLite: one row where each stands, and its history in one row per step. */
export class StoredExecutions implements Executions {
  private readonly store: Store;
  private readonly statements = new Map<string, StatementSync>();

  constructor(store: Store) {
    this.store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS sfn_execution (
        arn TEXT PRIMARY KEY, name TEXT NOT NULL, machine TEXT NOT NULL, machine_name TEXT NOT NULL,
        revision INTEGER NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL, state TEXT NOT NULL,
        started INTEGER NOT NULL, stopped INTEGER, output TEXT, error TEXT, cause TEXT,
        snapshot TEXT, due INTEGER, busy INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS sfn_execution_due ON sfn_execution (due) WHERE due IS NOT NULL;
      CREATE INDEX IF NOT EXISTS sfn_execution_busy ON sfn_execution (busy) WHERE busy = 1;
      CREATE INDEX IF NOT EXISTS sfn_execution_machine ON sfn_execution (machine, started);
      CREATE INDEX IF NOT EXISTS sfn_execution_name ON sfn_execution (name);
      CREATE TABLE IF NOT EXISTS sfn_history (
        execution TEXT NOT NULL, first INTEGER NOT NULL, events TEXT NOT NULL, PRIMARY KEY (execution, first)
      ) STRICT, WITHOUT ROWID;
    `);
  }

  insert(execution: Execution, events: readonly HistoryEvent[]): void {
    inTransaction(this.store, () => {
      this.run(
        `INSERT INTO sfn_execution (arn, name, machine, machine_name, revision, input, status, state, started, snapshot, due, busy)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        execution.arn,
        execution.name,
        execution.machineArn,
        execution.machineName,
        execution.revision,
        execution.input,
        execution.status,
        execution.state,
        execution.startedAt,
        JSON.stringify(execution.snapshot),
        nextDue(execution.snapshot) ?? null,
        isBusy(execution.snapshot) ? 1 : 0,
      );
      this.append(execution.arn, events);
    });
  }

  update(execution: Execution, events: readonly HistoryEvent[]): void {
    const running = execution.status === 'RUNNING';
    inTransaction(this.store, () => {
      this.run(
        `UPDATE sfn_execution SET status = ?, state = ?, stopped = ?, output = ?, error = ?, cause = ?, snapshot = ?, due = ?, busy = ?
         WHERE arn = ?`,
        execution.status,
        execution.state,
        execution.stoppedAt ?? null,
        execution.output ?? null,
        execution.error ?? null,
        execution.cause ?? null,
        running ? JSON.stringify(execution.snapshot) : null,
        (running ? nextDue(execution.snapshot) : undefined) ?? null,
        running && isBusy(execution.snapshot) ? 1 : 0,
        execution.arn,
      );
      this.append(execution.arn, events);
    });
  }

  private append(arn: string, events: readonly HistoryEvent[]): void {
    const [first] = events;
    if (!first) return;
    this.run(
      'INSERT INTO sfn_history (execution, first, events) VALUES (?, ?, ?)',
      arn,
      first.id,
      JSON.stringify(events),
    );
  }

  get(arn: string): Execution | undefined {
    const row = this.statement('SELECT * FROM sfn_execution WHERE arn = ?').get(arn);
    return row && toExecution(row);
  }

  delete(arn: string): void {
    inTransaction(this.store, () => {
      this.run('DELETE FROM sfn_execution WHERE arn = ?', arn);
      this.run('DELETE FROM sfn_history WHERE execution = ?', arn);
    });
  }

  history(arn: string): HistoryEvent[] {
    const rows = this.statement('SELECT events FROM sfn_history WHERE execution = ? ORDER BY first').all(arn);
    return rows.flatMap((row): HistoryEvent[] => JSON.parse(text(row.events)));
  }

  list({ machineArn, status, name, limit, offset }: Filter): Execution[] {
    return this.statement(
      `SELECT arn, name, machine, machine_name, revision, input, status, state, started, stopped, output, error, cause
       FROM sfn_execution WHERE (?1 IS NULL OR machine = ?1) AND (?2 IS NULL OR status = ?2) AND (?5 IS NULL OR name = ?5)
       ORDER BY started DESC, rowid DESC LIMIT ?3 OFFSET ?4`,
    )
      .all(machineArn ?? null, status ?? null, limit ?? -1, offset ?? 0, name ?? null)
      .map(toExecution);
  }

  nextDue(): number | undefined {
    const row = this.statement('SELECT due FROM sfn_execution WHERE due IS NOT NULL ORDER BY due LIMIT 1').get();
    return row && number(row.due);
  }

  due(now: number): string[] {
    const rows = this.statement(
      'SELECT arn FROM sfn_execution WHERE due IS NOT NULL AND due <= ? ORDER BY due, rowid',
    ).all(now);
    return rows.map((row) => text(row.arn));
  }

  busy(): string[] {
    return this.statement('SELECT arn FROM sfn_execution WHERE busy = 1 ORDER BY rowid')
      .all()
      .map((row) => text(row.arn));
  }

  private run(sql: string, ...values: SQLInputValue[]): void {
    this.statement(sql).run(...values);
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const fresh = this.store.prepare(sql);
    this.statements.set(sql, fresh);
    return fresh;
  }
}

const toExecution = (row: Record<string, unknown>): Execution => ({
  arn: text(row.arn),
  name: text(row.name),
  machineArn: text(row.machine),
  machineName: text(row.machine_name),
  revision: number(row.revision),
  input: text(row.input),
  status: STATUSES.find((status) => status === row.status) ?? 'RUNNING',
  state: text(row.state),
  startedAt: number(row.started),
  snapshot: typeof row.snapshot === 'string' ? JSON.parse(row.snapshot) : NOTHING,
  ...(typeof row.stopped === 'number' ? { stoppedAt: row.stopped } : {}),
  ...(typeof row.output === 'string' ? { output: row.output } : {}),
  ...(typeof row.error === 'string' ? { error: row.error } : {}),
  ...(typeof row.cause === 'string' ? { cause: row.cause } : {}),
});
