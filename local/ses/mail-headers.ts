export interface MailHeader {
  name: string;
  value: string;
}

/** Where the header section ends: offset of the empty line, and of the body behind it. */
const split = (raw: Buffer): { head: Buffer; rest: Buffer } => {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  const end = crlf >= 0 && (lf < 0 || crlf <= lf) ? crlf : lf;
  if (end < 0) return { head: raw, rest: Buffer.from('\r\n\r\n') };
  return { head: raw.subarray(0, end), rest: raw.subarray(end) };
};

/** The lines of each header with their folding, in order. */
const fields = (head: string): string[] => head.split(/\r?\n(?![ \t])/).filter((field) => field !== '');

const read = (field: string): MailHeader => {
  const colon = field.indexOf(':');
  return {
    name: field.slice(0, colon).trim(),
    value: field
      .slice(colon + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim(),
  };
};

/** Header names and unfolded values, in order, otherwise as sent (RFC 5322, section 2.2). */
export const headersOf = (raw: Buffer): MailHeader[] =>
  fields(split(raw).head.toString('utf8'))
    .filter((field) => /^[!-9;-~]+[ \t]*:/.test(field))
    .map(read);

/** The first value of a header. */
export const headerOf = (raw: Buffer, name: string): string | undefined =>
  headersOf(raw).find((header) => header.name.toLowerCase() === name)?.value;

/** The message without the named headers (lower-case) and with others put on top; every other byte stays. */
export const withHeaders = (raw: Buffer, remove: (name: string) => boolean, add: MailHeader[]): Buffer => {
  const { head, rest } = split(raw);
  // One character a byte: headers may be in any charset, or in none.
  const kept = fields(head.toString('latin1')).filter(
    (field) => !remove(field.slice(0, field.indexOf(':')).trim().toLowerCase()),
  );
  const lines = [
    ...add.map(({ name, value }) => Buffer.from(`${name}: ${value}\r\n`, 'utf8')),
    ...kept.map((field) => Buffer.from(`${field}\r\n`, 'latin1')),
  ];
  // The last line break belongs to the empty line, which is in the rest.
  return Buffer.concat([Buffer.concat(lines).subarray(0, -2), rest]);
};
