import type MiniSearch from 'minisearch';

/** Two letters are the beginning of half the language. */
const SHORTEST = 4;
/** Completions used at most: further ones are less like what was typed, and mean something else. */
const MOST = 4;

const vocabularies = new WeakMap<MiniSearch, readonly string[]>();

/** The terms of an index, once: they are asked for only where nothing was found. */
const vocabularyOf = (index: MiniSearch): readonly string[] => {
  const known = vocabularies.get(index);
  if (known) return known;
  const terms = index.toJSON().index.map(([term]) => term);
  vocabularies.set(index, terms);
  return terms;
};

/**
 * Terms that begin as an unfinished word, but for one letter that was forgotten, swapped with the next, typed too much or
 * mistaken: `pasw` → `password`. The likeliest and the shortest first; nobody mistakes the first letter.
 */
export const completionsOf = (index: MiniSearch, typed: string): string[] => {
  if (typed.length < SHORTEST) return [];
  return vocabularyOf(index)
    .flatMap((term) => {
      const unlike = term[0] === typed[0] && term.length >= typed.length ? unlikeness(term, typed) : undefined;
      return unlike === undefined ? [] : [{ term, unlike }];
    })
    .sort((a, b) => a.unlike - b.unlike || a.term.length - b.term.length || (a.term < b.term ? -1 : 1))
    .slice(0, MOST)
    .map(({ term }) => term);
};

/** 0 when every letter that was typed has its place in the term, 1 when one has not; undefined for any other term. */
const unlikeness = (term: string, typed: string): 0 | 1 | undefined => {
  let same = 1;
  while (same < typed.length && term[same] === typed[same]) same += 1;
  const rest = typed.slice(same);
  const swapped = `${rest.charAt(1)}${rest.charAt(0)}${rest.slice(2)}`;
  if (term.startsWith(rest, same + 1) || term.startsWith(swapped, same)) return 0;
  const others = rest.slice(1);
  return term.startsWith(others, same) || term.startsWith(others, same + 1) ? 1 : undefined;
};
