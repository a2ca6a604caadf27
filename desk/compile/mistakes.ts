/** One mistake in a file of the desk, as it is told: `desk/policy.yaml:12: calendar "ofice" is not defined; …`. */
export interface Mistake {
  file: string;
  line: number;
  what: string;
}

/** All mistakes of the desk's files at once: whoever edits them should not have to run the check ten times. */
export class DeskMistakes extends Error {
  override readonly name = 'DeskMistakes';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly Mistake[]) {
    const once = asLines(mistakes);
    super(once.join('\n'));
    this.mistakes = once;
  }
}

/** One line each, in the order of files and lines. */
export const asLines = (mistakes: readonly Mistake[]): string[] => {
  const lines = [...mistakes]
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, what }) => `${file}:${line}: ${what}`);
  return [...new Set(lines)];
};

/** How many letters have to be put in, taken out or changed to get from one word to the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** `; did you mean "office"?`, or the words there are, if none is near. */
export const didYouMean = (word: string, known: Iterable<string>): string => {
  const words = [...new Set(known)];
  const near = words
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  if (near !== undefined && near.far <= Math.max(2, Math.floor(word.length / 3)))
    return `; did you mean "${near.candidate}"?`;
  if (words.length === 0 || words.length > 12) return '';
  return `; there ${words.length === 1 ? 'is' : 'are'} ${words.map((candidate) => `"${candidate}"`).join(', ')}`;
};
