import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, type Instant, MINUTE, plus, SECOND } from '../../../domain/support/time.ts';
import {
  gradeClicks,
  MOST_OPENINGS,
  OPENED_BY,
  type Opening,
  openedBy,
  optionOf,
  tallyClicks,
} from '../../../domain/survey/clicks.ts';
import { mondayAt9 } from '../../support/builders.ts';

const sent = mondayAt9;
const within = 'PT10S';
const after = (ms: number): Instant => plus(sent, ms);
const opened = (ms: number, option: number, by: Opening['by'] = 'get'): Opening => ({ at: after(ms), option, by });
const grades = (openings: readonly Opening[], sentAt: readonly Instant[] = [sent]) =>
  gradeClicks(openings, { sentAt, within }).map(({ option, grade }) => `${option} ${grade}`);

/** One mail through a gateway: all links, in the order of the mail, so many milliseconds apart. */
const inARow = (from: number, apart: number, by: Opening['by'] = 'get') =>
  [1, 2, 3, 4, 5].map((option, place) => opened(from + place * apart, option, by));

describe('a scanner', () => {
  test.each([
    ['opens every link in order within two seconds of delivery', inARow(700, 250)],
    ['opens every link twice, the second time an hour later', [...inARow(1500, 300), ...inARow(HOUR, 400)]],
    ['opens every link from the last to the first', inARow(900, 200).reverse()],
    ['asks for the headers of every link only', inARow(400, 100, 'head')],
    ['begins within ten seconds and goes on after them', inARow(7 * SECOND, 2 * SECOND)],
    ['has one link left to open when the ten seconds are over', inARow(SECOND, 2300)],
    ['comes a quarter of an hour after delivery, as from a queue', inARow(15 * MINUTE, 500)],
    ['opens the first link alone, at once', [opened(600, 1)]],
    ['looks at a link ahead of the person', [opened(3 * MINUTE, 5, 'prefetch')]],
    ['asks for one header an hour later', [opened(HOUR, 2, 'head')]],
  ])('that %s leaves no intention', (_, openings) => {
    expect(tallyClicks(openings, { sentAt: [sent], within })).toEqual({ intent: 0, discarded: openings.length });
  });

  test('that opened every link leaves nothing of the mail, not even what a person opens hours later', () => {
    expect(grades([...inARow(500, 200), opened(3 * HOUR, 4)])).not.toContain('4 intent');
  });
});

describe('a person', () => {
  test('who opens one answer minutes after the mail means it', () => {
    expect(grades([opened(4 * MINUTE, 5)])).toEqual(['5 intent']);
  });

  test('who opens the same answer twice, minutes apart, means it once', () => {
    expect(grades([opened(2 * MINUTE, 4), opened(9 * MINUTE, 4)])).toEqual(['4 intent', '4 repeated']);
  });

  test('who opens two different answers of one mail means neither, as far as anybody can tell', () => {
    expect(grades([opened(2 * MINUTE, 2), opened(9 * MINUTE, 4)])).toEqual(['2 discarded', '4 discarded']);
  });

  test('who opens one within ten seconds cannot be told from a scanner, and one second later can', () => {
    expect(grades([opened(9 * SECOND, 5)])).toEqual(['5 discarded']);
    expect(grades([opened(10 * SECOND, 5)])).toEqual(['5 intent']);
  });

  test('who comes by the reminder is heard, whatever a scanner did with the first mail', () => {
    const reminded = after(48 * HOUR);

    const graded = grades([...inARow(500, 200), opened(50 * HOUR, 4)], [reminded, sent]);

    expect(graded.slice(-1)).toEqual(['4 intent']);
    expect(graded.filter((grade) => grade.endsWith('discarded'))).toHaveLength(5);
  });
});

test('when nothing is known of the sending, a single answer is an intention and several are none', () => {
  expect(grades([opened(0, 3)], [])).toEqual(['3 intent']);
  expect(grades(inARow(0, HOUR), [])).toEqual(['1', '2', '3', '4', '5'].map((option) => `${option} discarded`));
});

test('a link that was opened as often as is noted is a machine’s', () => {
  const often = Array.from({ length: MOST_OPENINGS }, (_, n) => opened(HOUR + n * MINUTE, 5));

  expect(tallyClicks(often, { sentAt: [sent], within })).toEqual({ intent: 0, discarded: MOST_OPENINGS });
  expect(tallyClicks(often.slice(1), { sentAt: [sent], within })).toEqual({ intent: 1, discarded: 0 });
});

describe('whatever was opened', () => {
  const anywhere = fc.array(
    fc
      .record({
        ms: fc.integer({ min: -5000, max: 200 * HOUR }),
        option: fc.nat(10),
        by: fc.constantFrom(...OPENED_BY),
      })
      .map(({ ms, option, by }) => opened(ms, option, by)),
    { maxLength: MOST_OPENINGS - 1 },
  );
  // Of openings of any options, two in a hundred have an intention: in some runs none, and the rule for it would go untried.
  const alike = fc.tuple(anywhere, fc.nat(10)).map(([some, option]) => some.map((each) => ({ ...each, option })));
  const openings = fc.oneof(anywhere, alike);
  const mails = fc.array(fc.integer({ min: 0, max: 100 * HOUR }).map(after), { minLength: 1, maxLength: 2 });

  test('every opening has one grade, and a mail has one intention at most', () => {
    fc.assert(
      fc.property(openings, mails, (some, sentAt) => {
        const graded = gradeClicks(some, { sentAt, within });

        expect(graded.map(({ grade, ...opening }) => JSON.stringify(opening)).sort()).toEqual(
          some.map((opening) => JSON.stringify(opening)).sort(),
        );
        expect(graded.filter(({ grade }) => grade === 'intent').length).toBeLessThanOrEqual(sentAt.length);
      }),
    );
  });

  test('the order in which it was noted makes no difference', () => {
    fc.assert(
      fc.property(openings, mails, (some, sentAt) => {
        expect(tallyClicks(some.toReversed(), { sentAt, within })).toEqual(tallyClicks(some, { sentAt, within }));
      }),
    );
  });

  test('an intention was opened by a person’s request, later than scanners come, and alone in its mail', () => {
    fc.assert(
      fc.property(openings, (some) => {
        const graded = gradeClicks(some, { sentAt: [sent], within });
        const intents = graded.filter(({ grade }) => grade === 'intent');

        expect(intents.filter(({ by }) => by !== 'get')).toEqual([]);
        expect(intents.filter(({ at }) => at < after(10 * SECOND))).toEqual([]);
        expect(intents.length === 0 || new Set(some.map(({ option }) => option)).size === 1).toBe(true);
      }),
    );
  });

  test('what was thrown away stays so, whatever else is opened', () => {
    fc.assert(
      fc.property(openings, mails, openings, (some, sentAt, more) => {
        const before = tallyClicks(some, { sentAt, within });
        const all = [...some, ...more].slice(0, MOST_OPENINGS - 1);

        expect(tallyClicks(all, { sentAt, within }).discarded).toBeGreaterThanOrEqual(before.discarded);
      }),
    );
  });
});

describe('a request', () => {
  test.each([
    ['GET', {}, 'get'],
    ['HEAD', {}, 'head'],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }, 'prefetch'],
    ['GET', { purpose: 'prefetch' }, 'prefetch'],
    ['GET', { 'x-purpose': 'preview' }, 'prefetch'],
    ['GET', { 'x-moz': 'prefetch' }, 'prefetch'],
    ['GET', { 'user-agent': 'prefetch' }, 'get'],
  ] as const)('%s with %o opens a link by %s', (method, headers, by) => {
    expect(openedBy(method, headers)).toBe(by);
  });

  test.each([
    ['4', 4],
    ['0', 0],
    ['10', 10],
    [undefined, undefined],
    ['', undefined],
    ['-1', undefined],
    ['100', undefined],
    ['4;drop', undefined],
    ['1e1', undefined],
  ])('that names %o names the answer %o', (named, option) => {
    expect(optionOf(named)).toBe(option);
  });
});
