import type { Edit, SecretKind } from './edit.ts';
import {
  BLANK,
  CARD_CODE_WORDS,
  CODE_WORDS,
  NEXT_LINE,
  ORDINARY_WORDS,
  PASSWORD_WORDS,
  STRONG,
  WEAK,
} from './telling-words.ts';

/** A word does not begin or end inside another one; `db_password` is one all the same. */
const word = (sources: readonly string[]) =>
  `(?<![\\p{L}\\p{N}])(?:${sources.join('|')})(?:\u200c?(?:م|ت|ش|ام|مان|تان|شان))?(?![\\p{L}\\p{N}])`;

/** What stands in the place of a secret: something in quotation marks, else everything up to a blank. */
const QUOTED = '["\'`“„«‹]([^"\'`“”«»‹›\\n]{1,200})["\'`”“»›]';
const BARE = '([^\\s"\'`“”„«»‹›<>]{3,256})';
const DIGITS = '(\\p{Nd}(?:[ -]?\\p{Nd}){2,9}|(?=[A-Z-]{0,11}\\p{Nd})[A-Z\\p{Nd}-]{4,12})(?![\\p{L}\\p{N}])';

interface Telling {
  kind: SecretKind;
  pattern: RegExp;
  /** Whether what follows is one, where the connecting words alone do not say so. */
  believes: (value: string, after: string) => boolean;
}

const telling = (kind: SecretKind, source: string, believes: Telling['believes']): Telling => ({
  kind,
  pattern: new RegExp(source, 'giu'),
  believes,
});

const isMasked = (value: string): boolean => /^\*+$/.test(value);
const bare = (value: string): string => value.toLowerCase().replace(/[.,;:!?؟،؛)\]}]+$/u, '');
/** The next line of a form: `PIN:`. */
const isLabel = (value: string): boolean => /^[\p{L}_-]+[:=]$/u.test(value);
const isOrdinary = (value: string): boolean =>
  isLabel(value) || ORDINARY_WORDS.has(bare(value)) || bare(value).length < 3;
const hasDigit = (value: string): boolean => /\p{Nd}/u.test(value);
/** Nobody writes words so: digits or signs among letters, capitals after small letters. */
const looksSecret = (value: string): boolean =>
  hasDigit(value) || /\p{Ll}\p{Lu}/u.test(value) || /[\p{L}][!@#$%^&*+=_~|\\]|[!@#$%^&*+=_~|\\][\p{L}]/u.test(value);
const endsClause = (value: string, after: string): boolean =>
  /[.,;!?؟،]$/u.test(value) || /^[ \t]*(?:[\r\n]|$)/.test(after);

const isLikely = (value: string, after: string): boolean =>
  looksSecret(bare(value)) || (!isOrdinary(value) && endsClause(value, after));

const passwords = word(PASSWORD_WORDS);
const codes = word(CODE_WORDS);
const cardCodes = word(CARD_CODE_WORDS);

const CARD_CODE = '(\\p{Nd}{3,4})(?![\\p{L}\\p{N}])';
const anyLink = `(?:${STRONG}|${WEAK}|${NEXT_LINE}|${BLANK}|[^\\S\\n]{0,3}\\(?)`;

const TELLINGS: readonly Telling[] = [
  telling('card-code', `${cardCodes}${anyLink}${CARD_CODE}`, () => true),
  telling('one-time-code', `${codes}(?:${STRONG}|${WEAK}|${NEXT_LINE}|${BLANK})${DIGITS}`, hasDigit),
  telling('password', `${passwords}(?:${STRONG}|${WEAK})${QUOTED}`, () => true),
  telling('password', `${passwords}${STRONG}${BARE}`, (value) => looksSecret(bare(value)) || !isOrdinary(value)),
  telling('password', `${passwords}${WEAK}${BARE}`, isLikely),
  telling(
    'password',
    `${passwords}(?:${NEXT_LINE}|${BLANK})${BARE}`,
    (value) => hasDigit(value) && bare(value).length > 3,
  ),
];

/** None of the patterns can match a text without one of these: most texts are done after this look. */
const ROOTS =
  /pass|pwd|secret|token|key|credential|wort|wört|zugang|pin|otp|code|tan|zahl|cvv|cvc|cvn|cid|csc|card|security|prüf|رمز|کلمه|گذر|پس|پین|کد|سی/iu;

/** Passwords, codes and card codes that follow a word which says what they are. */
export const saidSecrets = (text: string): Edit[] =>
  ROOTS.test(text) ? TELLINGS.flatMap((one) => found(text, one)) : [];

const found = (text: string, { kind, pattern, believes }: Telling): Edit[] => {
  const edits: Edit[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, value = ''] = match;
    const after = text.slice(match.index + whole.length, match.index + whole.length + 3);
    if (isMasked(bare(value)) || !believes(value, after)) {
      // What was taken for the secret may be the next word that tells.
      pattern.lastIndex = match.index + 1;
      continue;
    }
    const secret = value.replace(/[.,;!:?؟،؛)\]}]+$/u, '') || value;
    const start = match.index + whole.lastIndexOf(value);
    edits.push({ start, end: start + secret.length, by: '*'.repeat(Math.min(secret.length, 4)), kind });
  }
  return edits;
};
