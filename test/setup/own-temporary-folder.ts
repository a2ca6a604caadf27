import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests leave in the folder for temporary files goes with the run, those of a worker that was ended among them. */
export const setup = (): (() => void) => {
  const own = mkdtempSync(join(tmpdir(), 'careline-test-'));
  process.env.TMPDIR = own;
  return () => rmSync(own, { recursive: true, force: true });
};
