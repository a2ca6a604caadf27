import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, seconds } from './figure.ts';

const run = promisify(execFile);
const OUTPUT = { maxBuffer: 64 * 1024 * 1024 };

const inClone = async (work: (folder: string) => Promise<Figure[]>): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'careline-clone-'));
  try {
    await run('git', ['clone', '--quiet', '.', folder]);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** `npm ci` on a fresh clone. */
export const install = (): Promise<Figure[]> =>
  inClone(async (cwd) => [
    {
      what: 'npm ci on a fresh clone',
      value: await seconds(() => run('npm', ['ci'], { cwd, ...OUTPUT })),
      unit: 's',
      target: 60,
    },
  ]);

/** The README's test command on a fresh clone, the installation left out. */
export const tests = (): Promise<Figure[]> =>
  inClone(async (cwd) => {
    await run('npm', ['ci'], { cwd, ...OUTPUT });
    const minutes = (await seconds(() => run('npm', ['test'], { cwd, ...OUTPUT }))) / 60;
    return [{ what: 'npm test on a fresh clone', value: minutes, unit: 'min', target: 8 }];
  });
