import { attributionEndingAt, isBarred, isMarkedAfter } from './attribution.ts';
import { isForward, isHeaderBlock, isLabelled, isOriginalMessage } from './divider.ts';
import type { Line, Mark } from './lines.ts';
import { nothingOfOurs, type Ours } from './ours.ts';
import { saysBelow } from './phrases/phrases.ts';
import { signatureIn } from './signature.ts';

/** What a line is: the person's own, somebody's words brought along, or the line that says whose they are. */
export type Role = 'own' | 'quote' | 'attribution' | 'signature';

export interface Split {
  roles: Role[];
  /** Something in the mail says where the quote begins; without it, all is the person's own. */
  found: boolean;
}

/** Says of each line of an answer whose it is. Each line is looked at a bounded number of times. */
export const splitAnswer = (lines: readonly Line[], ours: Ours = nothingOfOurs): Split => {
  const roles: Role[] = new Array(lines.length).fill('own');
  let rest: number | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || roles[at] !== 'own') continue;
    if (line.depth > 0) {
      at = markQuoted(lines, roles, at) - 1;
      continue;
    }
    if (isForward(line)) break;
    const endOfOurs = ours.endOfRun(lines, at);
    if (endOfOurs > at) {
      roles.fill('quote', at, endOfOurs);
      roles[at] = 'attribution';
      at = endOfOurs - 1;
      continue;
    }
    if (restIsQuoted(lines, at)) {
      rest = at;
      break;
    }
    const attribution = attributionEndingAt(lines, at) ?? structural(lines, at);
    if (!attribution) continue;
    for (let next = attribution.from; next <= attribution.to; next += 1) roles[next] = 'attribution';
    if (!isMarkedAfter(lines, at, 0)) {
      rest = at + 1;
      break;
    }
    at = markQuoted(lines, roles, at + 1) - 1;
  }
  if (rest !== undefined) {
    const keepsAll = answersInside(lines, roles, rest);
    if (keepsAll) return { roles: new Array(lines.length).fill('own'), found: false };
    roles.fill('quote', rest);
  }
  keepContext(lines, roles);
  foldSignatures(lines, roles);
  return { roles, found: roles.some((role) => role === 'quote' || role === 'attribution') };
};

const has = (line: Line | undefined, mark: Mark): boolean => line?.marks?.includes(mark) ?? false;

const restIsQuoted = (lines: readonly Line[], at: number): boolean => {
  const line = lines[at];
  if (!line) return false;
  if (has(line, 'rest-is-quoted') || isOriginalMessage(line) || isHeaderBlock(lines, at)) return true;
  return has(line, 'header-block') && lines.slice(at, at + 6).filter(isLabelled).length >= 3;
};

/** HTML says that this is an attribution: it ends with its element, at the first line that ends with a colon. */
const structural = (lines: readonly Line[], at: number): { from: number; to: number } | undefined =>
  has(lines[at], 'attribution') && isMarkedAfter(lines, at, 0) ? { from: at, to: at } : undefined;

/** Marks the quoted lines from `at` on, with the line ends a program broke off them, and says where they end. */
const markQuoted = (lines: readonly Line[], roles: Role[], at: number): number => {
  let end = at;
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next];
    if (!line) break;
    const quoted = line.depth > 0 || (isBarred(line) && roles[at - 1] !== 'own' && at > 0);
    if (quoted || isBrokenOff(lines, next)) end = next + 1;
    else if (!line.blank) break;
  }
  // A quoted line stands before every blank one that is taken, so that the blank ones behind the last stay outside.
  roles.fill('quote', at, end);
  return Math.max(end, at + 1);
};

/** A quoted line was longer than the program allowed, and its end slipped out of the quote. */
const isBrokenOff = (lines: readonly Line[], at: number): boolean => {
  const before = lines[at - 1];
  const line = lines[at];
  if (!before || !line || line.blank || before.depth === 0 || before.words.length < 60) return false;
  return /^\p{Ll}/u.test(line.words) && !/[.!?:;,…)]$/u.test(before.words) && (lines[at + 1]?.depth ?? 0) > 0;
};

/** Nothing above the quote, or only a word that the answers are inside it: then a quote without marks is kept whole. */
const answersInside = (lines: readonly Line[], roles: readonly Role[], rest: number): boolean => {
  const above = lines.slice(0, rest).filter((line, at) => !line.blank && roles[at] === 'own');
  if (above.length > 4) return false;
  return above.some(({ bare }) => bare.length <= 120 && saysBelow(bare));
};

interface Run {
  role: 'own' | 'quote';
  from: number;
  /** Not included. */
  to: number;
  attributed: boolean;
}

/** How much of a quote is shown above the answer to it. */
const MOST_CONTEXT = 12;

/** Where somebody answers piece by piece, each piece stays above its answer: "yes" alone says nothing. */
const keepContext = (lines: readonly Line[], roles: Role[]): void => {
  const runs = runsOf(lines, roles);
  const quotes = runs.filter(({ role }) => role === 'quote');
  const lastOwn = runs.findLastIndex(({ role, from, to }) => role === 'own' && signatureIn(lines, from, to) > from);
  for (const [index, run] of runs.entries()) {
    if (run.role !== 'quote') continue;
    // One attributed quote with the answer below it is the whole mail before: the ticket has it already.
    const answered = index < lastOwn && !(quotes.length === 1 && run.attributed);
    const introduced = index > lastOwn && isIntroduced(lines, runs[index - 1], run);
    if (!answered && !introduced) continue;
    const from = introduced ? run.from : Math.max(run.from, run.to - MOST_CONTEXT);
    for (let at = from; at < run.to; at += 1) if (roles[at] === 'quote') roles[at] = 'own';
  }
};

/** "The error says:" and a few marked lines: the person's own choice of words, at the end of the mail. */
const isIntroduced = (lines: readonly Line[], before: Run | undefined, quote: Run): boolean => {
  if (!before || quote.attributed || quote.to - quote.from > MOST_CONTEXT) return false;
  const last = lines.slice(before.from, before.to).findLast(({ blank }) => !blank);
  if (!last || !/[:：]$/u.test(last.words)) return false;
  for (let at = quote.from; at < quote.to; at += 1) {
    if (attributionEndingAt(lines, at) || isHeaderBlock(lines, at)) return false;
  }
  return true;
};

const runsOf = (lines: readonly Line[], roles: readonly Role[]): Run[] => {
  const runs: Run[] = [];
  for (const [at, line] of lines.entries()) {
    const role = roles[at] === 'own' ? 'own' : 'quote';
    const last = runs.at(-1);
    if (last?.role === role || (last && line.blank)) last.to = at + 1;
    else if (!line.blank) runs.push({ role, from: at, to: at + 1, attributed: false });
    const run = runs.at(-1);
    if (run && roles[at] === 'attribution') run.attributed = true;
  }
  return runs;
};

/** The end of each stretch of own words that a quote or the end of the mail follows. */
const foldSignatures = (lines: readonly Line[], roles: Role[]): void => {
  let from = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (at < lines.length && roles[at] === 'own') continue;
    if (at > from) {
      roles.fill('signature', signatureIn(lines, from, at), at);
      foldMarked(lines, roles, from, at);
    }
    from = at + 1;
  }
};

/** HTML says where a signature begins and ends. */
const foldMarked = (lines: readonly Line[], roles: Role[], from: number, to: number): void => {
  let inside = false;
  for (let at = from; at < to; at += 1) {
    if (has(lines[at], 'signature-end')) inside = false;
    if (has(lines[at], 'signature')) inside = true;
    if (inside) roles[at] = 'signature';
  }
};
