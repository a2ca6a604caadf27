import type { SecretKind } from './edit.ts';
import { type Masked, maskSecrets, secretsIn } from './mask-secrets.ts';

/** What a reader sees of a piece of HTML, each character with the place in the source it came from. */
interface Reading {
  text: string;
  /** Where character n begins and ends in the source; an empty span is a break that no mask may replace. */
  from: number[];
  to: number[];
}

const BREAKS =
  /^<\/?(?:address|article|blockquote|br|caption|div|dd|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul)\b/i;
const CELLS = /^<\/?(?:td|th)\b/i;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y;
const NAMED: Record<string, string> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  hyphen: '\u2010',
  ndash: '\u2013',
  mdash: '\u2014',
  colon: ':',
  equals: '=',
};

/**
 * Masks what `maskSecrets` would mask in the text as it is read: a number is found although tags or entities stand in the
 * middle of it. Tags stay as they are, save secrets in the values of their attributes.
 */
export const maskSecretsInHtml = (html: string): Masked => {
  const kinds = new Set<SecretKind>();
  const reading = read(html);
  const cuts: Array<{ start: number; end: number; by: string }> = [];
  for (const { start, end, by, kind } of secretsIn(reading.text)) {
    kinds.add(kind);
    const each = by.length === end - start;
    for (let at = start, first = true; at < end; at += 1) {
      const [from = 0, to = 0] = [reading.from[at], reading.to[at]];
      if (from === to) continue;
      cuts.push({ start: from, end: to, by: each ? '*' : first ? by : '' });
      first = false;
    }
  }
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, by } of cuts) {
    parts.push(html.slice(done, start), by);
    done = end;
  }
  parts.push(html.slice(done));
  const text = parts.join('').replace(ATTRIBUTE, (whole: string, value: string) => {
    const { text: clean, masked } = maskSecrets(value);
    for (const kind of masked) kinds.add(kind);
    return masked.length === 0 ? whole : `="${clean}"`;
  });
  return { text, masked: [...kinds].sort() };
};

const ATTRIBUTE = /="([^"<>]*)"/g;

const read = (html: string): Reading => {
  const characters: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const add = (character: string, start: number, end: number): void => {
    // By UTF-16 code unit, as positions in the text are.
    for (let unit = 0; unit < character.length; unit += 1) {
      characters.push(character[unit] ?? '');
      from.push(start);
      to.push(end);
    }
  };
  for (let at = 0; at < html.length; ) {
    const end = html[at] === '<' ? html.indexOf('>', at) + 1 : 0;
    if (end > 0) {
      const tag = html.slice(at, Math.min(end, at + 16));
      if (BREAKS.test(tag)) add('\n', at, at);
      else if (CELLS.test(tag)) add(' ', at, at);
      at = end;
      continue;
    }
    const entity = html[at] === '&' ? entityAt(html, at) : undefined;
    const next = entity?.end ?? at + 1;
    add(entity?.character ?? html[at] ?? '', at, next);
    at = next;
  }
  return { text: characters.join(''), from, to };
};

const entityAt = (html: string, at: number): { character: string; end: number } | undefined => {
  ENTITY.lastIndex = at;
  const match = ENTITY.exec(html);
  if (match === null) return undefined;
  const [whole, decimal, hexadecimal, name] = match;
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
  const character = name === undefined ? characterOf(code) : NAMED[name];
  return character === undefined ? undefined : { character, end: at + whole.length };
};

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0xffff ? String.fromCharCode(code) : undefined;
