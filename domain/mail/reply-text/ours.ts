import { asPhrase, type Line } from './lines.ts';

/** Recognises the desk's own words when they come back, marked as a quote or not. */
export interface Ours {
  /** Where the run of the desk's own lines that begins at `at` ends; `at` itself when none begins there. */
  endOfRun(lines: readonly Line[], at: number): number;
}

export const nothingOfOurs: Ours = { endOfRun: (_, at) => at };

/** Two lines and so many letters: a person may well repeat one line of the desk, and everybody writes "Thank you". */
const FEWEST_LINES = 2;
const FEWEST_LETTERS = 40;
const MOST_LINES = 2000;

/** `texts`: the plain parts of mails the desk sent on the ticket. */
export const oursOf = (texts: readonly string[]): Ours => {
  const known = new Set<string>();
  for (const line of texts.flatMap((text) => text.split('\n').slice(0, MOST_LINES))) {
    const phrase = asPhrase(line);
    if (phrase !== '') known.add(phrase);
  }
  return known.size === 0 ? nothingOfOurs : { endOfRun: (lines, at) => endOfRun(lines, at, known) };
};

const endOfRun = (lines: readonly Line[], at: number, known: ReadonlySet<string>): number => {
  if (lines[at]?.blank) return at;
  let end = at;
  let count = 0;
  let letters = 0;
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next];
    if (!line || !(line.blank || known.has(line.bare))) break;
    if (line.blank) continue;
    end = next + 1;
    count += 1;
    letters += line.bare.length;
  }
  return count >= FEWEST_LINES && letters >= FEWEST_LETTERS ? end : at;
};
