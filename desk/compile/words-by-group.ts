import type { Language, Locale } from '../../domain/contact/words.ts';

/** The languages as functions carry them: what every one of them needs, and apart from it the words of each group. */
export interface WordsByGroup {
  languages: Record<string, Language>;
  /** By group, language and name. */
  words: Record<string, Record<string, Record<string, string>>>;
}

/** By the first part of a word's name, so that a function carries the groups it says and no others. */
export const wordsByGroup = (locales: readonly Locale[]): WordsByGroup => {
  const languages: WordsByGroup['languages'] = {};
  const words: WordsByGroup['words'] = {};
  for (const { words: all, ...language } of locales) {
    languages[language.code] = language;
    for (const [name, text] of Object.entries(all)) {
      const group = name.slice(0, name.indexOf('.'));
      words[group] = { ...words[group], [language.code]: { ...words[group]?.[language.code], [name]: text } };
    }
  }
  return { languages, words };
};
