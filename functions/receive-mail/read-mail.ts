import PostalMime, { type Address, addressParser, type Email, type Mailbox } from 'postal-mime';
import { domainOfAddress } from '../../domain/contact/mail-address.ts';
import { oneLine } from '../../domain/contact/phrase.ts';
import { authorOf } from '../../domain/mail/author.ts';
import type { IncomingFile, IncomingMail } from '../../domain/mail/incoming.ts';
import { boundedMail } from './bounded.ts';
import { asLabelledBytes, likelyCharset, lostBytes, mendedText, readBytes, withReadableHeaders } from './charsets.ts';
import { cleanName } from './file-names.ts';
import { type Flow, flowOf, joinedLines } from './flowed.ts';
import { readSevenBitWords } from './seven-bit.ts';

const LONGEST_SUBJECT = 300;
const LONGEST_HEADER = 10_000;
/** Characters of a body: a shelf of books. What is looked for in words takes a second for each million of them. */
const LONGEST_BODY = 2_000_000;

/** A mail inside a mail is a file: what it says is its own author's. Servers write a hundredth of such headers. */
const OPTIONS = {
  maxNestingDepth: 100,
  maxHeadersSize: 500_000,
  forceRfc822Attachments: true,
  maxRfc822NestingDepth: 0,
};

/** Parses a raw mail, hostile or not. `forwarders`: addresses of the team's own. Throws for what no parser can read. */
export const readMail = async (raw: Uint8Array, forwarders: readonly string[]): Promise<IncomingMail> => {
  const bounded = boundedMail(raw);
  const whole = withReadableHeaders(bounded);
  const flow = flowOf(whole);
  const readable = flow?.raw ?? whole;
  const mail = await PostalMime.parse(readable, OPTIONS);
  const { cut: bodyIsCut, ...bodies } = await bodiesOf(mail, readable, flow);
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, cut(value, LONGEST_HEADER));
  const authors = mail.headers.flatMap(({ key, value }) => (key === 'from' ? mailboxesIn(value) : []));
  const named = authors.find(({ address }) => address.includes('@')) ?? authors[0];
  const name = oneLine(named?.name ?? '');
  const from = { email: (named?.address ?? '').trim(), ...(name !== '' && { name: cut(name, 200) }) };
  const replyTo = (mail.replyTo ?? []).flatMap(flat).map(({ address }) => address);
  return {
    from: authorOf(from, { headers, replyTo }, forwarders),
    ...(new Set(authors.map(({ address }) => domainOfAddress(address))).size > 1 && { ambiguous: true }),
    subject: cut(oneLine(readSevenBitWords(mail.subject ?? '', headers.get('subject') ?? '')), LONGEST_SUBJECT),
    ...bodies,
    ...idOf(mail.messageId),
    ...(mail.date !== undefined && { date: cut(mail.date, 100) }),
    refersTo: [...idsIn(mail.inReplyTo), ...idsIn(mail.references).reverse()].slice(0, 50),
    to: [...(mail.to ?? []), ...(mail.cc ?? [])]
      .flatMap(flat)
      .map(({ address }) => address.trim())
      .slice(0, 100),
    headers,
    files: [...mail.attachments.map(fileOf), ...(bodyIsCut || bounded.length < raw.length ? [wholeMail(raw)] : [])],
  };
};

/** What can still be told of a mail that the parser refuses: its own headers, without any part. */
export const readHeadersOnly = async (raw: Uint8Array): Promise<Pick<IncomingMail, 'from' | 'subject'>> => {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, 100_000)).toString('latin1');
  const lines = head.split(/\r?\n\r?\n/, 1)[0]?.split(/\r?\n(?![ \t])/) ?? [];
  const kept = lines.filter((line) => /^(?:from|subject)[ \t]*:/i.test(line)).slice(0, 2);
  const { from, subject } = await readMail(Buffer.from(`${kept.join('\r\n')}\r\n\r\n`, 'latin1'), []);
  return { from, subject };
};

/** The bodies, read again where their label was wrong, and whether one of them is longer than what is read. */
const bodiesOf = async (
  mail: Email,
  raw: Uint8Array,
  flow?: Flow,
): Promise<Pick<IncomingMail, 'text' | 'html'> & { cut: boolean }> => {
  const lost = lostBytes(mail.text) || lostBytes(mail.html);
  const read = lost ? await PostalMime.parse(asLabelledBytes(raw), OPTIONS) : mail;
  const likely = lost ? likelyCharset(raw) : undefined;
  const clean = (body: string): string =>
    // No person writes control characters, and a null ends texts elsewhere.
    (likely ? readBytes(body, likely) : mendedText(body, raw)).replaceAll(/[^\P{Cc}\t\n\r]/gu, '').toWellFormed();
  const joined = (text: string): string => (flow ? joinedLines(text, flow) : text);
  return {
    ...(read.text !== undefined && { text: joined(clean(cut(read.text, LONGEST_BODY))) }),
    ...(read.html !== undefined && { html: clean(cut(read.html, LONGEST_BODY)) }),
    cut: [read.text, read.html].some((body = '') => body.length > LONGEST_BODY),
  };
};

const fileOf = ({ filename, mimeType, content }: Email['attachments'][number], index: number): IncomingFile => {
  const claimed = cut(mimeType.toLowerCase(), 100);
  return {
    name: cleanName(filename, claimed, index + 1),
    claimed,
    content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
  };
};

/** A mail of which a part was not read, as one more file of itself. */
export const wholeMail = (raw: Uint8Array): IncomingFile => ({
  name: 'message.eml',
  claimed: 'message/rfc822',
  content: raw,
});

const mailboxesIn = (header: string): Mailbox[] => addressParser(header).flatMap(flat);
const flat = (address: Address): Mailbox[] => address.group ?? (address.address === undefined ? [] : [address]);

/** A Message-ID as long as any program makes them; a longer one would be no key of anything. */
const idOf = (messageId: string | undefined) => {
  const id = oneLine(messageId ?? '');
  return id === '' || id.length > 900 ? {} : { messageId: id };
};

const idsIn = (header: string | undefined): string[] => header?.match(/<[^<>\s]{1,300}>/g) ?? [];

/** At most so many characters, and none cut in half: the table takes valid Unicode only. */
const cut = (text: string, most: number): string => text.slice(0, most).toWellFormed();
