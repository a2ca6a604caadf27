import { HEADERS, SEARCHED } from './header-blocks.ts';

const PLAIN_PART = /^content-type[ \t]*:[ \t]*text\/plain\b[^\n]*(?:\n[ \t]+[^\n]*)*/im;
const IS_FILE = /^content-disposition[ \t]*:\s*attachment\b/im;
const FORMAT = /(\bformat[ \t]*=[ \t]*"?)flowed\b/i;
const DEL_SP = /\bdelsp[ \t]*=[ \t]*"?yes\b/i;

/** How the lines of a mail are to be put together. */
export interface Flow {
  /** The same mail, of which the parser leaves the lines as they are. */
  raw: Uint8Array;
  /** The space at the end of a line only marks that it goes on. */
  delSp: boolean;
}

/**
 * Whether a mail's plain words are `format=flowed`. The parser joins such lines too, and with them a line of somebody's quote
 * and the answer below it. Undefined when they are not, or where parts differ: then the parser's way is the best there is.
 */
export const flowOf = (raw: Uint8Array): Flow | undefined => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const searched = bytes.subarray(0, SEARCHED).toString('latin1');
  if (!FORMAT.test(searched)) return undefined;
  const flows = new Set<'fixed' | 'flowed' | 'delsp'>();
  const head = searched.replaceAll(HEADERS, (block) => {
    const type = PLAIN_PART.exec(block)?.[0];
    if (type === undefined || IS_FILE.test(block)) return block;
    flows.add(FORMAT.test(type) ? (DEL_SP.test(type) ? 'delsp' : 'flowed') : 'fixed');
    return block.replace(FORMAT, '$1fixed_');
  });
  if (flows.size !== 1 || flows.has('fixed')) return undefined;
  return { raw: Buffer.concat([Buffer.from(head, 'latin1'), bytes.subarray(SEARCHED)]), delSp: flows.has('delsp') };
};

/**
 * Joins lines that were broken to fit (RFC 3676): a line that ends with a space goes on in the next, unless that is
 * quoted deeper or less deep (4.5), or it is the line above a signature (4.3).
 */
export const joinedLines = (text: string, { delSp }: Pick<Flow, 'delSp'>): string => {
  const lines: Array<{ depth: number; parts: string[] }> = [];
  let goesOn = false;
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    // A space in front was put there so that the line does not read as a quote (4.4).
    const words = line.slice(depth).replace(/^ /, '');
    const isSignature = words === '-- ';
    const last = lines.at(-1);
    const flows = words.endsWith(' ') && !isSignature;
    const part = flows && delSp ? words.slice(0, -1) : words;
    if (goesOn && last?.depth === depth && !isSignature) last.parts.push(part);
    else lines.push({ depth, parts: [part] });
    goesOn = flows;
  }
  return lines
    .map(({ depth, parts }) => (depth === 0 ? parts.join('') : `${'>'.repeat(depth)} ${parts.join('')}`))
    .join('\n');
};
