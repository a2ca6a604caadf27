import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSurvey, type Sending, type SendRow, type ToAsk } from '../../../domain/survey/choose.ts';
import { aDefinition } from '../../support/survey-builders.ts';

const definitions = ['after-resolve', 'four-point', 'ease', 'follow-up'].map((id) => aDefinition({ id }));
const aRow = (overrides: Partial<SendRow> = {}): SendRow => ({
  id: 'all',
  kind: 'csat',
  sample: 100,
  variants: [{ survey: 'after-resolve', share: 100 }],
  ...overrides,
});
const rest = aRow();
const aSending = (rows: SendRow[], holdOut = 0): Sending => ({ holdOut, rows });
const about = (overrides: Partial<ToAsk> = {}): ToAsk => ({
  kind: 'csat',
  channel: 'mail',
  category: 'payment',
  customerId: 'kim',
  ticketId: 'T-7K2M9Q',
  cycle: 1,
  ...overrides,
});
const choose = (sending: Sending, overrides: Partial<ToAsk> = {}) =>
  chooseSurvey(sending, definitions, about(overrides));
const idOf = (sending: Sending, overrides: Partial<ToAsk> = {}) => choose(sending, overrides).definition.id;

/** So far a share of this many draws may be from what was asked for: more than that is chance once in 100,000 times. */
const bound = (share: number, draws: number): number => 4.5 * Math.sqrt((share * (1 - share)) / draws);
const PEOPLE = 20_000;
const people = Array.from({ length: PEOPLE }, (_, index) => `customer-${index}`);

describe('the first row that fits', () => {
  const sending = aSending([
    aRow({ id: 'chats', channels: ['chat', 'phone'], variants: [{ survey: 'four-point', share: 100 }] }),
    aRow({
      id: 'business',
      categories: ['payment'],
      types: ['business'],
      variants: [{ survey: 'ease', share: 100 }],
    }),
    rest,
    aRow({ id: 'after', kind: 'follow-up', variants: [{ survey: 'follow-up', share: 100 }] }),
  ]);

  test('is chosen by channel, by category and by what the customer is', () => {
    expect(idOf(sending, { channel: 'phone' })).toBe('four-point');
    expect(idOf(sending, { customerType: 'business' })).toBe('ease');
    expect(idOf(sending, { customerType: 'business', channel: 'chat' })).toBe('four-point');
  });

  test('is the one for everybody where no other is for them', () => {
    expect(idOf(sending)).toBe('after-resolve');
    expect(idOf(sending, { customerType: 'business', category: 'other' })).toBe('after-resolve');
    expect(idOf(sending, { customerType: 'private' })).toBe('after-resolve');
  });

  test('is of the kind that is asked for', () => {
    expect(idOf(sending, { kind: 'follow-up', channel: 'chat' })).toBe('follow-up');
    expect(() => choose(sending, { kind: 'nps' })).toThrow(/no row of kind nps/);
  });

  test('names no variant where everybody gets the same', () => {
    expect(choose(sending)).toEqual({ definition: definitions[0] });
  });
});

describe('of several variants', () => {
  const variants = [
    { name: 'long', survey: 'after-resolve', share: 60 },
    { name: 'short', survey: 'four-point', share: 30 },
    { name: 'ease', survey: 'ease', share: 10 },
  ];
  const sending = aSending([aRow({ variants })]);

  test('a person always gets the same one, whatever the ticket', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.record({ ticketId: fc.string(), cycle: fc.nat() }), { minLength: 2 }),
        (customerId, tickets) => {
          const got = tickets.map((ticket) => choose(sending, { customerId, ...ticket }).variant);
          expect(new Set(got).size).toBe(1);
        },
      ),
    );
  });

  test('each is sent as often as its share says', () => {
    for (const { name, survey, share } of variants) {
      const got = people.filter((customerId) => {
        const { variant, definition } = choose(sending, { customerId });
        return variant === name && definition.id === survey;
      });

      expect(Math.abs(got.length / PEOPLE - share / 100), name).toBeLessThan(bound(share / 100, PEOPLE));
    }
  });

  test('whatever the shares, somebody gets one of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.string(), (share, customerId) => {
        const two = aSending([
          aRow({
            variants: [
              { name: 'a', survey: 'ease', share },
              { name: 'b', survey: 'four-point', share: 100 - share },
            ],
          }),
        ]);
        expect(choose(two, { customerId }).variant).toMatch(/^[ab]$/);
      }),
    );
  });

  test('what a person gets here says nothing of what they get in another row', () => {
    const chats = aSending([aRow({ id: 'chats', variants })]);
    const short = people.filter((customerId) => choose(sending, { customerId }).variant === 'short');

    const both = short.filter((customerId) => choose(chats, { customerId }).variant === 'short');

    expect(Math.abs(both.length / short.length - 0.3)).toBeLessThan(bound(0.3, short.length));
  });
});

describe('by lot', () => {
  const skipOf = (sending: Sending, overrides: Partial<ToAsk> = {}) => choose(sending, overrides).skip;

  test('as many tickets are asked about as the sample says, and each cycle is drawn anew', () => {
    const sending = aSending([aRow({ sample: 25 })]);
    const first = people.filter((ticketId) => skipOf(sending, { ticketId }) === undefined);
    const again = first.filter((ticketId) => skipOf(sending, { ticketId, cycle: 2 }) === undefined);

    expect(Math.abs(first.length / PEOPLE - 0.25)).toBeLessThan(bound(0.25, PEOPLE));
    expect(Math.abs(again.length / first.length - 0.25)).toBeLessThan(bound(0.25, first.length));
    expect(skipOf(aSending([aRow({ sample: 0 })]))).toBe('not-sampled');
  });

  test('the same cycle is drawn alike however often it is asked', () => {
    const sending = aSending([aRow({ sample: 50 })]);

    fc.assert(
      fc.property(fc.string(), fc.nat(), (ticketId, cycle) => {
        expect(skipOf(sending, { ticketId, cycle })).toBe(skipOf(sending, { ticketId, cycle }));
      }),
    );
  });

  test('people who are held out are so on every ticket, and as many as the share says', () => {
    const sending = aSending([aRow({ sample: 50 })], 10);
    const out = people.filter((customerId) => skipOf(sending, { customerId, ticketId: 'T-AAAAAA' }) === 'held-out');

    expect(Math.abs(out.length / PEOPLE - 0.1)).toBeLessThan(bound(0.1, PEOPLE));
    expect(
      out.every((customerId) => skipOf(sending, { customerId, ticketId: 'T-BBBBBB', cycle: 3 }) === 'held-out'),
    ).toBe(true);
  });

  test('who was unhappy is asked whether it was put right, held out or not', () => {
    const sending = aSending([aRow({ kind: 'follow-up', variants: [{ survey: 'follow-up', share: 100 }] })], 99.99);

    expect(people.every((customerId) => skipOf(sending, { kind: 'follow-up', customerId }) === undefined)).toBe(true);
  });

  test('what a person writes of their own accord is never left out', () => {
    const sending = aSending([aRow({ kind: 'feedback' })], 99.99);

    expect(people.every((customerId) => skipOf(sending, { kind: 'feedback', customerId }) === undefined)).toBe(true);
  });
});
