/** A line of a mail as the reader of replies sees it. */
export interface Line {
  /** As it came: kept, whatever is made of it. */
  raw: string;
  /** How many quote marks stand before it. */
  depth: number;
  /** Without quote marks, emphasis and invisible letters, in small letters; empty when blank or too long to mean anything. */
  bare: string;
  /** The same with its capitals. */
  words: string;
  blank: boolean;
  marks?: readonly Mark[];
}

/** What the structure of an HTML part says of the place before a line; or that nobody looked. */
export type Mark = 'rest-is-quoted' | 'header-block' | 'attribution' | 'signature' | 'signature-end' | 'not-looked-at';

/** No line that a mail program writes around a quote is longer: what is longer is words, and is not looked at again. */
const LONGEST = 400;

const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000\t]/g;
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Only so many lines and letters are looked at: a person reads no more of an answer. What follows is one last line, `rest`,
 * kept as it came. Together with lines of at most 400 letters and patterns that look back a bounded number of letters, this
 * bounds what the longest and oddest mail can cost.
 */
const MOST_LINES = 2000;
const MOST_LETTERS = 100_000;

export const readLines = (text: string): Line[] => {
  const at = endOfLooked(text);
  if (at === text.length) return linesOf(text);
  const rest: Line = { raw: text.slice(at), depth: 0, bare: '', words: '', blank: false, marks: ['not-looked-at'] };
  // Without the line end between them: it is written again when they are joined.
  return at === 0 ? [rest] : [...linesOf(text.slice(0, at - 1).replace(/\r$/, '')), rest];
};

const linesOf = (text: string): Line[] => joinBrokenAddress(text.split(LINE_END).map(readLine));

const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

const endOfLooked = (text: string): number => {
  let at = 0;
  for (let line = 0; line < MOST_LINES; line += 1) {
    const end = text.indexOf('\n', at);
    if (end === -1 || end >= MOST_LETTERS) break;
    at = end + 1;
  }
  return text.length <= MOST_LETTERS && text.indexOf('\n', at) === -1 ? text.length : at;
};

const readLine = (raw: string): Line => {
  const { depth, rest } = unquote(raw);
  if (rest.length > LONGEST) return { raw, depth, bare: '', words: '', blank: false };
  const words = seen(rest).replaceAll(EMPHASIS, '').trim();
  return { raw, depth, bare: asPhrase(words), words, blank: words === '' && seen(rest) === '' };
};

/** Without the letters that only steer direction and breaks, and with plain spaces. */
const seen = (text: string): string => text.replaceAll(INVISIBLE, '').replaceAll(SPACES, ' ').trim();

/**
 * As phrases are compared: small letters, one form of the apostrophe, of the Turkish i, and of the two letters that
 * Arabic and Persian keyboards write differently.
 */
export const asPhrase = (text: string): string =>
  seen(text)
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll(/[’‘ʼ]/g, "'")
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک');

/** `*From:* Ann` and `_From:_ Ann`: a program that has no bold letters writes so. A rule of dashes stays a rule. */
const EMPHASIS = /\*+(?=\S)|(?<=\S)\*+/g;

const QUOTE_MARKS = new Set(['>', '›', '»', '＞', '│', '┃']);

/** Counted by hand, so that a megabyte of marks is read once. `Ann> ` is how old programs marked whose words they are. */
const unquote = (raw: string): { depth: number; rest: string } => {
  let at = 0;
  let depth = 0;
  let end = 0;
  while (at < raw.length) {
    const letter = raw[at] ?? '';
    if (QUOTE_MARKS.has(letter)) {
      depth += 1;
      end = at + 1;
    } else if (raw.startsWith('&gt;', at)) {
      depth += 1;
      end = at + 4;
      at += 3;
    } else if (letter !== ' ' && letter !== '\t' && letter !== '\u00a0') break;
    at += 1;
    if (at - end > 8) break;
  }
  if (depth > 0) return { depth, rest: raw.slice(end) };
  const initials = /^ ?[A-Z]{2,3}> ?/.exec(raw)?.[0];
  return initials === undefined ? { depth: 0, rest: raw } : { depth: 1, rest: raw.slice(initials.length) };
};

/** Some programs break an attribution around the brackets of its address: `<`, the address, `> wrote:` on lines of their own. */
const joinBrokenAddress = (lines: Line[]): Line[] => {
  const joined: Line[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const end = line.words === '<' && line.depth === 0 ? closing(lines, at) : undefined;
    if (end === undefined) {
      joined.push(line);
      continue;
    }
    const part = lines.slice(at, end + 1);
    const words = part.map((piece) => piece.raw.trim()).join(' ');
    joined.push({
      raw: part.map(({ raw }) => raw).join('\n'),
      depth: 0,
      bare: words.toLowerCase(),
      words,
      blank: false,
    });
    at = end;
  }
  return joined;
};

const closing = (lines: Line[], at: number): number | undefined => {
  for (let next = at + 1; next <= at + 3; next += 1) if (lines[next]?.raw.trimStart().startsWith('>')) return next;
  return undefined;
};

/** The line with its marks taken into account: what stands on it is nothing but rule or ornament. */
export const isRule = ({ words, blank }: Line): boolean =>
  !blank && words.length > 0 && words.length <= LONGEST && RULE.test(words);

const RULE = /^(?:[-_=*#~+–—―─━═·•.\s]{2,}|ᐧ+|—)$/u;
