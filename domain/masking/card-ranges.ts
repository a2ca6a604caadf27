/** Leading digits `from`–`to` of one scheme, and the lengths its numbers have. */
interface CardRange {
  from: string;
  to: string;
  lengths: readonly number[];
}

const range = (prefixes: string, ...lengths: number[]): CardRange[] =>
  prefixes.split(' ').map((prefix) => {
    const [from = '', to = from] = prefix.split('-');
    return { from, to, lengths };
  });

/**
 * The number ranges in which cards are issued (ISO/IEC 7812; the schemes' own tables). Only these are taken for cards, so
 * that an order number, which is Luhn-valid one time in ten, is left alone. Diners numbers beyond 16 digits are left out:
 * nobody issues them, and shops number their orders so.
 */
export const CARD_RANGES: readonly CardRange[] = [
  // Visa
  ...range('4', 13, 16, 19),
  // Mastercard
  ...range('51-55 2221-2720', 16),
  // American Express
  ...range('34 37', 15),
  // Diners Club
  ...range('300-305 3095 36 38 39', 14, 16),
  // Discover
  ...range('6011 644-649 65 622126-622925', 16, 17, 18, 19),
  // JCB
  ...range('3528-3589', 16, 17, 18, 19),
  // UnionPay
  ...range('62 81', 16, 17, 18, 19),
  // Maestro
  ...range('50 56-58 6304 6390 6759 6761-6763', 13, 14, 15, 16, 17, 18, 19),
  // Mir
  ...range('2200-2204', 16, 17, 18, 19),
  // RuPay
  ...range('60 82 353 356', 16),
  // Troy
  ...range('9792', 16),
  // Verve
  ...range('506099-506198 507865-507964 650002-650027', 16, 18, 19),
  // Elo, Hipercard
  ...range('636297 636368 637095 637568 637599 637609 637612', 16),
  // Shetab, the banks of Iran (60, 62 and 50–58 are above)
  ...range('610433 636214 636949 639194 639217 639346 639347 639370 639599 639607 991975', 16),
];

const BY_FIRST_DIGIT: readonly CardRange[][] = Array.from({ length: 10 }, (_, digit) =>
  CARD_RANGES.filter(({ from, to }) => Number(from[0]) <= digit && digit <= Number(to[0])),
);

/** Whether a number of so many digits is of a range in which cards are issued. */
export const isCardRange = (digits: string): boolean =>
  (BY_FIRST_DIGIT[Number(digits[0])] ?? []).some(({ from, to, lengths }) => {
    if (!lengths.includes(digits.length)) return false;
    const head = digits.slice(0, from.length);
    return head >= from && head <= to;
  });

/** No card begins with one of these. */
export const beginsNoCard = (digits: string): boolean => BY_FIRST_DIGIT[Number(digits[0])]?.length === 0;

/** The check digit of ISO/IEC 7812. */
export const isLuhnValid = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
};
