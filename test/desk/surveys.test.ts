import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archiveSurveys } from '../../desk/archive.ts';
import { DeskMistakes } from '../../desk/compile/mistakes.ts';
import { compileDesk } from '../../desk/compile.ts';
import { compiledDesk } from './compiled.ts';
import { SURVEY_MISTAKES } from './survey-mistakes.ts';

const root = join(import.meta.dirname, '..', '..', 'desk');
let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'desk-')), 'desk');
  // Articles are no part of this, and are most of what would be copied and read.
  await cp(root, folder, { recursive: true, filter: (path) => !/\/(knowledge|templates)(\/|$)/.test(path) });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const edit = async (file: string, from: string, to: string): Promise<void> => {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  await writeFile(path, text.replace(from, to));
};
const lineOf = async (file: string, words: string): Promise<number> =>
  (await readFile(join(folder, file), 'utf8')).split('\n').findIndex((line) => line.includes(words)) + 1;
const mistakes = async (): Promise<readonly string[]> => {
  try {
    await compileDesk({ from: folder, to: join(folder, '..', 'out') });
    return [];
  } catch (error) {
    if (error instanceof DeskMistakes) return error.mistakes;
    throw error;
  }
};
const surveyOf = async (id: string, version = 1) => {
  const { surveys } = await compiledDesk(folder);
  const found = surveys.find((survey) => survey.id === id && survey.version === version);
  if (found === undefined) throw new Error(`no survey ${id}@${version}`);
  return found;
};
/** The next version of a survey, kept. */
const raise = async (id: string): Promise<void> => {
  await edit('surveys.yaml', `- id: ${id}\n    version: 1`, `- id: ${id}\n    version: 2`);
  await archiveSurveys(folder);
};

describe('the check of what customers are asked', () => {
  test.each(SURVEY_MISTAKES)('refuses %s', async (_, file, from, to, expected) => {
    await edit(file, from, to);

    const told = await mistakes();

    expect(told.map((line) => line.replace(/:\d+: /, ': ')).join('\n')).toMatch(expected);
    expect(told.every((line) => /^desk\/[a-z/]+\.yaml:\d+: /.test(line))).toBe(true);
  });

  test('lets a survey stand that nobody is sent', async () => {
    const { surveys } = await compiledDesk(folder);

    expect(surveys.map(({ id }) => id)).toEqual(expect.arrayContaining(['four-point', 'ease']));
    expect(await mistakes()).toEqual([]);
  });

  test('lets a survey be without a low answer', async () => {
    await edit('surveys.yaml', '    scored: recommend\n    low-at-most: 6\n', '    scored: recommend\n');
    await raise('nps');

    const nps = await surveyOf('nps', 2);
    expect([nps.lowAtMost, nps.lowFrom]).toEqual([undefined, undefined]);
  });

  test('lets rows be for channels, categories and types of customers, with variants and a sample', async () => {
    await edit(
      'surveys.yaml',
      '    - survey: after-resolve',
      `    - id: chats
      channels: [chat, phone]
      types: [business]
      sample: 12.5%
      variants:
        - { name: words, survey: four-point, share: 33.34% }
        - { name: ease, survey: ease, share: 66.66% }
    - { categories: [payment], survey: four-point }
    - survey: after-resolve`,
    );

    expect(await mistakes()).toEqual([]);
  });
});

describe('a version of a survey', () => {
  test('is kept with its words, so that a link that was mailed is answered by what it asked', async () => {
    await edit('surveys.yaml', '      - { id: issue, kind: text }\n', '');
    for (const code of ['en', 'de', 'fa']) {
      const path = join(folder, 'locales', `${code}.yaml`);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/ {4}issue: \{.*\}\n/, ''));
    }
    await raise('after-resolve');

    const { surveys, locales } = await compiledDesk(folder);

    const versions = surveys.filter(({ id }) => id === 'after-resolve');
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(versions[0]?.questions.some(({ id }) => id === 'issue')).toBe(false);
    expect(versions[1]?.questions.find(({ id }) => id === 'issue')?.text.fa).toBe('مشکل شما چه بود؟');
    expect(locales.de.scored['after-resolve@1']?.question).toBe(
      'Wie zufrieden sind Sie insgesamt mit unserem Support?',
    );
  });

  test('that changes its shape without a new number is refused at its line', async () => {
    await edit('surveys.yaml', '{ id: hard-to-use, kind: text }', '{ id: hard-to-use, kind: text, required: true }');
    const line = (await lineOf('surveys.yaml', 'id: after-resolve')) + 5;

    expect(await mistakes()).toEqual([
      `desk/surveys.yaml:${line}: this is not what version 1 of "after-resolve" was (desk/versions/survey-after-resolve-1.yaml); raise its "version" in surveys.yaml, then run "npm run desk:version"`,
    ]);
  });

  test('that moves its threshold without a new number is refused at the threshold', async () => {
    await edit('surveys.yaml', 'scored: better\n    low-at-most: 2', 'scored: better\n    low-at-most: 1');

    expect(await mistakes()).toEqual([
      expect.stringContaining(
        `desk/surveys.yaml:${await lineOf('surveys.yaml', 'low-at-most: 1')}: this is not what version 1`,
      ),
    ]);
  });

  test.each([
    ['a question', 'locales/en.yaml', 'What was the issue you had?', 'What happened?', 'the question "issue"'],
    ['a choice', 'locales/de.yaml', 'Es hat zu lange gedauert', 'Es dauerte', 'the answer "speed"'],
    ['the end of a scale', 'locales/fa.yaml', 'خیلی دشوار', 'دشوار', 'the answer "very-difficult"'],
  ])('that changes the words of %s without a new number is refused at their line', async (_, file, from, to, what) => {
    const line = await lineOf(file, from);
    await edit(file, from, to);

    const told = await mistakes();

    expect(told).toContainEqual(expect.stringContaining(`desk/${file}:${line}: ${what} is not what version 1 of`));
    expect(told.every((each) => each.includes('raise its "version" in surveys.yaml'))).toBe(true);
  });

  test('that nobody kept is refused, with the way to keep it', async () => {
    await edit('surveys.yaml', '- id: ease\n    version: 1', '- id: ease\n    version: 2');

    expect(await mistakes()).toEqual([
      expect.stringMatching(
        /surveys.yaml:\d+: what version 2 of "ease" asks is not in desk\/versions; run "npm run desk:version"/,
      ),
    ]);
  });

  test('is never written over', async () => {
    await edit('locales/en.yaml', 'What was the issue you had?', 'What happened?');

    await expect(archiveSurveys(folder)).rejects.toThrow(
      /version 1 of "after-resolve" was kept with other questions or words; raise "version"/,
    );
  });

  test('is not kept while it has mistakes', async () => {
    await edit('surveys.yaml', 'low-from: 6', 'low-from: 9');

    await expect(archiveSurveys(folder)).rejects.toThrow(/"effort" ends at 7/);
  });

  test('is answered on when its survey is asked no more', async () => {
    const cut = async (file: string, from: RegExp): Promise<void> => {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (!from.test(text)) throw new Error(`${file} has no ${from}`);
      await writeFile(path, text.replace(from, ''));
    };
    await cut('surveys.yaml', / {2}- id: ease\n[\s\S]*?(?= {2}- id: follow-up)/);
    await cut('surveys.yaml', / {2}effort: .*\n/);
    for (const code of ['en', 'de', 'fa']) {
      await cut(`locales/${code}.yaml`, / {2}ease:\n {4}effort: .*\n {4}hurdles: .*\n/);
      await cut(`locales/${code}.yaml`, / {2}effort:\n {4}very-easy: .*\n {4}very-difficult: .*\n/);
    }

    const { locales } = await compiledDesk(folder);

    expect(await surveyOf('ease')).toMatchObject({ version: 1, polarity: 'low-is-good', lowFrom: 6 });
    expect(locales.fa.scored['ease@1']?.ends).toEqual(['خیلی آسان', 'خیلی دشوار']);
  });

  test.each([
    [
      'is named after another',
      'version: 1\n',
      'version: 3\n',
      /survey-ease-1.yaml:\d+: this file is named after another/,
    ],
    ['lost a part', 'scored: effort\n', '', /survey-ease-1.yaml:\d+: "scored" is missing; add it/],
  ])('whose file %s is told by that file', async (_, from, to, expected) => {
    await edit('versions/survey-ease-1.yaml', from, to);

    expect((await mistakes()).join('\n')).toMatch(expected);
    await expect(archiveSurveys(folder)).rejects.toThrow(expected);
  });

  test('may be taken out when no link of its time is open', async () => {
    await edit('surveys.yaml', '{ id: hard-to-use, kind: text }', '{ id: hard-to-use, kind: text, required: true }');
    await raise('after-resolve');
    await rm(join(folder, 'versions', 'survey-after-resolve-1.yaml'));

    const { surveys } = await compiledDesk(folder);

    expect(surveys.filter(({ id }) => id === 'after-resolve').map(({ version }) => version)).toEqual([2]);
  });
});

describe('a series', () => {
  test('goes on while the scored question stays as it was, whatever else is asked', async () => {
    const before = await surveyOf('after-resolve');
    await edit('surveys.yaml', '{ id: hard-to-use, kind: text }', '{ id: hard-to-use, kind: text, required: true }');
    await raise('after-resolve');

    expect((await surveyOf('after-resolve', 2)).series).toBe(before.series);
  });

  test.each([
    ['a word of the scored question', 'locales/de.yaml', 'insgesamt mit unserem Support?', 'mit uns?', 'after-resolve'],
    [
      'a word of its scale',
      'locales/fa.yaml',
      'very-satisfied: "خیلی راضی"',
      'very-satisfied: "کاملاً راضی"',
      'after-resolve',
    ],
    [
      'which end is good',
      'surveys.yaml',
      'low-is-easy\n    scored: effort\n    low-from: 6',
      'high-is-easy\n    scored: effort\n    low-at-most: 2',
      'ease',
    ],
    ['the length of its scale', 'surveys.yaml', 'to: 7, ends', 'to: 9, ends', 'ease'],
  ])('begins anew with %s', async (_, file, from, to, id) => {
    const before = await surveyOf(id);
    await edit(file, from, to);
    await raise(id);

    expect((await surveyOf(id, 2)).series).not.toBe(before.series);
  });

  test('goes on when a language is added', async () => {
    for (const version of ['after-resolve', 'follow-up', 'nps', 'feedback', 'four-point', 'ease']) {
      const path = join(folder, 'versions', `survey-${version}-1.yaml`);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/^ +fa: .*\n/gm, '').replace(/^series: .*$/m, `series: ${version}.of-two`));
    }
    expect((await mistakes()).join('\n')).toMatch(
      /locales\/fa.yaml:\d+: the question "satisfaction" is not what version 1/,
    );
    const text = await readFile(join(folder, 'surveys.yaml'), 'utf8');
    await writeFile(join(folder, 'surveys.yaml'), text.replaceAll('version: 1', 'version: 2'));
    await archiveSurveys(folder);

    expect((await surveyOf('after-resolve', 2)).series).toBe('after-resolve.of-two');
  });

  test('is one for two surveys that ask the same on the same scale', async () => {
    for (const code of ['en', 'de', 'fa']) {
      const path = join(folder, 'locales', `${code}.yaml`);
      const text = await readFile(path, 'utf8');
      const words = /four-point:\n {4}satisfaction: (\{.*\})/.exec(text)?.[1] ?? '';
      await writeFile(path, text.replace(/better: \{.*\}/, `better: ${words}`));
    }
    await raise('follow-up');

    expect((await surveyOf('follow-up', 2)).series).toBe((await surveyOf('four-point')).series);
  });
});
