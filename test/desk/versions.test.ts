import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { archiveVersion } from '../../desk/archive.ts';
import { standing } from '../../domain/clock/standing.ts';
import { HOUR, plus } from '../../domain/support/time.ts';
import { anEvent, mondayAt9 } from '../support/builders.ts';
import { compiledDesk } from './compiled.ts';

const root = join(import.meta.dirname, '..', '..', 'desk');
let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'desk-')), 'desk');
  await cp(root, folder, { recursive: true });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const edit = async (from: string, to: string): Promise<void> => {
  const path = join(folder, 'policy.yaml');
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`policy.yaml has no "${from}"`);
  await writeFile(path, text.replace(from, to));
};
const faster = [
  'channels: [mail, web, api]\n    calendar: always\n    first-reply: 24h',
  'channels: [mail, web, api]\n    calendar: always\n    first-reply: 8h',
] as const;

test('a promise of the first version is kept when a second one promises another', async () => {
  await edit('version: 1\n', 'version: 2\n');
  await edit(...faster);
  await archiveVersion(folder);
  const { policy } = await compiledDesk(folder);
  const opened = (version: string) => ({
    ...anEvent({ type: 'opened', channel: 'mail', message: 'm' }, mondayAt9),
    policy: version,
  });

  const due = (version: string) => standing([opened(version)], policy, mondayAt9).promises.firstReply;

  expect(due('1')).toMatchObject({ version: '1', dueAt: plus(mondayAt9, 24 * HOUR) });
  expect(due('2')).toMatchObject({ version: '2', dueAt: plus(mondayAt9, 8 * HOUR) });
});

test('a version that promises the same as the present adds nothing to what is deployed', async () => {
  await edit('version: 1\n', 'version: 2\n');
  await archiveVersion(folder);

  expect((await compiledDesk(folder)).policy.past).toEqual({});
});

test('a calendar that no promise counts in may change without a new number', async () => {
  await edit('thu: ["08:30-12:30"]', 'thu: ["08:30-12:00"]');

  await expect(compiledDesk(folder)).resolves.toBeDefined();
});

test('what was kept of a version is never written over', async () => {
  await edit(...faster);

  await expect(archiveVersion(folder)).rejects.toThrow(
    /version 1 was kept with other promises; raise "version". If it was never deployed, remove desk\/versions\/policy-1.yaml/,
  );
});

test('what is kept of a version holds its holidays as dates, so that a library cannot change them', async () => {
  const text = await readFile(join(folder, 'versions', 'policy-1.yaml'), 'utf8');

  expect(text).toContain('- 2027-01-01');
  expect(text).not.toContain('holidays:');
});
