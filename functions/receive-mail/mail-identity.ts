import { createHash } from 'node:crypto';
import type { IncomingMail } from '../../domain/mail/incoming.ts';

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * The identity of a mail: its Message-ID and all that its sender wrote, and nothing that servers add on the way. A mail
 * keeps it by whichever address of the desk it comes; another mail that bears the same Message-ID has another.
 */
export const identityOf = (mail: IncomingMail): string => {
  const { messageId, date, from, subject, text, html, files } = mail;
  return sha256(
    JSON.stringify([
      messageId ?? null,
      date ?? null,
      from.email,
      subject,
      text ?? null,
      html ?? null,
      ...files.map(({ name, content }) => [name, sha256(content)]),
    ]),
  );
};

/** The same for a mail that cannot be read. */
export const identityOfBytes = (raw: Uint8Array): string => sha256(raw);
