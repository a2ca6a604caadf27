import PostalMime from 'postal-mime';
import type { IncomingMail } from '../../domain/mail/incoming.ts';

/** More of a text is kept in the raw mail only: an item of the table holds 400 KB. */
const MOST_TEXT = 100_000;
const LONGEST_SUBJECT = 300;

/** Parses a raw mail, hostile or not. `key`: where the raw mail is kept, with its attachments in it. */
export const readMail = async (raw: Uint8Array, key: string): Promise<IncomingMail> => {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 50 });
  const headers = new Map(mail.headers.map((header) => [header.key, header.value]));
  const name = mail.from?.name?.trim();
  return {
    from: { email: (mail.from?.address ?? '').trim(), ...(name && { name: cut(name, 200) }) },
    subject: cut((mail.subject ?? '').replaceAll(/\s+/g, ' ').trim(), LONGEST_SUBJECT),
    text: cut((mail.text ?? textOf(mail.html ?? '')).trim(), MOST_TEXT),
    ...(mail.messageId && { messageId: mail.messageId }),
    refersTo: [...idsIn(mail.inReplyTo), ...idsIn(mail.references).reverse()],
    headers,
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: cut(filename ?? 'attachment', 200),
      type: cut(mimeType, 100),
      bytes: typeof content === 'string' ? content.length : content.byteLength,
      key,
    })),
  };
};

/** At most so many characters, and none cut in half: the table takes valid Unicode only. */
const cut = (text: string, most: number): string => text.slice(0, most).toWellFormed();

const idsIn = (header: string | undefined): string[] => header?.match(/<[^<>\s]{1,300}>/g) ?? [];

/** The words of a mail that has HTML only. */
const textOf = (html: string): string =>
  html
    .slice(0, 10 * MOST_TEXT)
    .replaceAll(/<(style|script)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(nbsp|amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

const ENTITIES: Record<string, string> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
