/** Charsets made of ASCII alone, which no decoder of the platform knows: modified base 64, and double bytes behind shifts. */
const UTF7 = /\+([A-Za-z0-9+/]*)-?/g;

/** UTF-7 (RFC 2152): `+` begins UTF-16 in base 64, up to what is none; `+-` is a plus. */
const fromUtf7 = (text: string): string =>
  text.replaceAll(UTF7, (whole, coded: string) => {
    if (coded === '') return whole === '+-' ? '+' : whole;
    const bytes = Buffer.from(coded, 'base64');
    return new TextDecoder('utf-16be').decode(bytes.subarray(0, bytes.length & ~1));
  });

/** The bytes of GB 2312 or KS X 1001 without their high bits, between two shifts. */
const shifted = (text: string, charset: 'gb18030' | 'euc-kr'): string => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0) | 0x80);
  return new TextDecoder(charset).decode(bytes);
};

/** HZ (RFC 1843): `~{` and `~}` shift, `~~` is a tilde, a tilde ends a line that goes on. */
const fromHz = (text: string): string =>
  text
    .replaceAll(/~\{([!-~]*?)(?:~\}|(?=\n)|$)/g, (_, inside: string) => shifted(inside, 'gb18030'))
    .replaceAll(/~\r?\n/g, '')
    .replaceAll('~~', '~');

/** ISO-2022-KR (RFC 1557): a header in the first line, then SO and SI shift. */
const fromKorean = (text: string): string => {
  const [plain = '', ...runs] = text.replaceAll('\u001b$)C', '').split('\u000e');
  const read = runs.map((run) => {
    const [inside = '', ...outside] = run.split('\u000f');
    return inside.replaceAll(/[!-~]+/g, (bytes) => shifted(bytes, 'euc-kr')) + outside.join('');
  });
  return plain + read.join('');
};

const SEVEN_BIT: Array<readonly [label: RegExp, read: (text: string) => string]> = [
  [/^(?:x-)?(?:unicode-(?:1-1|2-0)-)?utf-?7$/, fromUtf7],
  [/^(?:x-)?hz(?:-gb-?2312)?$/, fromHz],
  [/^(?:cs)?iso-?2022-?kr$/, fromKorean],
];

/** Reads text of a charset that is written in ASCII; undefined when the label is none of them. */
export const readSevenBit = (label: string): ((text: string) => string) | undefined =>
  SEVEN_BIT.find(([pattern]) => pattern.test(label.trim().toLowerCase()))?.[1];

/** A header with encoded words in such a charset; `decoded` is what the parser made of it. */
export const readSevenBitWords = (decoded: string, header: string): string => {
  const label = /=\?([^?\s*]{2,40})[^?\s]*\?[bq]\?/i.exec(header)?.[1];
  return (label === undefined ? undefined : readSevenBit(label))?.(decoded) ?? decoded;
};
