/**
 * A text as words, ready to look for whole words in: case folded, compatibility forms unified (NFKC), and the Arabic
 * yeh and kaf read as the Persian ones, which keyboards mix up. Anything that is no letter, mark or digit parts words.
 */
export const wordsOf = (text: string): string => {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ي', 'ی').replaceAll('ك', 'ک');
  return ` ${(folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
};

/** Whether `words` (of `wordsOf`) hold a word or a phrase as a whole: `pay` is not in `display`. */
export const holds = (words: string, phrase: string): boolean => {
  const wanted = wordsOf(phrase);
  return wanted.trim() !== '' && words.includes(wanted);
};
