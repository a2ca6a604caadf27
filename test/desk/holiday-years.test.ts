import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHolidayYears } from '../../desk/compile/holiday-years.ts';
import { DeskMistakes } from '../../desk/compile/mistakes.ts';
import { readSource } from '../../desk/compile/source.ts';
import { compileDesk } from '../../desk/compile.ts';
import { policyFile } from '../../desk/schema.ts';

const desk = join(import.meta.dirname, '..', '..', 'desk');
let to: string;
beforeAll(async () => {
  to = await mkdtemp(join(tmpdir(), 'desk-'));
});
afterAll(() => rm(to, { recursive: true }));

const warnings = async (today: string) =>
  (await compileDesk({ to, today })).warnings.filter((line) => /holidays/.test(line));

/** What is said of the shipped policy, changed so, on this day. */
const said = async (today: string, change: (file: ReturnType<typeof policyFile.parse>) => void = () => undefined) => {
  const source = await readSource(join(desk, 'policy.yaml'), 'desk/policy.yaml');
  const file = source.as(policyFile) ?? expect.fail('The shipped policy has mistakes.');
  change(file);
  checkHolidayYears(source, file, today);
  return { wrong: source.mistakes.map(({ what }) => what), warned: source.warnings.map(({ what }) => what) };
};

test('a year before the list of holidays ends the check says so, with file, line and remedy', async () => {
  expect(await warnings('2031-12-31')).toEqual([]);
  expect(await warnings('2032-01-02')).toEqual([
    expect.stringMatching(
      /^desk\/policy\.yaml:\d+: the public holidays of "office" end with 2032, and what is due later counts none; write a later year, raise "version" and run "npm run desk:version"$/,
    ),
  ]);
});

test('the last day of the list is warned of, and a day beyond it is refused', async () => {
  expect(await warnings('2032-12-31')).toHaveLength(1);
  await expect(compileDesk({ to, today: '2033-01-01' })).rejects.toThrow(DeskMistakes);
  await expect(compileDesk({ to, today: '2033-01-01' })).rejects.toThrow(
    /^desk\/policy\.yaml:\d+: the public holidays of "office" ended with 2032; write a later year/,
  );
});

test('a list that has not begun yet is refused, too', async () => {
  expect(await said('2024-12-31')).toEqual({
    wrong: ['the public holidays of "office" begin with 2025; write an earlier year'],
    warned: [],
  });
});

test('only calendars count in which something is due: of targets, of the hours of groups, of putting right', async () => {
  const nobody = (file: Parameters<NonNullable<Parameters<typeof said>[1]>>[0]) => {
    for (const row of file.targets) row.calendar = 'always';
    file.remediation.calendar = 'always';
  };

  expect(await said('2033-01-01', nobody)).toEqual({ wrong: [], warned: [] });
  for (const use of [
    (file: Parameters<typeof nobody>[0]) => Object.assign(file.targets[0] ?? {}, { calendar: 'tehran' }),
    (file: Parameters<typeof nobody>[0]) => Object.assign(file.groups.frontline ?? {}, { hours: 'tehran' }),
    (file: Parameters<typeof nobody>[0]) => Object.assign(file.remediation, { calendar: 'tehran' }),
  ]) {
    const { wrong } = await said('2033-01-01', (file) => {
      nobody(file);
      use(file);
    });
    expect(wrong).toEqual([expect.stringContaining('the public holidays of "tehran" ended with 2032')]);
  }
});

test('a calendar without public holidays has no list that could end', async () => {
  const { wrong } = await said('2033-01-01', (file) => {
    for (const calendar of Object.values(file.calendars)) calendar.holidays = [];
  });

  expect(wrong).toEqual([]);
});
