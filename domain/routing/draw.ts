/**
 * Draws one of several by a word: the same word draws the same, and words spread evenly. Undefined when there is none.
 */
export const draw = <T>(of: readonly T[], word: string): T | undefined => {
  let sum = 2166136261;
  for (const character of word) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  // Without this the low bits, which decide, would hardly depend on the first characters.
  sum ^= sum >>> 15;
  return of[(sum >>> 0) % of.length];
};
