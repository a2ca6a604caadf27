import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from './refusal.ts';

/**
 * Holds a data folder for this process, so that no two desks run the same executions. The hold is a lock of the operating
 * system on a small SQLite file: it ends with the process, however that ends. Returns how to let go.
 */
export const holdFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'lock.db'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Refusal(
      `Another desk keeps its data in ${folder}: end it, or start with another --data or with --memory`,
    );
  }
  return () => lock.close();
};
