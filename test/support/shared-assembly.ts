import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../local/cli/synthesize.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, '.cache', 'assemblies');
const SOURCES = ['adapters', 'desk', 'domain', 'functions', 'infra', 'workflows', 'cdk.json', 'package-lock.json'];
/** Longer than any synthesis: whoever holds the lock for longer has died. */
const LOCK_DIES_MS = 120_000;

const filesIn = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => join(path, name))
        .sort()
    : [path];

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesIn(join(ROOT, source)))) {
    if (statSync(file).isDirectory()) continue;
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
};

/** Whether this process may synthesize; the others wait for what it makes. */
const takeLock = (lock: string): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > LOCK_DIES_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
};

/**
 * The folder of the cloud assembly of the sources as they are, synthesized once for all test files. Made beside and
 * renamed, so that nobody ever runs half of one.
 */
export const sharedAssembly = async (): Promise<string> => {
  mkdirSync(CACHE, { recursive: true });
  const home = join(CACHE, fingerprint());
  const lock = `${home}.lock`;
  while (!existsSync(home)) {
    if (!takeLock(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (existsSync(home)) break;
      const own = mkdtempSync(join(CACHE, 'making-'));
      await synthesize(own);
      renameSync(own, home);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return home;
};
