import type { Checklist } from '../../domain/help/checklist.ts';
import type { ChecklistsFile } from '../schema.ts';
import { asksForSecrets } from './asks-for-secrets.ts';
import { didYouMean } from './mistakes.ts';
import type { Source } from './source.ts';

/** desk/checklists.yaml as the rules read it. Undefined lists stand for files that have mistakes of their own. */
export const compileChecklists = (
  source: Source,
  { checklists }: ChecklistsFile,
  categories: readonly string[] | undefined,
  languages: readonly string[] | undefined,
): Checklist[] => {
  const ids = new Set<string>();
  checklists.forEach((checklist, index) => {
    const at = ['checklists', index];
    if (ids.has(checklist.id))
      source.wrong([...at, 'id'], `there is another checklist "${checklist.id}"; name them apart`);
    ids.add(checklist.id);
    checklist.categories.forEach((category, place) => {
      if (categories !== undefined && !categories.includes(category))
        source.wrong(
          [...at, 'categories', place],
          `category "${category}" is not in categories.yaml${didYouMean(category, categories)}`,
        );
    });
    const texts = [
      { path: [...at, 'title'], words: checklist.title },
      ...checklist.steps.map((words, step) => ({ path: [...at, 'steps', step], words })),
    ];
    for (const { path, words } of texts) checkWords(source, path, words, languages);
  });
  return checklists;
};

const checkWords = (
  source: Source,
  path: PropertyKey[],
  words: Record<string, string>,
  languages: readonly string[] | undefined,
): void => {
  for (const language of languages ?? [])
    if (words[language] === undefined) source.wrong(path, `there are no words in "${language}"; add them`);
  for (const [language, text] of Object.entries(words)) {
    if (languages !== undefined && !languages.includes(language))
      source.wrong(
        [...path, language],
        `language "${language}" is not in brand.yaml${didYouMean(language, languages)}`,
      );
    const asked = asksForSecrets(text);
    if (asked !== undefined)
      source.wrong(
        [...path, language],
        `this asks for card details or a secret: "${asked}"; find the matter by other facts`,
      );
  }
};
