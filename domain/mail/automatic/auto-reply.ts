import type { IncomingMail } from '../incoming.ts';
import { soundsAway } from './away-words.ts';

/** RFC 3834, 5: everything but these two was not written by a person. A machine that only passes a mail on is not its author. */
const WRITTEN = new Set(['no', 'auto-forwarded']);

/** The keyword of Auto-Submitted, without parameters and comments; undefined where the mail says nothing. */
const autoSubmitted = (headers: ReadonlyMap<string, string>): string | undefined => {
  const keyword = headers.get('auto-submitted')?.split(/[;(]/, 1)[0]?.trim().toLowerCase();
  return keyword === '' ? undefined : keyword;
};

/** Names of headers that responders write, whatever their value, unless it denies it. */
const RESPONDER =
  /^(?:x-)?(?:(?:mail-)?auto-?(?:repl(?:y|ied)|respon(?:d|der|se)|answer(?:ed)?|generated?|notify)(?:-from|-to|-by|-id|-sender)?|vacation(?:-.*)?|away-message|out-?of-?office(?:-.*)?|autoreply-.*|amz-sns-(?:message-id|topic-arn)|fc-machinegenerated|cron-env|yahoo-vacation)$/;

/** It asks others not to answer; people's programs write it too. */
const ASKS_FOR_SILENCE = 'x-auto-response-suppress';

/** Headers of which some values are a responder's signature. */
const SIGNED: Array<readonly [name: string, value: RegExp]> = [
  ['precedence', /^\s*auto[-_ ]?repl(?:y|ied)/i],
  ['x-precedence', /auto[-_ ]?repl|bulk|junk/i],
  ['preference', /auto[-_ ]?repl/i],
  ['x-apple-action', /vacation/i],
  ['x-post-messageclass', /autoresponder/i],
  ['x-ms-exchange-generated-message-source', /oof|mailbox rules agent|automatic|antispam|journal/i],
  ['delivered-to', /^autoresponder$/i],
  ['x-mailer', /\b(?:vacation|auto-?respond(?:er)?|auto-?reply)\b/i],
  ['user-agent', /\b(?:vacation|auto-?respond(?:er)?|auto-?reply)\b/i],
  ['x-message-flag', /auto-?reply/i],
  // A receipt of reading or delivery is a program's, whoever let it go (RFC 8098, 2.1).
  ['content-type', /^\s*multipart\/report\b.*disposition-notification/is],
];

const DENIED = /^\s*(?:no|false|0|none)\s*$/i;

/** Whether a program wrote the mail because another mail came, or because it was time to. */
export const isAutomatic = (mail: IncomingMail): boolean => {
  const { headers, subject } = mail;
  const submitted = autoSubmitted(headers);
  if (submitted !== undefined && !WRITTEN.has(submitted)) return true;
  for (const [name, value] of headers) {
    if (name !== ASKS_FOR_SILENCE && RESPONDER.test(name) && !DENIED.test(value)) return true;
  }
  if (SIGNED.some(([name, value]) => value.test(headers.get(name) ?? ''))) return true;
  if (mail.files.some(({ claimed }) => claimed === 'message/disposition-notification')) return true;
  return soundsAway(subject) && answersByItself(mail);
};

/**
 * What makes an absent-sounding subject believable: Exchange asks for silence on it, a rule of the mailbox sent it, or it
 * answers a mail while its subject is its own. A person who asks about an automatic reply has none of these.
 */
const answersByItself = ({ headers, refersTo }: IncomingMail): boolean =>
  headers.has(ASKS_FOR_SILENCE) || headers.has('x-ms-exchange-inbox-rules-loop') || refersTo.length > 0;

/**
 * The sender asks that no program answers (MS-OXCMAIL, 2.2.3.2.14): the mail is a person's all the same. Forwarding
 * servers write it on what they pass on, where it is not the author's wish.
 */
export const wantsNoReceipt = ({ headers }: IncomingMail): boolean =>
  /\b(?:all|autoreply)\b/i.test(headers.get(ASKS_FOR_SILENCE) ?? '') && autoSubmitted(headers) !== 'auto-forwarded';
