import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What other programs need to find a running desk. */
export interface RunFile {
  pid: number;
  http: number;
  aws: number;
  smtp: number;
  /** Where a customer writes to. */
  deskAddress: string;
  /** Folder of everything kept; null when in memory. */
  data: string | null;
}

const RUN_FILE = '.local/run.json';

export const writeRunFile = (content: RunFile, file = RUN_FILE): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
};

/** Removes the file if it is this process's: another desk may have started since. */
export const removeRunFile = (file = RUN_FILE): void => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const pid = typeof content === 'object' && content !== null && 'pid' in content ? content.pid : undefined;
    if (pid === process.pid) rmSync(file);
  } catch {
    // Gone or never written: nothing to remove.
  }
};
