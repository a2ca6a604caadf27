import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * What the runtime must not forget, in one SQLite file: executions, queued messages, mails, objects, stream positions.
 * Each service owns its tables. A commit survives `kill -9` of the process (it is in the operating system's cache by
 * then); a power cut may take the last ones, which a development machine can bear.
 */
export type Store = DatabaseSync;

/** Opens the file, or a store that lives in memory only. */
export const openStore = (file: string | undefined): Store => {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const store = new DatabaseSync(file ?? ':memory:');
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  return store;
};

/** Runs `work` in one transaction: all of its rows or none. Not nested; `work` is synchronous. */
export const inTransaction = <T>(store: Store, work: () => T): T => {
  store.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    store.exec('COMMIT');
    return result;
  } catch (error) {
    store.exec('ROLLBACK');
    throw error;
  }
};
