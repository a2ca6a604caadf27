import * as z from 'zod/mini';
import { oneLine } from '../../../domain/contact/phrase.ts';
import { isZone } from '../../../domain/support/zone.ts';

/** Half a surrogate pair is no character: the table would refuse it, and no mail could carry it. */
export const wellFormed = z.refine<string>((value) => value.isWellFormed(), 'Is not valid Unicode.');

/** Words of a person, without outer blanks: at least one character, at most so many. */
export const wordsUpTo = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most), wellFormed);

/** The same in one line that keeps its reading order to itself: names and subjects. */
export const lineUpTo = (most: number) =>
  z.pipe(z.pipe(wordsUpTo(most), z.transform(oneLine)), z.string().check(z.minLength(1)));

const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** BCP 47, e.g. `de-CH`. */
export const language = z.string().check(z.maxLength(35), z.refine(isLanguage, 'Is not a BCP 47 language tag.'));
/** IANA, e.g. `Asia/Tehran`. */
export const timeZone = z.string().check(z.maxLength(64), z.refine(isZone, 'Is not an IANA time zone.'));
