import { beginsNoCard, isCardRange, isLuhnValid } from './card-ranges.ts';
import { digitValue } from './digits.ts';
import type { Edit } from './edit.ts';

const SHORTEST = 13;
const LONGEST = 19;

/** Digits without anything between them. */
interface Group {
  digits: string;
  start: number;
  end: number;
  /** Joined to the group before it by nothing but separators. */
  follows: boolean;
}

/** What people put between the groups of a card number. Marks that cannot be seen (bidi, zero width) do not count. */
const SEPARATOR = /^[\s\-._/\u00b7\u2010-\u2015\u2212\u2219]{0,4}$/u;
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** A gap longer than this is no gap within one number. */
const WIDEST_GAP = 12;

/**
 * Card numbers of 13 to 19 digits in any grouping and digit set, known by their range and their check digit. All digits
 * but the last four become `*`; what stands between them stays.
 */
export const cardNumbers = (text: string): Edit[] => {
  const groups = groupsOf(text);
  const ibans = ibansIn(text);
  const hidden = new Set<number>();
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    if (beginsNoCard(groups[first]?.digits ?? '')) continue;
    for (let last = first; last < groups.length; last += 1) {
      const group = groups[last];
      if (group === undefined || (last > first && !group.follows)) break;
      digits += group.digits;
      if (digits.length > LONGEST) break;
      if (digits.length < SHORTEST || !isLuhnValid(digits) || !isCardRange(digits)) continue;
      const span = groups.slice(first, last + 1);
      if (isSomethingElse(text, groups, first, span, ibans)) continue;
      for (const position of positionsOf(span).slice(0, -4)) hidden.add(position);
    }
  }
  return runsOf([...hidden].sort((a, b) => a - b));
};

const runsOf = (positions: readonly number[]): Edit[] => {
  const runs: Edit[] = [];
  for (const at of positions) {
    const run = runs.at(-1);
    if (run?.end === at) {
      run.end += 1;
      run.by += '*';
    } else {
      runs.push({ start: at, end: at + 1, by: '*', kind: 'card-number' });
    }
  }
  return runs;
};

const groupsOf = (text: string): Group[] => {
  const groups: Group[] = [];
  let digits = '';
  let start = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let at = 0; at <= text.length; at += 1) {
    const value = at < text.length ? digitValue(text.charCodeAt(at)) : undefined;
    if (value !== undefined) {
      if (digits === '') start = at;
      digits += value;
    } else if (digits !== '') {
      groups.push({ digits, start, end: at, follows: isGap(text, before, start) });
      digits = '';
      before = at;
    }
  }
  return groups;
};

const isGap = (text: string, from: number, to: number): boolean => {
  if (to - from > WIDEST_GAP) return false;
  const between = text.slice(from, to);
  return between === ' ' || between === '-' || SEPARATOR.test(between.replace(UNSEEN, ''));
};

const positionsOf = (span: readonly Group[]): number[] =>
  span.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index));

const isSomethingElse = (
  text: string,
  groups: readonly Group[],
  first: number,
  span: readonly Group[],
  ibans: ReadonlyArray<readonly [number, number]>,
): boolean => {
  const start = span[0]?.start ?? 0;
  const end = span.at(-1)?.end ?? 0;
  const length = span.reduce((sum, { digits }) => sum + digits.length, 0);
  return (
    isPhone(text, groups, first, span, length) ||
    isWithinToken(text, start, end) ||
    ibans.some(([from, to]) => start >= from && end <= to)
  );
};

/** E.164 has at most 15 digits. Without a plus, 13 digits of which two or three stand first are a calling code and a number. */
const isPhone = (
  text: string,
  groups: readonly Group[],
  first: number,
  span: readonly Group[],
  length: number,
): boolean => {
  if (length > 15) return false;
  const [group] = span;
  if (group === undefined) return false;
  const before = groups[first - 1];
  if (/\+\(?$/.test(text.slice(Math.max(0, group.start - 2), group.start))) return true;
  if (group.follows && before?.digits === '00') return true;
  return length === 13 && span.length > 1 && (group.digits.length === 2 || group.digits.length === 3);
};

/** In the middle of letters and digits, as in a checksum: `9f4111111111111111ab`. A word before it hides nothing. */
const isWithinToken = (text: string, start: number, end: number): boolean =>
  /[0-9][A-Za-z]{1,8}$/.test(text.slice(Math.max(0, start - 9), start)) ||
  /^[A-Za-z]{1,8}[0-9]/.test(text.slice(end, end + 9));

const IBAN_BEGINS = /(?<![A-Z0-9])[A-Z]{2}\d{2}/g;
const SHORTEST_IBAN = 15;
const LONGEST_IBAN = 34;

/** Bank accounts with a valid check number are no cards, however they are grouped: a refund needs them. */
const ibansIn = (text: string): Array<readonly [number, number]> =>
  [...text.matchAll(IBAN_BEGINS)].flatMap(({ index }) => {
    const end = ibanEnd(text, index);
    return end === undefined ? [] : [[index, end] as const];
  });

/** Where the longest IBAN that begins at `start` ends. Read once from left to right, however its letters are grouped. */
const ibanEnd = (text: string, start: number): number | undefined => {
  const head = text.slice(start, start + 4);
  let length = 4;
  let rest = 0;
  let end: number | undefined;
  for (let at = start + 4; length < LONGEST_IBAN; at += 1) {
    if (/[ -]/.test(text[at] ?? '')) at += 1;
    const character = text[at] ?? '';
    if (!isIbanLetter(character)) break;
    rest = remainder(rest, character);
    length += 1;
    const isWhole = length >= SHORTEST_IBAN && !isIbanLetter(text[at + 1] ?? '');
    if (isWhole && [...head].reduce(remainder, rest) === 1) end = at + 1;
  }
  return end;
};

const isIbanLetter = (character: string): boolean => /^[A-Z0-9]$/.test(character);

/** One letter further in the long division by 97 (ISO 13616): letters count from A = 10. */
const remainder = (rest: number, character: string): number => {
  const value = Number.parseInt(character, 36);
  return (rest * (value < 10 ? 10 : 100) + value) % 97;
};
