import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StandingPromise } from '../../../domain/clock/standing.ts';
import { costUpTo, partsOf } from '../../../domain/pages/excerpt.ts';
import { expectationOf } from '../../../domain/pages/expectation.ts';
import { ownWords } from '../../../domain/pages/layout.ts';
import { linkedWords } from '../../../domain/pages/linked-words.ts';
import { talkOf } from '../../../domain/pages/talk.ts';
import { messagePage, type TicketPage, ticketPage } from '../../../domain/pages/ticket-page.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aMessage, aTicketPage, everyTicketPage, rating } from '../../browser/ticket-pages.ts';
import { aTicket, placed } from '../../contract/changes.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const evil = '"><script>alert(1)</script>\'&';
const shown = (over: Partial<TicketPage> = {}, code: 'en' | 'fa' = 'en'): string =>
  ticketPage(aTicketPage(desk, code, over));
const talking = (...messages: Array<Parameters<typeof aMessage>[0]>): Partial<TicketPage> => ({
  talk: talkOf(messages.map(aMessage)),
});

describe('what a customer may expect', () => {
  const promise = (over: Partial<StandingPromise> = {}): StandingPromise => ({
    target: 'PT24H',
    calendar: 'always',
    row: 'written',
    version: '1',
    startedByEvent: '01JEVENT',
    startedAt: '2026-11-23T08:00:00.000Z',
    dueAt: '2026-11-24T08:00:00.000Z',
    state: 'running',
    usedMs: 0,
    pausedSpans: [],
    why: 'A test.',
    ...over,
  });
  const now = '2026-11-23T09:00:00.000Z';
  const open: Ticket = placed(aTicket());
  const solution = promise({ dueAt: '2026-11-26T08:00:00.000Z' });
  const met = promise({ state: 'met', endedAt: now });

  test('is the reply that is owed, else the solution', () => {
    const by = '2026-11-24T08:00:00.000Z';

    expect(expectationOf(open, { promises: { firstReply: promise(), resolution: solution } }, now)).toEqual({
      kind: 'reply',
      by,
    });
    expect(
      expectationOf(open, { promises: { firstReply: met, nextReply: promise(), resolution: solution } }, now),
    ).toEqual({ kind: 'reply', by });
    expect(expectationOf(open, { promises: { firstReply: met, resolution: solution } }, now)).toEqual({
      kind: 'solution',
      by: solution.dueAt,
    });
  });

  test('is an apology from the moment a promise is broken until it is kept late', () => {
    const due = promise().dueAt;
    const keptLate = promise({ state: 'breached', endedAt: '2026-11-25T08:00:00.000Z' });

    expect(expectationOf(open, { promises: { firstReply: promise() } }, '2026-11-24T07:59:59.999Z')).toMatchObject({
      kind: 'reply',
    });
    expect(expectationOf(open, { promises: { firstReply: promise() } }, due)).toEqual({
      kind: 'late-reply',
      since: due,
    });
    expect(expectationOf(open, { promises: { firstReply: promise({ state: 'breached' }) } }, now)).toMatchObject({
      kind: 'late-reply',
    });
    expect(
      expectationOf(open, { promises: { firstReply: keptLate, resolution: solution } }, '2026-11-25T09:00:00.000Z'),
    ).toMatchObject({ kind: 'solution' });
    expect(
      expectationOf(open, { promises: { firstReply: met, resolution: promise({ state: 'breached' }) } }, now),
    ).toMatchObject({ kind: 'late-solution' });
  });

  test('stands still while somebody else owes the next step, unless the policy lets the clock run', () => {
    const paused = promise({ state: 'paused' });
    const pending: Ticket = { ...placed(aTicket()), status: 'pending', pausedAt: now };
    const held: Ticket = {
      ...placed(aTicket()),
      status: 'on-hold',
      pausedAt: now,
      holdUntil: '2026-11-30T08:00:00.000Z',
    };

    expect(expectationOf(pending, { promises: { resolution: paused } }, now)).toEqual({
      kind: 'paused',
      waitingFor: 'customer',
    });
    expect(expectationOf(held, { promises: { resolution: paused } }, now)).toEqual({
      kind: 'paused',
      waitingFor: 'third-party',
      lookAgainBy: '2026-11-30T08:00:00.000Z',
    });
    expect(expectationOf(held, { promises: { resolution: solution } }, now)).toMatchObject({ kind: 'solution' });
  });

  test('is nothing once it is resolved or closed', () => {
    const resolved: Ticket = { ...placed(aTicket()), status: 'resolved', resolvedAt: now };

    expect(expectationOf(resolved, { promises: { resolution: promise({ state: 'breached' }) } }, now)).toBeUndefined();
  });
});

describe('the page', () => {
  test('names the zone of its times, in the customer’s own', () => {
    const expectation = { kind: 'reply' as const, by: '2026-11-24T08:05:00.000Z' };

    expect(shown({ expectation })).toContain(
      '<strong>Tuesday, 24 November 2026 at 08:05 (United Kingdom Time)</strong>',
    );
    expect(shown({ expectation }, 'fa')).toMatch(/<strong>سه‌شنبه ۳ آذر ۱۴۰۵ ساعت ۱۱:۳۵ \([^)]*ایران\)<\/strong>/);
  });

  test('says what a mail said of a time that is not kept, and nothing of what comes before others', () => {
    const page = shown({
      expectation: { kind: 'reply', by: '2026-11-25T08:05:00.000Z', longerThan: '2026-11-24T08:05:00.000Z' },
    });

    expect(page).toMatch(/wanted to answer you by <strong>Tuesday, 24 [^<]*<\/strong>\. We are sorry/);
    expect(page).toMatch(/You will hear from one of us by <strong>Wednesday, 25 /);
    expect(page).not.toContain('comes before others');
  });

  test('isolates numbers, names and addresses, and lets no word from outside become markup', () => {
    const { ticket } = aTicketPage(desk, 'fa');
    const page = shown(
      {
        ticket: { ...ticket, subject: evil, followUpOf: 'T-3H8QXA' },
        write: { text: `</textarea>${evil}`, error: 'too-long' },
        ...talking(
          { text: evil, quoted: evil, files: [{ name: evil, type: evil, bytes: 1 }] },
          {
            id: 'B',
            from: 'desk',
            agent: evil,
            text: `https://x.example/"onclick="alert(1) ${evil}`,
            rateable: true,
            rating: rating(3, { label: evil }),
          },
        ),
      },
      'fa',
    );

    expect(page).toContain('<bdi dir="ltr">T-7K2M9Q</bdi>');
    expect(page).toContain('<bdi dir="ltr">T-3H8QXA</bdi>');
    expect(page).toContain('<h1><bdi>&quot;&gt;&lt;script&gt;');
    expect(page.replaceAll(/<script src="[^"]*" defer><\/script>/g, '')).not.toContain('<script');
    expect(page).not.toContain('onclick="');
    expect(page.match(/<\/textarea>/g)).toHaveLength(1);
  });

  test('has one open rating form at most, and a link at every other reply', () => {
    const replies = ['A', 'B', 'C'].map((id) => aMessage({ id, from: 'desk', agent: 'Ada', rateable: true }));

    const page = shown({ talk: talkOf(replies), rate: { message: 'B', score: 1 } });

    expect(page.match(/action="[^"]*\/ratings"/g)).toHaveLength(1);
    expect(page).toContain('<input type="hidden" name="message" value="B">');
    expect(page).toContain('value="1" checked');
    expect([...page.matchAll(/href="\?rate=(\w)#m-\w"/g)].map(([, id]) => id)).toEqual(['C', 'A']);
  });

  test('offers to change a rating while that is possible', () => {
    const talk = talkOf([aMessage({ from: 'desk', rateable: true, rating: rating(2) })]);

    expect(shown({ talk })).toContain('Your rating: <strong>Bad</strong>');
    expect(shown({ talk })).toContain('Change my rating');
    expect(shown({ talk, rateableUntil: () => undefined })).not.toContain('Change my rating');
  });

  test('says that a secret was removed, and that a text is only the beginning', () => {
    const page = shown(talking({ masked: true, cut: true }));

    expect(page).toContain(desk.locales.en.words['ticket.masked']);
    expect(page).toContain(desk.locales.en.words['ticket.cut']);
  });

  test('weighs at most 40 KB in every state and every language', () => {
    const weights = (['en', 'de', 'fa'] as const).flatMap((code) =>
      Object.entries(everyTicketPage(desk, code)).map(
        ([name, page]) => [`${code} ${name}`, Buffer.byteLength(page)] as const,
      ),
    );

    expect(weights.filter(([, bytes]) => bytes > 40_000)).toEqual([]);
  });

  test('weighs at most 40 KB when each message is as heavy as can be', () => {
    const file = { name: 'پ'.repeat(200), type: 'image/png', bytes: 10_000_000 };
    const heavy = {
      text: '"'.repeat(100_000),
      quoted: '<'.repeat(100_000),
      files: Array.from({ length: 60 }, () => file),
    };
    const talk = talkOf(
      Array.from({ length: 30 }, (_, index) => aMessage({ ...heavy, id: `01KAR5Z7J000000000000000${index}` })),
    );
    const page = ticketPage(aTicketPage(desk, 'fa', { talk }));

    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(40_000);
    expect(page.match(/attachments\//g)).toHaveLength(10);
    expect(page).toContain('و ۵۰ مورد دیگر');
  });

  test('weighs at most 40 KB whatever is written in it', () => {
    const letters = fc.constantFrom('a', 'ش', '\n', '\n\n', '"', '<', '&', ' ', '😀', 'x'.repeat(900));
    const words = fc.array(letters, { maxLength: 4000 }).map((parts) => parts.join(''));
    const file = fc.record({ name: fc.string({ maxLength: 200 }), type: fc.constant('image/png'), bytes: fc.nat() });
    const message = fc.record({
      text: words,
      quoted: words,
      from: fc.constantFrom('desk' as const, 'customer' as const),
      rateable: fc.boolean(),
      files: fc.array(file, { maxLength: 30 }),
    });

    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 14 }), (messages) => {
        const talk = talkOf(
          messages.map((each, index) => aMessage({ ...each, id: `01KAR5Z7J000000000000000${index}` })),
        );
        const page = aTicketPage(desk, 'fa', { talk });
        expect(Buffer.byteLength(ticketPage(page))).toBeLessThanOrEqual(40_000);
        const [first] = talk.shown;
        if (first) expect(Buffer.byteLength(messagePage(page, first, 1))).toBeLessThanOrEqual(40_000);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a long conversation', () => {
  const messages = Array.from({ length: 34 }, (_, index) => aMessage({ id: `m${index}`, text: `Message ${index}` }));

  test('is shown page by page, newest first, and every message once', () => {
    const seen: string[] = [];
    let from: string | undefined;
    do {
      const page = talkOf(messages, { from });
      seen.push(...page.shown.map(({ id }) => id));
      from = page.older;
    } while (from !== undefined);

    expect(seen).toEqual(messages.map(({ id }) => id).toReversed());
  });

  test('opens where a message stands that a link names, and at its end for a link to none', () => {
    expect(talkOf(messages, { containing: 'm2' })).toMatchObject({
      newest: false,
      shown: [{ id: 'm2' }, { id: 'm1' }, { id: 'm0' }],
    });
    expect(talkOf(messages, { containing: 'm33' }).newest).toBe(true);
    expect(talkOf(messages, { from: 'nothing', containing: 'nothing' })).toEqual(talkOf(messages));
  });

  test('has a page for a message that is too long for the list, with every word of it', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `w${index}`).join(' ');
    const long = aMessage({ id: 'long', text });
    const page = aTicketPage(desk, 'en', { talk: talkOf([long]) });

    const parts = [1, 2, 3, 4, 5, 6].map((part) => messagePage(page, long, part));

    expect(ticketPage(page)).toContain('href="?message=long"');
    expect(new Set(parts.join(' ').match(/\bw\d+\b/g)).size).toBe(20_000);
    expect(messagePage(page, long, 99)).toBe(parts.at(-1));
    expect(messagePage(page, long, -3)).toBe(parts[0]);
  });
});

describe('an excerpt', () => {
  test('costs what it says, loses nothing and cuts no character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 300 }), (words, most) => {
        const parts = partsOf(words, most);

        expect(parts.join('')).toBe(words);
        for (const part of parts) {
          expect(part.isWellFormed()).toBe(words.isWellFormed());
          expect(costUpTo(part, 10_000)).toBeLessThanOrEqual(most);
          expect(Buffer.byteLength(ownWords(part).markup)).toBeLessThanOrEqual(costUpTo(part, 1_000_000) + 40);
        }
      }),
    );
  });

  test('ends between words where there are any', () => {
    expect(partsOf('one two three', 8)).toEqual(['one two ', 'three']);
    expect(partsOf('onetwothree', 8)).toEqual(['onetwoth', 'ree']);
  });
});

describe('a web address in the desk’s words', () => {
  const linked = (line: string): string[] =>
    [...linkedWords(line).markup.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g)].map(
      ([, href, text]) => `${href} ${text}`,
    );

  test('is a link that reads as what it opens', () => {
    expect(linked('See https://help.example.com/a?b=1&c=2, or (http://x.example).')).toEqual([
      'https://help.example.com/a?b=1&amp;c=2 https://help.example.com/a?b=1&amp;c=2',
      'http://x.example/ http://x.example',
    ]);
    expect(linkedWords('See https://x.example.').markup).toMatch(/^See <a [^>]*>https:\/\/x\.example<\/a>\.$/);
  });

  test('shows its real host when a letter only looks like another', () => {
    expect(linked('https://exаmple.com/pay')).toEqual([
      'https://xn--exmple-4nf.com/pay https://xn--exmple-4nf.com/pay',
    ]);
  });

  test.each([
    'https://bank.example@evil.example/',
    'https://user:secret@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'ftp://x.example',
  ])('%s is no link', (line) => {
    expect(linked(line)).toEqual([]);
  });

  test('is no link in the customer’s own words', () => {
    const page = shown({ ...talking({ text: 'https://evil.example' }), byMail: false });

    expect(page).toContain('https://evil.example');
    expect(page).not.toContain('href="https://evil.example');
  });
});
