import type { OwedMail } from './owed.ts';

/**
 * Headers that tie a mail into its thread and tell other machines what it is. `From`, `To`, `Subject`, `Message-ID` and
 * `Date` are the sender's. Throws on a value with a line break: it would become a header of somebody else's choosing.
 */
export const headersOf = (mail: OwedMail, language: string): Record<string, string> => {
  const { content } = mail;
  const anchor = messageId(mail.anchor);
  if (anchor === undefined) throw new Error(`"${mail.anchor}" is not a Message-ID: mail ${mail.key} has no thread.`);
  const answers = mail.inReplyTo === undefined ? undefined : messageId(mail.inReplyTo);
  const headers: Record<string, string> = {
    'In-Reply-To': answers ?? anchor,
    References: answers === undefined || answers === anchor ? anchor : `${anchor} ${answers}`,
    'Content-Language': language,
  };
  if (mail.replyTo !== undefined) headers['Reply-To'] = mail.replyTo;
  if (content.template !== 'reply') {
    // RFC 3834, 5: other programs must not answer what no person wrote; a person's reply must not look like that.
    headers['Auto-Submitted'] = content.template === 'acknowledgement' ? 'auto-replied' : 'auto-generated';
    headers['X-Auto-Response-Suppress'] = 'All';
  }
  if (content.template === 'survey' || content.template === 'follow-up' || content.template === 'nps') {
    // RFC 8058, 3: one click in the mail program posts to this address.
    headers['List-Unsubscribe'] = `<${content.unsubscribe}>`;
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
  }
  for (const [name, value] of Object.entries(headers)) refuseBreaks(name, value);
  return headers;
};

/**
 * `<id@host>` as RFC 5322, 3.6.4 shapes it, with or without its brackets. Undefined for anything else: a customer's
 * program may have written what it likes there, and their mail is answered all the same.
 */
const messageId = (text: string): string | undefined => {
  const bare = text.trim().replace(/^<|>$/g, '');
  return /^[^\s<>@"]{1,200}@[^\s<>@"]{1,200}$/.test(bare) ? `<${bare}>` : undefined;
};

const refuseBreaks = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(value))
    throw new Error(`The header ${name} holds a line break or control character and cannot be sent.`);
};
