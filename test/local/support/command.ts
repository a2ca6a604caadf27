import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../local/main.ts', import.meta.url));

export interface Command {
  child: ChildProcess;
  /** The ready line once it came, or undefined if the command ended before. */
  ready: Promise<{ http: number; aws: number; smtp: number } | undefined>;
  /** Exit code; null when it was killed. */
  ended: Promise<number | null>;
  stderr(): string;
}

/** Runs local/main.ts in a folder of its own. */
export const runMain = (folder: string, args: string[]): Command => {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const ready = new Promise<{ http: number; aws: number; smtp: number } | undefined>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /^careline ready http=(\d+) aws=(\d+) smtp=(\d+)$/m.exec(out);
      if (found) done({ http: Number(found[1]), aws: Number(found[2]), smtp: Number(found[3]) });
    });
    child.once('exit', () => done(undefined));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return { child, ready, ended, stderr: () => err };
};

export const temporaryFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'careline-run-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};
