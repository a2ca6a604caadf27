import type { Store } from '../kernel/store.ts';

/** What an asynchronous Express execution was started with. */
export interface ExpressStart {
  arn: string;
  machineArn: string;
  name: string;
  /** JSON text. */
  input: string;
}

/**
 * The accepted starts of asynchronous Express executions that have not ended. Their steps are kept in memory only, so
 * after a crash each begins again from its input: at least once, as AWS says ("Execution guarantees").
 */
export class ExpressStarts {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    store.exec(`
      CREATE TABLE IF NOT EXISTS sfn_express_start (
        arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL
      ) STRICT`);
  }

  keep({ arn, machineArn, name, input }: ExpressStart): void {
    this.store.prepare('INSERT INTO sfn_express_start VALUES (?, ?, ?, ?)').run(arn, machineArn, name, input);
  }

  forget(arn: string): void {
    this.store.prepare('DELETE FROM sfn_express_start WHERE arn = ?').run(arn);
  }

  /** Those a stopped process left unfinished, in the order they were started. */
  unfinished(): ExpressStart[] {
    return this.store
      .prepare('SELECT arn, machine, name, input FROM sfn_express_start ORDER BY rowid')
      .all()
      .map((row) => ({
        arn: String(row.arn),
        machineArn: String(row.machine),
        name: String(row.name),
        input: String(row.input),
      }));
  }
}
