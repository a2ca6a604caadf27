import PostalMime, { type Address, type Email } from 'postal-mime';
import { headersOf } from './mail-headers.ts';

/** A captured mail as the control API shows it. */
export interface CapturedMail {
  /** From 1, in the order of sending. */
  n: number;
  /** ISO 8601, virtual clock. */
  at: string;
  from: string;
  /** Envelope recipients. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** By lower-case name, values as sent; repeated headers joined by a line break. */
  headers: Record<string, string>;
  /** The message tag `key`, if the sender set one. */
  key: string | undefined;
}

/** The part of a captured mail that is read from the message itself. */
export type ReadMail = Pick<CapturedMail, 'from' | 'subject' | 'text' | 'html' | 'headers'> & {
  common: CommonHeaders;
};

/** `commonHeaders` of SES events: decoded, lists of `Name <address>`. */
export interface CommonHeaders {
  returnPath?: string;
  from?: string[];
  replyTo?: string[];
  date?: string;
  to?: string[];
  cc?: string[];
  messageId?: string;
  subject?: string;
}

const flat = (addresses: Address[] | undefined) =>
  (addresses ?? []).flatMap((each) => (each.group ? each.group : [each]));

const written = (addresses: Address[] | undefined): string[] | undefined => {
  const list = flat(addresses).map(({ name, address }) => (name ? `${name} <${address}>` : address));
  return list.length > 0 ? list : undefined;
};

const unbroken = (headers: Array<{ name: string; value: string }>): Record<string, string> => {
  const out: Record<string, string> = {};
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    out[key] = out[key] === undefined ? value : `${out[key]}\n${value}`;
  }
  return out;
};

/** A message nested or padded beyond all measure is still a mail with headers: only its parts stay unread. */
const parsed = async (raw: Buffer): Promise<Partial<Email>> => {
  try {
    return await PostalMime.parse(raw);
  } catch {
    return {};
  }
};

/** Reads a message; what is no mail at all reads as an empty one. */
export const readMail = async (raw: Buffer): Promise<ReadMail> => {
  const mail = await parsed(raw);
  const headers = headersOf(raw);
  const from = written(mail.from ? [mail.from] : undefined);
  const replyTo = written(mail.replyTo);
  const to = written(mail.to);
  const cc = written(mail.cc);
  const date = headers.find(({ name }) => name.toLowerCase() === 'date')?.value;
  return {
    from: flat(mail.from ? [mail.from] : [])[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: unbroken(headers),
    common: {
      ...(from && { from }),
      ...(replyTo && { replyTo }),
      ...(date !== undefined && { date }),
      ...(to && { to }),
      ...(cc && { cc }),
      ...(mail.messageId !== undefined && { messageId: mail.messageId }),
      ...(mail.subject !== undefined && { subject: mail.subject }),
    },
  };
};
