import brand from '#desk/brand.json' with { type: 'json' };
import languages from '#desk/languages.json' with { type: 'json' };
import type { Brand } from '../../../domain/contact/brand.ts';
import { localeFor } from '../../../domain/contact/format.ts';
import type { Group, Language, Locale } from '../../../domain/contact/words.ts';

/** The languages this desk writes, each with the words that were asked for, and how it signs. */
export interface Words<L extends Language = Locale> {
  brand: Brand;
  /** The first wanted language that the desk writes, else its first. */
  in(wanted: string | readonly string[]): L;
}

type ByLanguage = Record<string, Record<string, string>>;
type GroupOf<T> =
  T extends Record<string, infer Said> ? (keyof Said extends `${infer G}.${string}` ? G : never) : never;

/**
 * The desk's languages with the words of these groups (`#desk/words/<group>.json`). A function carries what it says and
 * no more, since every start pays for it; a word of a group that was not given does not compile.
 */
export const deskWords = <const T extends readonly ByLanguage[]>(
  ...groups: T
): Words<Locale<GroupOf<T[number]> & Group>> => {
  const locales = Object.fromEntries(
    Object.entries(languages).map(([code, language]) => [
      code,
      { ...language, words: Object.assign({}, ...groups.map((group) => group[code])) },
    ]),
  );
  return { brand, in: (wanted) => localeFor(wanted, locales, brand) };
};
