import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeskMistakes } from '../../desk/compile/mistakes.ts';
import { compileDesk } from '../../desk/compile.ts';
import { CHANNELS, PRIORITIES } from '../../domain/ticket/ticket.ts';
import { compiledDesk } from './compiled.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  const yaml = (await readdir(join(root, 'desk'))).filter((name) => name.endsWith('.yaml'));
  await Promise.all(
    [...yaml, 'locales'].map((name) => cp(join(root, 'desk', name), join(folder, name), { recursive: true })),
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

describe('the shipped desk', () => {
  test('has no mistakes', async () => {
    expect(await mistakes()).toEqual([]);
  });

  test('keeps the targets of the field: chat in an hour, mail in a day, social in four hours', async () => {
    const { policy } = await compiledDesk();

    const firstReplies = CHANNELS.map((channel) => {
      const row = policy.targets.find(
        ({ channels, priorities }) => channels?.includes(channel) && priorities?.includes('P3'),
      );
      return [channel, row?.firstReply, row?.calendar];
    });
    expect(firstReplies).toEqual([
      ['mail', 'PT24H', 'always'],
      ['web', 'PT24H', 'always'],
      ['api', 'PT24H', 'always'],
      ['chat', 'PT1H', 'office'],
      ['social', 'PT4H', 'always'],
      ['phone', undefined, 'always'],
      ['sms', 'PT4H', 'always'],
    ]);
  });

  test('promises the most urgent a reply within an hour, on every channel', async () => {
    const { policy } = await compiledDesk();

    const firstRow = policy.targets[0];
    expect(firstRow).toMatchObject({ priorities: ['P1'], firstReply: 'PT1H', calendar: 'always' });
    expect(firstRow?.channels).toBeUndefined();
  });

  test('promises a solution for every priority', async () => {
    const { policy } = await compiledDesk();

    const missing = CHANNELS.flatMap((channel) =>
      PRIORITIES.filter((priority) => {
        const row = policy.targets.find(
          ({ channels, priorities }) =>
            (channels?.includes(channel) ?? true) && (priorities?.includes(priority) ?? true),
        );
        return row?.resolution === undefined;
      }),
    );
    expect(missing).toEqual([]);
  });

  test('climbs as written: warn, move, move again, call the lead, call the manager', async () => {
    const { policy } = await compiledDesk();

    expect(policy.ladder).toEqual([
      { id: 'warn-80', at: { share: 0.8 }, act: { kind: 'warn', who: 'assignee' } },
      { id: 'move-100', at: { share: 1 }, act: { kind: 'move' }, tell: 'lead' },
      { id: 'move-1h', at: { after: 'PT1H' }, act: { kind: 'move' } },
      { id: 'call-lead-2h', at: { after: 'PT2H' }, act: { kind: 'call', who: 'lead' } },
      { id: 'call-manager-4h', at: { after: 'PT4H' }, act: { kind: 'call', who: 'manager' } },
    ]);
  });

  test('asks five questions after resolving, and one more when the issue is not resolved', async () => {
    const { surveys } = await compiledDesk();

    const first = surveys.find(({ kind }) => kind === 'csat');
    expect(first).toMatchObject({ id: 'after-resolve', version: 1, scale: 'csat-5', lowAtMost: 2 });
    expect(first?.questions.filter(({ when }) => when === undefined)).toHaveLength(5);
    expect(first?.questions.find(({ id }) => id === 'why-not')?.when).toEqual({ question: 'resolved', in: ['no'] });
  });

  test('names the answers of the four-point scale as its language does, without a neutral', async () => {
    const { locales, surveys } = await compiledDesk();

    expect(surveys.find(({ id }) => id === 'four-point')?.questions[0]?.labels?.excellent?.fa).toBe('عالی');
    expect(locales.fa.scored['four-point@1']?.options.map(({ label }) => label)).toEqual([
      'خیلی بد',
      'بد',
      'خوب',
      'عالی',
    ]);
  });
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
    await edit('policy.yaml', 'version: 1', 'version: 2');
    await edit('brand.yaml', 'Europe/Berlin', 'Europe/Berlinn');

    expect(await said()).toEqual([
      'desk/brand.yaml: time zone "Europe/Berlinn" is not known; did you mean "Europe/Berlin"?',
    ]);
    expect(await readFile(join(folder, 'out', 'policy.json'), 'utf8')).toContain('"version": "1"');
  });

  test.each<[string, string, string, string, RegExp]>([
    ['text that is not YAML', 'policy.yaml', 'version: 1', 'version: [1', /policy.yaml: this is not YAML: /],
    [
      'a name nobody reads',
      'policy.yaml',
      'reopen-within: 14d',
      'reopen-within: 14d\nreopen-wihtin: 1d',
      /"reopen-wihtin" is not used here; did you mean "reopen-within"\?/,
    ],
    ['a missing value', 'policy.yaml', 'reopen-within: 14d', '', /"reopen-within" is missing; add it/],
    [
      'words instead of a duration',
      'policy.yaml',
      'ask-after: 1h',
      'ask-after: an hour',
      /survey.ask-after: write a duration like 30m, 4h, 1h30m or 3d/,
    ],
    [
      'an unknown zone',
      'policy.yaml',
      'zone: Europe/Berlin',
      'zone: Europe/Belin',
      /time zone "Europe\/Belin" is not known; did you mean "Europe\/Berlin"\?/,
    ],
    [
      'overlapping hours',
      'policy.yaml',
      'mon: ["09:00-12:00", "13:00-17:00"]',
      'mon: ["09:00-12:00", "11:00-17:00"]',
      /"11:00-17:00" overlaps "09:00-12:00"/,
    ],
    [
      'hours that end before they begin',
      'policy.yaml',
      'mon: ["09:00-12:00"',
      'mon: ["09:00-09:00"',
      /"09:00-09:00" is empty/,
    ],
    [
      'an open day without hours',
      'policy.yaml',
      '2026-12-31: ["09:00-12:00"]',
      '2026-12-31: []',
      /no hours; leave the day out/,
    ],
    [
      'a day that is both open and closed',
      'policy.yaml',
      '2026-12-31: [',
      '2026-12-25: [',
      /2026-12-25 is also closed/,
    ],
    ['a date that does not exist', 'policy.yaml', '- 2026-12-26', '- 2026-02-30', /there is no such date/],
    ['an unknown weekday', 'policy.yaml', 'mon: [', 'mno: [', /"mno" is not used here; did you mean "mon"\?/],
    [
      'days of opening hours',
      'policy.yaml',
      'P4: 35h',
      'P4: 5d',
      /"5d" counts opening hours of "office", where a day has no fixed length/,
    ],
    [
      'a row that is never reached',
      'policy.yaml',
      '  - id: phone\n    channels: [phone]',
      '  - id: phone\n    channels: [mail]',
      /target "phone" is never reached/,
    ],
    [
      'a channel without a promise',
      'policy.yaml',
      'channels: [social, sms]',
      'channels: [social]',
      /nothing is promised for sms tickets of P2, P3, P4/,
    ],
    [
      'a priority without a resolution',
      'policy.yaml',
      'P3: 21h, P4: 35h',
      'P3: 21h',
      /target "chat" promises no resolution for P4/,
    ],
    ['an unknown channel', 'policy.yaml', 'channels: [chat]', 'channels: [chatt]', /is "chatt"; did you mean "chat"\?/],
    [
      'a step that does nothing',
      'policy.yaml',
      '{ at: 80%, warn: assignee }',
      '{ at: 80% }',
      /this step does nothing; add warn, move or call/,
    ],
    [
      'a step that does two things',
      'policy.yaml',
      '{ at: 80%, warn: assignee }',
      '{ at: 80%, warn: assignee, call: lead }',
      /does several things/,
    ],
    ['steps out of order', 'policy.yaml', 'at: +2h', 'at: +30m', /"\+30m" comes before the step above it \(\+1h\)/],
    ['more than the whole of a promise', 'policy.yaml', 'at: 80%', 'at: 180%', /"180%" is no share of a promise/],
    [
      'a path in a circle',
      'policy.yaml',
      'expert: { tier: 3,',
      'expert: { tier: 3, next: advanced,',
      /leads down to "advanced"/,
    ],
    [
      'a group that leads to itself',
      'policy.yaml',
      'expert: { tier: 3,',
      'expert: { tier: 3, next: expert,',
      /circle: expert → expert/,
    ],
    [
      'a tier without an exit',
      'policy.yaml',
      'advanced: { tier: 2, next: expert,',
      'advanced: { tier: 2,',
      /group "advanced" of tier 2 has no exit/,
    ],
    [
      'an unknown next group',
      'policy.yaml',
      'next: advanced',
      'next: advnced',
      /group "advnced" is not defined; did you mean "advanced"\?/,
    ],
    [
      'an unknown lead',
      'policy.yaml',
      'frontline: { tier: 1, next: advanced, lead: lina',
      'frontline: { tier: 1, next: advanced, lead: linda',
      /agent "linda" is not in team.yaml; did you mean "lina"\?/,
    ],
    [
      'a reminder after the end',
      'policy.yaml',
      'remind-after: 48h',
      'remind-after: 60d',
      /the reminder would come after the link has ended/,
    ],
    [
      'an unknown group of an agent',
      'team.yaml',
      'groups: [expert]',
      'groups: [exprt]',
      /group "exprt" is not defined in policy.yaml; did you mean "expert"\?/,
    ],
    [
      'an unknown skill',
      'team.yaml',
      'skills: [technical, payment, account]',
      'skills: [technical, payments]',
      /category "payments" is not defined in categories.yaml; did you mean "payment"\?/,
    ],
    ['an address twice', 'team.yaml', 'ben@desk.example.com', 'ada@desk.example.com', /belongs to another agent/],
    ['an agent without work', 'team.yaml', 'groups: [expert]', 'groups: []', /"greta" is in no group/],
    [
      'a keyword twice',
      'categories.yaml',
      '[payment, paid',
      '[payment, login, paid',
      /"login" is also a keyword of "payment"/,
    ],
    [
      'a category without a group',
      'categories.yaml',
      'group: frontline',
      'group: front',
      /group "front" is not defined/,
    ],
    ['no category for the rest', 'categories.yaml', '- id: other', '- id: rest', /category "other" is missing/],
    [
      'a branch on an unknown question',
      'surveys.yaml',
      'question: resolved',
      'question: resolvd',
      /question "resolvd" is not asked; did you mean "resolved"\?/,
    ],
    [
      'a branch on a later question',
      'surveys.yaml',
      'id: issue, kind: text',
      'id: issue, kind: text, when: { question: resolved, in: ["no"] }',
      /question "resolved" is not asked before "issue"; move it up/,
    ],
    [
      'a branch on an answer that is none',
      'surveys.yaml',
      'in: ["no"]',
      'in: ["maybe"]',
      /"maybe" is no answer to "resolved"/,
    ],
    [
      'a branch on free words',
      'surveys.yaml',
      'question: resolved',
      'question: issue',
      /"issue" is answered in free words/,
    ],
    [
      'an unknown scale',
      'surveys.yaml',
      'scale: csat-5, required',
      'scale: csat5, required',
      /scale "csat5" is not defined; did you mean "csat-5"\?/,
    ],
    [
      'a score nobody has to give',
      'surveys.yaml',
      'scale: csat-5, required: true',
      'scale: csat-5',
      /question "satisfaction" is the score/,
    ],
    [
      'a scale on which all is low',
      'surveys.yaml',
      'low-at-most: 2',
      'low-at-most: 5',
      /every answer of "csat-5" would be low/,
    ],
    [
      'a survey of the wrong kind',
      'surveys.yaml',
      'csat: after-resolve',
      'csat: follow-up',
      /survey "follow-up" is of kind follow-up; choose one of kind csat/,
    ],
    [
      'a question without words',
      'locales/fa.yaml',
      'why-not: {',
      'why: {',
      /the words of "after-resolve.why-not.text" are missing/,
    ],
    ['an answer without words', 'locales/fa.yaml', 'neutral:', 'middle:', /the words of "csat-5.neutral" are missing/],
    [
      'words for no question',
      'locales/fa.yaml',
      'why-not: {',
      'why: {',
      /nothing says "after-resolve.why.text"; take it out/,
    ],
    [
      'a sentence that lost its blank',
      'locales/en.yaml',
      'by {when}."',
      'soon."',
      /leaves out \{when\}; put it where it belongs/,
    ],
    [
      'a blank that nobody fills',
      'locales/en.yaml',
      'Hello {name},',
      'Hello {nam},',
      /has no blank \{nam\}; did you mean "name"\?/,
    ],
    [
      'a language without a file',
      'brand.yaml',
      '[en, de, fa]',
      '[en, de, fa, tr]',
      /language "tr" has no file locales\/tr.yaml/,
    ],
    ['a file without its language', 'brand.yaml', '[en, de, fa]', '[en, de]', /language "fa" is not listed/],
    [
      'a colour too pale to read',
      'brand.yaml',
      '#0b5f6b',
      '#8fd3dd',
      /contrast of 1\.\d:1, text needs 4.5:1; choose a darker one/,
    ],
  ])('such as %s is refused', async (_, file, from, to, expected) => {
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
    expect(await readdir(join(folder, 'out', 'locales'))).toEqual(['de.json', 'en.json', 'fa.json']);
  });

  test('it fails with one line per mistake and no stack', async () => {
    await edit('policy.yaml', 'calls: 2', 'calls: 0');
    await edit('policy.yaml', 'ask-after: 1h', 'ask-after: soon');

    const failure = await run().catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(/^(desk\/policy\.yaml:\d+: .+\n){2}$/) });
  });
});
