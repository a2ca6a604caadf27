import * as z from 'zod/mini';

/** Half a surrogate pair is no character: the table would refuse it, and no mail could carry it. */
export const wellFormed = z.refine<string>((value) => value.isWellFormed(), 'Is not valid Unicode.');

/** Words of a person, without outer blanks: at least one character, at most so many. */
export const wordsUpTo = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most), wellFormed);

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

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
export const timeZone = z.string().check(z.maxLength(64), z.refine(isTimeZone, 'Is not an IANA time zone.'));
