import { beforeAll, expect, test } from 'vitest';
import { isOutOfDate } from '../../../domain/mail/out-of-date.ts';
import type { MailContent } from '../../../domain/mail/owed.ts';
import { renderMail } from '../../../domain/mail/render.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';
import { anOwedMail, mondayAt9 } from '../../support/builders.ts';
import { aLife } from '../../support/ticket-life.ts';
import { type Code, owed, sample } from './samples.ts';

type Late = Extract<MailContent, { template: 'late' }>;

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const late = (more: Partial<Late>, code: Code = 'en', without: Array<keyof Late> = []): string => {
  const content = { ...sample('late', code).content, ...more };
  const kept = Object.fromEntries(Object.entries(content).filter(([name]) => !without.some((each) => each === name)));
  return renderMail(owed(kept as Late, code), desk.locales[code], desk.brand).text;
};

test('what only takes longer is not said to be late, nor to come before others', () => {
  const text = late({ what: 'longer' });
  const unowned = late({ what: 'longer' }, 'en', ['agent']);

  expect(text).toContain(
    'We told you that you would hear from us about “Payment failed twice” by Tuesday, 24 November',
  );
  expect(text).toContain('Farah Moradi has your request now. You will hear from one of us by Tuesday, 24 November');
  expect(unowned).toContain('You will hear from one of us by');
  expect(text + unowned).not.toMatch(/late|comes before others/);
});

test('a third party that is waited for is told with when somebody looks again, and promises no answer by then', () => {
  const text = late({ what: 'on-hold' });

  expect(text).toContain('We will look at it again by Tuesday, 24 November 2026 at 21:00 at the latest');
  expect(text).not.toMatch(/You will hear|has your request/);
});

test('where nothing is promised any more no time is made up', () => {
  const text = late({ what: 'longer' }, 'en', ['until', 'agent']);

  expect(text.match(/2026/g)).toHaveLength(1);
  expect(text).not.toContain('{');
});

test('a solution that is late is told as a solution, and in a Persian mail by the calendar of Iran', () => {
  expect(late({ what: 'solution' })).toContain('We wanted to have “Payment failed twice” solved by Tuesday');
  expect(late({ what: 'solution' }, 'de')).toContain('wir wollten „Zahlung zweimal fehlgeschlagen“ bis Dienstag');
  for (const what of ['solution', 'longer', 'on-hold'] as const) expect(late({ what }, 'fa')).toMatch(/آذر ۱۴۰۵/);
});

test('a word of a late reply is out of date with the next answer, one of a late solution with its end, each alone', () => {
  const at = (hours: number) => plus(mondayAt9, hours * HOUR);
  const word = (owedAt: string, what?: Late['what']) =>
    anOwedMail({ owedAt, content: { ...(sample('late').content as Late), ...(what && { what }) } });
  const asked = aLife().reply(at(1)).hear(at(2)).ledger;
  const answered = aLife().reply(at(1)).hear(at(2)).reply(at(6)).ledger;
  const solved = aLife().reply(at(1)).resolve(at(7)).ledger;

  expect(isOutOfDate(word(at(5)), asked)).toBe(false);
  expect(isOutOfDate(word(at(5)), answered)).toBe(true);
  expect(isOutOfDate(word(at(5), 'solution'), answered)).toBe(false);
  expect(isOutOfDate(word(at(5), 'solution'), solved)).toBe(true);
  expect(isOutOfDate(anOwedMail({ owedAt: at(5) }), answered)).toBe(false);
  expect(isOutOfDate(word(at(5)), undefined)).toBe(false);
});
