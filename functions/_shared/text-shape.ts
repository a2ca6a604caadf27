import * as z from 'zod/mini';

/** Half a surrogate pair is no character: the table would refuse it, and no mail could carry it. */
export const wellFormed = z.refine<string>((value) => value.isWellFormed(), 'Is not valid Unicode.');

/** Words of a person, without outer blanks: at least one character, at most so many. */
export const wordsUpTo = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most), wellFormed);
