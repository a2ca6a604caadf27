import type { Line } from './lines.ts';
import { forwards, type Label, labels, originals } from './phrases/phrases.ts';

const DASHED = /^[-–—_=*─\s]{1,60}(?=[^-–—_=*─\s])/u;
const DASHES_AFTER = /[-–—_=*─\s]{1,60}$/u;

/** `-----Original Message-----`, in any of the languages: the rest of the mail is somebody else's. */
export const isOriginalMessage = (line: Line): boolean => {
  const opening = DASHED.exec(line.bare)?.[0].trim() ?? '';
  if (opening.length < 2) return false;
  return originals.has(
    line.bare
      .replace(DASHED, '')
      .replace(DASHES_AFTER, '')
      .replace(/[:：]$/u, ''),
  );
};

/** `---------- Forwarded message ---------` or `Begin forwarded message:`: what follows is passed on, on purpose. */
export const isForward = (line: Line): boolean => {
  if (line.bare === '' || line.bare.length > 120) return false;
  const words = line.bare.replace(DASHED, '').replace(DASHES_AFTER, '');
  const dashed = words !== line.bare;
  if (!dashed && !/[:：]$/u.test(words)) return false;
  const plain = words.replace(/[:：]$/u, '').trim();
  return forwards.some((phrase) => plain === phrase || (dashed && plain.startsWith(phrase)));
};

/** How far the lines of a header block may lie apart. */
const REACH = 12;

/**
 * Whether a header block begins here, as Outlook writes it: `From: … Sent: … To: … Subject: …`, a line each. A list such
 * as "From: Berlin, To: Rome" is none: an address or a subject must be in it, and three kinds of label.
 */
export const isHeaderBlock = (lines: readonly Line[], at: number, least = 3): boolean => {
  const first = lines[at];
  if (!first) return false;
  if (isForeignBlock(lines, at, first)) return true;
  if (kindsOf(first).size === 0) return false;
  const seen: Array<ReadonlySet<Label>> = [];
  let address = false;
  let other = 0;
  for (let next = at; next < lines.length && next < at + REACH; next += 1) {
    const line = lines[next];
    if (!line || line.depth !== first.depth) break;
    if (line.blank) {
      if (seen.length >= least) break;
      continue;
    }
    const kinds = kindsOf(line);
    // A long list of recipients is broken over lines of its own.
    if (kinds.size === 0) {
      other += 1;
      if (other > 3) break;
    } else {
      seen.push(kinds);
    }
    address ||= line.words.includes('@') && kinds.size > 0;
  }
  const has = (kind: Label): boolean => seen.some((kinds) => kinds.has(kind));
  return seen.length >= least && has('from') && (has('subject') || address);
};

/** In a language without a table: a name with its address in brackets, then labelled lines, one of them with a year. */
const isForeignBlock = (lines: readonly Line[], at: number, first: Line): boolean => {
  if (!FROM_SHAPE.test(first.words)) return false;
  const next = lines.slice(at + 1, at + 4);
  return (
    next.length === 3 &&
    next.every((line) => line.depth === first.depth && isLabelled(line)) &&
    next.some(({ words }) => YEAR.test(words))
  );
};

const FROM_SHAPE = /^[^:：\s]{2,20} ?[:：] ?[^<>]{0,100}<[^<>\s@]{1,100}@[^<>\s]{1,200}>$/u;
const YEAR = /(?<!\p{N})\p{Nd}{4}(?!\p{N})/u;

const NONE: ReadonlySet<Label> = new Set();
const LABEL = /^([^:：]{1,25}?)\s?[:：]/u;

const kindsOf = ({ bare }: Line): ReadonlySet<Label> => labels.get(LABEL.exec(bare)?.[1]?.trim() ?? '') ?? NONE;

export const isKnownLabel = (line: Line | undefined): boolean => line !== undefined && kindsOf(line).size > 0;

/** Any `Word: words` line, whatever the language: what HTML marked as a header block is one when it has three of them. */
export const isLabelled = ({ bare }: Line): boolean => LABEL.test(bare);
