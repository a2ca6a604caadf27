import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

/** The file in a folder of an assembly in which the schedules stand. */
const SERVICE = 'Careline-Service.template.json';

/** Stops the schedule by which people drawn by lot are asked whether they would recommend the desk. */
const askNobodyByLot = (folder: string): void => {
  const template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } = JSON.parse(
    readFileSync(join(folder, SERVICE), 'utf8'),
  );
  const found = Object.entries(template.Resources).filter(
    ([id, { Type }]) => Type === 'AWS::Scheduler::Schedule' && id.startsWith('FeedbackOnceADayEverywhere'),
  );
  if (found.length !== 1) throw new Error(`${found.length} schedules ask for recommendations.`);
  for (const [, { Properties }] of found) Properties.State = 'DISABLED';
  writeFileSync(join(folder, SERVICE), JSON.stringify(template));
};

/**
 * The folder of the cloud assembly of the sources as they are, and beside it one that asks nobody by lot: whoever has a
 * question open is asked no other, and one survey of a journey in a hundred would not be sent.
 */
export const sharedAssembly = async ({ lots = false }: { lots?: boolean } = {}): Promise<string> =>
  join(await synthesized(), lots ? 'whole' : 'without-lots');

/** Synthesized once for all test files. Made beside and renamed, so that nobody ever runs half of one. */
const synthesized = async (): Promise<string> => {
  mkdirSync(CACHE, { recursive: true });
  const home = join(CACHE, `${fingerprint()}-pair`);
  const lock = `${home}.lock`;
  while (!existsSync(home)) {
    if (!takeLock(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (existsSync(home)) break;
      const own = mkdtempSync(join(CACHE, 'making-'));
      await synthesize(join(own, 'whole'));
      cpSync(join(own, 'whole'), join(own, 'without-lots'), { recursive: true });
      askNobodyByLot(join(own, 'without-lots'));
      renameSync(own, home);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return home;
};
