/** Bytes that a line break costs on a page: it becomes markup, and two of them a paragraph. */
const BREAK = 24;
const ESCAPED = 6;

/** What a character costs on a page, in bytes, after it was escaped. */
const costOf = (character: string): number => {
  if (character === '\n') return BREAK;
  if ('&<>"\''.includes(character)) return ESCAPED;
  return Buffer.byteLength(character);
};

/** What a text costs on a page, in bytes; counted no further than `most`. */
export const costUpTo = (text: string, most: number): number => {
  let cost = 0;
  for (const character of text) {
    cost += costOf(character);
    if (cost >= most) return most;
  }
  return cost;
};

/** A text in parts that cost at most so many bytes each, parted between words where there are any. */
export const partsOf = (text: string, most: number): string[] => {
  const parts: string[] = [];
  let start = 0;
  let index = 0;
  let cost = 0;
  let gap = { index: 0, cost: 0 };
  for (const character of text) {
    cost += costOf(character);
    if (cost > most && index > start) {
      const cut = gap.index > start ? gap : { index, cost: cost - costOf(character) };
      parts.push(text.slice(start, cut.index));
      start = cut.index;
      cost -= cut.cost;
    }
    index += character.length;
    if (/\s/.test(character)) gap = { index, cost };
  }
  return [...parts, text.slice(start)];
};
