import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeskMistakes } from '../../desk/compile/mistakes.ts';
import { compileDesk } from '../../desk/compile.ts';
import { CLOCK_MISTAKES } from './clock-mistakes.ts';
import { MISTAKES } from './mistakes.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  const yaml = (await readdir(join(root, 'desk'))).filter((name) => /\.(yaml|svg)$/.test(name));
  await Promise.all(
    [...yaml, 'locales', 'versions'].map((name) =>
      cp(join(root, 'desk', name), join(folder, name), { recursive: true }),
    ),
  );
});
afterEach(() => rm(folder, { recursive: true }));

/** Changes one passage of a file, which has to be there. */
const edit = async (file: string, from: string, to: string): Promise<void> => {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  await writeFile(path, text.replace(from, to));
};

const mistakes = async (): Promise<readonly string[]> => {
  try {
    await compileDesk({ from: folder, to: join(folder, 'out') });
    return [];
  } catch (error) {
    if (error instanceof DeskMistakes) return error.mistakes;
    throw error;
  }
};
/** The mistakes without their lines, which move whenever the shipped files are edited. */
const said = async (): Promise<string[]> => (await mistakes()).map((line) => line.replace(/:\d+: /, ': '));

test('the shipped desk has no mistakes', async () => {
  expect(await mistakes()).toEqual([]);
});

describe('a mistake', () => {
  test('is told with its file, its line and what was probably meant', async () => {
    const text = await readFile(join(folder, 'policy.yaml'), 'utf8');
    const line = text.split('\n').indexOf('    calendar: office') + 1;
    await edit('policy.yaml', '    calendar: office', '    calendar: ofice');

    expect(await mistakes()).toEqual([
      `desk/policy.yaml:${line}: calendar "ofice" is not defined; did you mean "office"?`,
    ]);
  });

  test('does not hide another, in whichever file', async () => {
    await edit('policy.yaml', 'calls: 2', 'calls: 0');
    await edit('team.yaml', 'groups: [frontline]', 'groups: [fronline]');
    await edit('locales/de.yaml', 'greeting-plain: "Guten Tag,"', 'greting-plain: "Guten Tag,"');

    expect(await said()).toEqual([
      'desk/locales/de.yaml: the words of "mail.greeting-plain" are missing; add them',
      'desk/locales/de.yaml: nothing says "mail.greting-plain"; did you mean "mail.greeting-plain"?',
      'desk/policy.yaml: remediation.calls: somebody has to be called at least once',
    ]);
  });

  test('leaves what was compiled before as it was', async () => {
    await compileDesk({ from: folder, to: join(folder, 'out') });
    await edit('policy.yaml', 'reopen-within: 14d', 'reopen-within: 15d');
    await edit('brand.yaml', 'Europe/Berlin', 'Europe/Berlinn');

    expect(await said()).toEqual([
      'desk/brand.yaml: time zone "Europe/Berlinn" is not known; did you mean "Europe/Berlin"?',
    ]);
    expect(await readFile(join(folder, 'out', 'policy.json'), 'utf8')).toContain('"reopenWithin": "PT336H"');
  });

  test.each([...MISTAKES, ...CLOCK_MISTAKES])('such as %s is refused', async (_, file, from, to, expected) => {
    await edit(file, from, to);

    const told = await said();

    expect(told.join('\n')).toMatch(expected);
    expect(told.every((line) => /^desk\/[a-z/]+\.yaml: /.test(line))).toBe(true);
  });

  test('such as a file that is gone is told, too', async () => {
    await rm(join(folder, 'team.yaml'));

    expect(await said()).toEqual(['desk/team.yaml: cannot be read (ENOENT); put the file back']);
  });
});

describe('run as a program', () => {
  const run = () =>
    promisify(execFile)(process.execPath, [join(root, 'desk', 'compile.ts'), folder, join(folder, 'out')], {
      cwd: root,
    });

  test('it ends well and without a word when there are no mistakes', async () => {
    const { stdout, stderr } = await run();

    expect(stdout + stderr).toBe('');
    const languages = JSON.parse(await readFile(join(folder, 'out', 'languages.json'), 'utf8'));
    expect(Object.keys(languages)).toEqual(['de', 'en', 'fa']);
    expect(await readdir(join(folder, 'out', 'words'))).toContain('common.json');
  });

  test('it fails with one line per mistake and no stack', async () => {
    await edit('policy.yaml', 'calls: 2', 'calls: 0');
    await edit('policy.yaml', 'ask-after: 1h', 'ask-after: soon');

    const failure = await run().catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(/^(desk\/policy\.yaml:\d+: .+\n){2}$/) });
  });
});
