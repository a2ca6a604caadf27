import { isKnownLabel } from './divider.ts';
import type { Line } from './lines.ts';
import { opensWith, saysWrote } from './phrases/phrases.ts';

/** Lines `from` to `to`, both within, that say whose words follow. */
export interface Span {
  from: number;
  to: number;
}

/** An attribution is broken over at most so many lines. */
const MOST_LINES = 5;
const LONGEST = 300;

/**
 * The attribution that ends at line `end`, such as "On Mon, 3 May 2027 at 10:15, Ann Example <ann@example.com> wrote:".
 * Two of three signs are needed: when, whose address, and a verb that some language has for it. So an unknown language
 * is read by its date and address, and a program that leaves the address out by its date and verb.
 */
export const attributionEndingAt = (lines: readonly Line[], end: number): Span | undefined => {
  const last = lines[end];
  if (!last || last.blank || last.words === '') return undefined;
  const quotedNext = isMarkedAfter(lines, end, last.depth);
  if (!endsLikeOne(last.words) && !(quotedNext && ADDRESS_LAST.test(last.words))) return undefined;
  let joined = '';
  let weaker: Span | undefined;
  for (let from = end; from > end - MOST_LINES && from >= 0; from -= 1) {
    const line = lines[from];
    if (!line || line.depth !== last.depth || line.words === '') {
      if (line?.blank && lines[from + 1]?.words.startsWith('<')) continue;
      break;
    }
    joined = `${line.bare} ${joined}`;
    if (joined.length > LONGEST) break;
    const strength = strengthOf(joined, quotedNext);
    if (strength === 'sure') return { from: upToOpening(lines, from), to: end };
    if (strength === 'weak') weaker ??= { from, to: end };
  }
  return weaker && { from: upToOpening(lines, weaker.from), to: weaker.to };
};

/** A colon, or the dashes with which Zoho's program ends the line. */
const endsLikeOne = (words: string): boolean => /[:：︰]$/u.test(words) || ZOHO.test(words);
const ZOHO = /^-{3,5} .{10,300} -{3,5}$/u;

const ADDRESS_LAST = /[\w.+-]{1,100}@[\w.-]{1,100}>?$/u;
const ADDRESS = /[\w.+-]{1,100}@[\w.-]{1,200}/u;
/** A year, or a time of day; Arabic and Persian programs write their own digits. */
const WHEN =
  /(?<!\p{N})(?:(?:19|20)\d\d|1[34]\d\d|[١۱][٣٤۳۴][\p{N}]{2}|[٢۲][٠۰][\p{N}]{2}|\p{Nd}{1,2}[:.h٫：]\p{Nd}{2}|\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-]\p{Nd}{2,4})(?!\p{N})/u;
/** "On Monday I wrote:" is a person's own sentence. */
const OWN_SENTENCE = /\b(?:i|we|you|ich|wir|je|j'ai|nous|yo|eu|io|ik) (?:wrote|said|sent|schrieb|schrieben)\b/u;

const strengthOf = (joined: string, quotedNext: boolean): 'sure' | 'weak' | undefined => {
  const text = ZOHO.test(joined.trim()) ? `${joined.trim().replaceAll(/^-+ | -+$/g, '')}:` : joined.trim();
  const when = WHEN.test(text);
  const address = ADDRESS.test(text);
  const verb = saysWrote(text);
  if (when && address && (verb || quotedNext || SHAPE.test(text))) return 'sure';
  if (when && verb && (quotedNext || (VERB_NEAR_END.test(text) && !OWN_SENTENCE.test(text) && opensLikeOne(text))))
    return 'sure';
  if (verb && address && (quotedNext || NAMED.test(text))) return 'weak';
  if (verb && quotedNext && text.length <= 120) return 'weak';
  return undefined;
};

/** An address in brackets and at most a word or a bracket between it and the colon: so in any language. */
const SHAPE = /[<(][^<>()@]{0,40}[\w.+-]{1,100}@[^<>()\s]{1,200}[>)]{1,2}[^<>:]{0,25}(?:\([^()]{0,60}\))?[:：]$/u;
/** `Ann <ann@example.com> schrieb:`, nothing before and nothing behind. */
const NAMED = /^[^<>]{1,80}<[^<>\s]{3,200}> {0,2}[^<>]{2,30}[:：]$/u;
const VERB_NEAR_END = /[\p{L})][^\p{L}]{0,4}[:：]$/u;
const STARTS_WITH_DATE = /^\p{L}{0,12}[.,]{0,2} ?\p{Nd}/u;

const opensLikeOne = (text: string): boolean => opensWith(text) || STARTS_WITH_DATE.test(text);

/** What belongs to it above: the date, broken off ("On Mon, Feb 1,"), or labels that some programs put before it. */
const upToOpening = (lines: readonly Line[], from: number): number => {
  const own = lines[from];
  const before = lines[from - 1];
  if (!own || !before || before.blank || before.depth !== own.depth) return from;
  if (isKnownLabel(before) && isKnownLabel(lines[from - 2])) return from - 2;
  const broken =
    !opensWith(own.bare) &&
    opensWith(before.bare) &&
    before.bare.length <= 90 &&
    /\p{Nd}/u.test(before.bare) &&
    !/[.!?]$/.test(before.bare);
  return broken ? from - 1 : from;
};

/** Whether what follows, blank lines aside, carries more quote marks than the attribution does. */
export const isMarkedAfter = (lines: readonly Line[], end: number, depth: number): boolean => {
  for (let next = end + 1; next < lines.length && next <= end + 4; next += 1) {
    const line = lines[next];
    if (!line) return false;
    if (line.depth > depth || (depth === 0 && isBarred(line))) return true;
    if (!line.blank) return false;
  }
  return false;
};

/** `| words`: a quote where an attribution stands before it, a table anywhere else. */
export const isBarred = ({ raw }: Line): boolean => /^\s{0,3}\|/.test(raw);
