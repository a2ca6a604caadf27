import { linesOfHtml } from './html-lines.ts';
import { type Line, readLines } from './lines.ts';
import { type Ours, oursOf } from './ours.ts';
import { safeHtml } from './safe-html.ts';
import { sureSignatureIn } from './signature.ts';
import { type Split, splitAnswer } from './split.ts';
import { isForwardSubject } from './subject.ts';

/** What a mail says, as its parser found it. */
export interface MailWords {
  /** The plain part, decoded. */
  text?: string;
  /** The HTML part, decoded; hostile. */
  html?: string;
  subject?: string;
  /** Whether it answers a mail of the desk: only then is history folded away. */
  answer: boolean;
  /** What the desk wrote on the ticket before, in plain text: recognised for sure when it comes back. */
  ours?: readonly string[];
}

/** The same mail as the desk keeps it: `text` and `quoted` together hold every line of it, each in its order. */
export interface Words {
  /** What the person wrote; empty only where the mail has no words at all. */
  text: string;
  /** Quoted history and signature, folded away. */
  quoted?: string;
  /** Sanitised: safe to show to agents. */
  html?: string;
}

/**
 * Reads the words of a mail. Pure and synchronous; any input ends in a time that grows no faster than its length. In doubt
 * a line is the person's: what is folded away by mistake is missed, what is left in by mistake is only long.
 */
export const readWords = ({ text = '', html = '', subject = '', answer, ours = [] }: MailWords): Words => {
  const safe = html.trim() === '' ? undefined : safeHtml(html);
  const words =
    answer && !isForwardSubject(subject) ? wordsOfAnswer(text, html, oursOf(ours)) : wordsOfFirst(text, html);
  return { ...words, ...(safe !== undefined && { html: safe }) };
};

type Folded = Pick<Words, 'text' | 'quoted'>;

const wordsOfAnswer = (text: string, html: string, ours: Ours): Folded => {
  const plain = hasWords(text) ? { lines: readLines(text) } : undefined;
  const rich = hasWords(html) ? { lines: linesOfHtml(html) } : undefined;
  const fromText = plain && { lines: plain.lines, split: splitAnswer(plain.lines, ours) };
  const fromHtml = rich && { lines: rich.lines, split: splitAnswer(rich.lines, ours) };
  const chosen = fromText && fromHtml ? moreReliable(fromText, fromHtml) : (fromText ?? fromHtml);
  return chosen ? fold(chosen.lines, chosen.split) : { text: '' };
};

interface Read {
  lines: Line[];
  split: Split;
}

/**
 * The plain part reads as the person sees it, so it is taken unless the HTML knew better where the quote begins: then its
 * own words are the beginning of what the plain part left.
 */
const moreReliable = (text: Read, html: Read): Read => {
  const own = lettersOf(text);
  const ownHtml = lettersOf(html);
  if (ownHtml === '') return text;
  if (own === '' || isPlaceholder(text, html)) return html;
  if (!html.split.found) return text;
  return ownHtml.length < own.length && own.startsWith(ownHtml) ? html : text;
};

/** "This message needs a program that shows HTML." */
const isPlaceholder = (text: Read, html: Read): boolean => {
  const all = text.lines.reduce((sum, { raw }) => sum + raw.trim().length, 0);
  return !text.split.found && all < 200 && lettersOf(html).length > 4 * all;
};

const COMPARED = 20_000;

const lettersOf = ({ lines, split }: Read): string => {
  let letters = '';
  for (const [at, line] of lines.entries()) {
    if (split.roles[at] === 'own') letters += line.raw.slice(0, COMPARED).replaceAll(/[^\p{L}\p{N}]+/gu, '');
    if (letters.length > COMPARED) break;
  }
  return letters.slice(0, COMPARED);
};

/** The first mail of a ticket, or one passed on: all of it counts, but "Sent from my iPhone" and what stands after "-- ". */
const wordsOfFirst = (text: string, html: string): Folded => {
  const plain = readLines(text);
  const rich = hasWords(html) ? linesOfHtml(html) : [];
  const poor = !hasWords(text) || (lengthOf(plain) < 200 && lengthOf(rich) > 4 * lengthOf(plain) + 200);
  const lines = poor && rich.length > 0 ? rich : plain;
  const { found } = splitAnswer(lines);
  const end = found ? lines.length : sureSignatureIn(lines, 0, lines.length);
  return fold(lines, { roles: lines.map((_, at) => (at < end ? 'own' : 'signature')), found });
};

const lengthOf = (lines: readonly Line[]): number => lines.reduce((sum, { raw }) => sum + raw.trim().length, 0);

const hasWords = (text: string): boolean => /\S/.test(text);

/** Nothing left of the person's own: then the mail says what it says, and all of it is shown. */
const fold = (lines: readonly Line[], { roles }: Split): Folded => {
  const own = joined(lines.filter((_, at) => roles[at] === 'own'));
  if (own === '') return { text: joined(lines) };
  const quoted = joined(lines.filter((_, at) => roles[at] !== 'own'));
  return { text: own, ...(quoted !== '' && { quoted }) };
};

/** Blank lines at both ends and in heaps carry nothing. */
const joined = (lines: readonly Line[]): string => {
  const kept: string[] = [];
  let blanks = 0;
  for (const { raw, blank, depth } of lines) {
    const empty = blank && depth === 0;
    blanks = empty ? blanks + 1 : 0;
    if (!empty || (blanks <= 2 && kept.length > 0)) kept.push(empty ? '' : raw);
  }
  return kept.join('\n').trimEnd();
};
