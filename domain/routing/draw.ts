/** One of several by a word: the same word draws the same, and words spread evenly. Nothing of nothing. */
export const draw = <T>(of: readonly T[], word: string): T | undefined => {
  let sum = 2166136261;
  for (const character of word) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  // The low bits of the last step hardly know the first characters.
  sum ^= sum >>> 15;
  return of[(sum >>> 0) % of.length];
};
