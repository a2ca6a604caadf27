import { TextDecoder } from 'node:util';
import { HEADERS, SEARCHED } from './header-blocks.ts';
import { readSevenBit } from './seven-bit.ts';

const CHARSET = /charset[ \t]*=[ \t]*"?([^\s";]{1,60})"?/i;
const TEXT_PART = /^(content-type[ \t]*:[ \t]*text\/(?:plain|html))/im;

const WINDOWS_1252 = new TextDecoder('windows-1252');
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Every byte and the character it is in windows-1252, which has one for each: nothing is lost on the way there. */
const BYTES = new Map(
  [...WINDOWS_1252.decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((character, byte) => [
    character,
    byte,
  ]),
);

/** The bytes of a text that was read as windows-1252; undefined when it was not. */
const bytesOf = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = BYTES.get(text[at] ?? '');
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
};

const asUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** UTF-8 with a broken character here and there, as programs leave that cut a text by its bytes. */
const asMostlyUtf8 = (bytes: Uint8Array): string | undefined => {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  return text.replaceAll(/[\p{ASCII}\ufffd]/gu, '').length > broken ? text : undefined;
};

const decoderOf = (label: string): TextDecoder | undefined => {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
};

const isPlain = (label: string): boolean =>
  /^(?:us-?ascii|utf-?8|ansi_x3.*|default|binary|unknown.*|x-unknown)$/i.test(label);

/** The charset that a mail with unlabelled bytes is likely to be in: the one it names elsewhere. */
export const likelyCharset = (raw: Uint8Array): TextDecoder => {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, SEARCHED)).toString('latin1');
  const named = [...text.matchAll(/=\?([^?\s*]{2,40})[^?\s]*\?[bq]\?|charset[ \t]*=[ \t]*"?([^\s";]{2,60})/gi)];
  for (const [, inWord, inHeader] of named.slice(0, 20)) {
    const label = inWord ?? inHeader ?? '';
    const decoder = isPlain(label) ? undefined : decoderOf(label);
    if (decoder) return decoder;
  }
  return WINDOWS_1252;
};

/** The same mail with headers whose bytes are not UTF-8 written in UTF-8, as RFC 6532 wants them. */
export const withReadableHeaders = (raw: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const searched = bytes.subarray(0, SEARCHED);
  if (asUtf8(searched) !== undefined) return raw;
  const likely = likelyCharset(raw);
  let changed = false;
  const mended = searched.toString('latin1').replaceAll(HEADERS, (block) =>
    block
      .split('\n')
      .map((line) => {
        const broken = Buffer.from(line, 'latin1');
        if ((asUtf8(broken) ?? asMostlyUtf8(broken)) !== undefined) return line;
        changed = true;
        return Buffer.from(likely.decode(broken), 'utf8').toString('latin1');
      })
      .join('\n'),
  );
  return changed ? Buffer.concat([Buffer.from(mended, 'latin1'), bytes.subarray(SEARCHED)]) : raw;
};

/** Labels of charsets that are written in ASCII and that the parser does not know. */
const sevenBitIn = (raw: Uint8Array): ((text: string) => string) | undefined => {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, SEARCHED)).toString('latin1');
  for (const [, label = ''] of text.matchAll(new RegExp(CHARSET, 'gi'))) {
    const read = readSevenBit(label);
    if (read) return read;
  }
  return undefined;
};

/** Two bytes of UTF-8 that were read as windows-1252. */
const MOJIBAKE =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;

/** Whether bytes of the text were lost: the mail is to be read again, `asLabelledBytes`. */
export const lostBytes = (text: string | undefined): boolean => text?.includes('\ufffd') ?? false;

/** A text whose label was wrong, as far as it can be told from the text itself. */
export const mendedText = (text: string, raw: Uint8Array): string => {
  const read = sevenBitIn(raw);
  if (read) return read(text);
  if (!MOJIBAKE.test(text)) return text;
  const bytes = bytesOf(text);
  return (bytes && asUtf8(bytes)) ?? text;
};

/** The same mail with every text part that has no charset, or one nobody knows, labelled so that no byte of it is lost. */
export const asLabelledBytes = (raw: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const relabelled = bytes
    .subarray(0, SEARCHED)
    .toString('latin1')
    .replaceAll(HEADERS, (block) => {
      const [whole, label = ''] = CHARSET.exec(block) ?? [];
      if (whole === undefined) return block.replace(TEXT_PART, '$1; charset=windows-1252');
      return isPlain(label) || !decoderOf(label) ? block.replace(whole, 'charset=windows-1252') : block;
    });
  const labelled = /^content-type[ \t]*:/im.test(relabelled.split(/\r?\n\r?\n/, 1)[0] ?? '');
  const head = labelled ? '' : 'Content-Type: text/plain; charset=windows-1252\r\n';
  return Buffer.concat([Buffer.from(head + relabelled, 'latin1'), bytes.subarray(SEARCHED)]);
};

/** A text read from `asLabelledBytes`, line by line: UTF-8 where it is valid, else the likely charset. */
export const readBytes = (text: string, likely: TextDecoder): string =>
  text
    .split('\n')
    .map((line) => {
      if (/^\p{ASCII}*$/u.test(line)) return line;
      const bytes = bytesOf(line);
      return bytes === undefined ? line : (asUtf8(bytes) ?? asMostlyUtf8(bytes) ?? likely.decode(bytes));
    })
    .join('\n');
