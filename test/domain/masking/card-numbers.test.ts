import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CARD_RANGES } from '../../../domain/masking/card-ranges.ts';
import { maskSecretsInHtml } from '../../../domain/masking/mask-html.ts';
import { maskCards, maskSecrets } from '../../../domain/masking/mask-secrets.ts';

const DIGIT_SETS = ['0', '٠', '۰', '०', '০', '０'];
const SEPARATORS = [
  ' ',
  '-',
  '.',
  '_',
  '/',
  '\u00a0',
  '\u2009',
  '\u2011',
  '\u2013',
  ' - ',
  '\n',
  '\u200f ',
  '\u2066',
  '\t',
];

/** The last digit that makes a number pass the check. */
const completed = (digits: string): string => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighed = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
};

const cards = fc
  .tuple(
    fc.nat(CARD_RANGES.length - 1),
    fc.nat(20),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }),
  )
  .map(([which, length, share, rest]) => {
    const { from, to, lengths } = CARD_RANGES[which] ?? { from: '4', to: '4', lengths: [16] };
    const head = String(Number(from) + Math.floor(share * (Number(to) - Number(from) + 1))).padStart(from.length, '0');
    const wanted = lengths[length % lengths.length] ?? 16;
    return completed((head + rest.join('')).slice(0, wanted - 1));
  });

/** The digits in groups of any sizes, all in one of the digit sets. */
const written = (digits: string, cuts: readonly boolean[], separators: readonly number[], set: number): string =>
  [...digits]
    .map((digit, index) => {
      const zero = (DIGIT_SETS[set] ?? '0').charCodeAt(0);
      const before = index > 0 && cuts[index] ? SEPARATORS[separators[index] ?? 0] : '';
      return before + String.fromCharCode(zero + Number(digit));
    })
    .join('');

const writtenCards = fc
  .tuple(
    cards,
    fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    fc.array(fc.nat(SEPARATORS.length - 1), { minLength: 20, maxLength: 20 }),
    fc.nat(DIGIT_SETS.length - 1),
  )
  // Thirteen digits of which two or three stand first are a telephone number: nobody issues such cards any more.
  .filter(([digits, cuts]) => digits.length > 13 || !(cuts[2] || cuts[3]) || cuts[1] === true)
  .map(([digits, cuts, separators, set]) => ({ digits, text: written(digits, cuts, separators, set) }));

const digitsIn = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g, (digit) =>
      String(
        digit.charCodeAt(0) - (digit < '\u06f0' ? 0x660 : digit < '\u0966' ? 0x6f0 : digit < '\u09e6' ? 0x966 : 0x9e6),
      ),
    )
    .replace(/\D/g, '');

describe('card numbers', () => {
  test('of every known range are hidden but for the last four digits, in any grouping and digit set', () => {
    const around = fc.constantFrom('', 'My card: ', 'کارت من ', 'Karte ', '(', 'visa');

    fc.assert(
      fc.property(writtenCards, around, ({ digits, text }, before) => {
        const { text: clean, masked } = maskSecrets(`${before}${text} , please`);
        expect(masked).toEqual(['card-number']);
        expect(digitsIn(clean)).toBe(digits.slice(-4));
      }),
      { numRuns: 3000, seed: 20261122 },
    );
  });

  test('are hidden in HTML although tags and entities stand between their digits', () => {
    const between = fc.constantFrom(
      '',
      '<b></b>',
      '</span><span dir="ltr">',
      '&nbsp;',
      '&#8203;',
      ' <i>',
      '&#x2d;',
      '<td>',
    );

    fc.assert(
      fc.property(
        cards.filter((digits) => digits.length > 13),
        fc.array(between, { minLength: 20, maxLength: 20 }),
        (digits, gaps) => {
          const html = [...digits]
            .map((digit, index) => (index % 3 === 0 ? `&#${48 + Number(digit)};` : digit) + gaps[index])
            .join('');
          const { text: clean, masked } = maskSecretsInHtml(`<p>Card ${html} end</p>`);
          expect(masked).toEqual(['card-number']);
          const shown = clean
            .replace(/<[^>]*>/g, '')
            .replace(/&#(\d+);/g, (_, code) =>
              Number(code) >= 48 && Number(code) <= 57 ? String(Number(code) - 48) : ' ',
            )
            .replace(/&#x2d;/g, '');
          expect(shown.replace(/\D/g, '')).toBe(digits.slice(-4));
          expect(clean.replace(/[^<]*(<[^>]*>)?/g, '$1')).toBe(
            `<p>${gaps
              .slice(0, digits.length)
              .join('')
              .replace(/[^<]*(<[^>]*>)?/g, '$1')}</p>`,
          );
        },
      ),
      { numRuns: 500, seed: 20261122 },
    );
  });

  test.each([
    ['a ticket id', 'T-7K2M9Q'],
    ['an order number of a large shop', '302-1234567-1234560 402-7654321-7654321'],
    ['telephone numbers', '+49 151 23456789, +4915123456784, 0049 151 23456783, +98 912 345 6789, 49 151 23456784'],
    ['a telephone number that could be a card by its digits', '+4915123456787'],
    ['the same in groups', '+49 151 23456787, 00 49 151 23456787, 49 151 23456787'],
    ['a bank account with a card number in it', 'DE95 4111 1111 1111 1111 00'],
    ['a bank account before a word in capitals', 'DE95 4111 1111 1111 1111 00 IST RICHTIG'],
    ['bank accounts', 'DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819, IR580540105180021273113007'],
    ['dates and times', '2026-11-22 09:00:00.000 2026-11-22, ۱۴۰۵/۰۹/۰۱'],
    ['an instant in milliseconds', '1764230400000'],
    ['a device number', '356938035643809'],
    ['a chip number', '8944110068012345678'],
    ['a number that fails the check', '4111 1111 1111 1112'],
    ['a longer number', '41111111111111111111111'],
    ['a checksum', '9f4111111111111111ab12'],
    ['a number of no card range', '9999999999999995'],
  ])('leaves %s alone', (_, text) => {
    expect(maskSecrets(text)).toEqual({ text, masked: [] });
  });

  test('hides each of several cards in one line', () => {
    expect(maskCards('4111 1111 1111 1111 5500-0000-0000-0004').text).toBe('**** **** **** 1111 ****-****-****-0004');
  });
});
