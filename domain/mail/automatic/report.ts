import type { IncomingMail, Receipt } from '../incoming.ts';

/** A report on another mail: it did not arrive (yet), or its reader called it unwanted. */
export type ReportKind = 'bounce' | 'complaint';

const LONGEST_READ = 20_000;

/**
 * Reports on mail in all their dialects: the standards (RFC 3464, 5965), what servers put into headers of their own, and
 * texts for people. What one sign proves is a header or a part that only servers write; of sender, subject and text it
 * takes two, since people forward such texts.
 */
export const reportKind = ({ source }: Pick<Receipt, 'source'>, mail: IncomingMail): ReportKind | undefined => {
  const type = mail.headers.get('content-type') ?? '';
  const parts = new Set(mail.files.map(({ claimed }) => claimed));
  if (isComplaint(mail, type, parts)) return 'complaint';
  if (/^\s*multipart\/report\b/i.test(type) && !/disposition-notification/i.test(type)) return 'bounce';
  if (isNobody(source) || SERVER_HEADERS.some((name) => mail.headers.has(name))) return 'bounce';
  if (/^mailer-daemon(?:@|$)/i.test(mail.from.email)) return 'bounce';
  const text = wordsOf(mail);
  if (isNotice(mail, text, 'Bounce')) return 'bounce';
  if (isNotice(mail, text, 'Complaint')) return 'complaint';
  const signs = [
    isServer(source, mail),
    SUBJECTS.test(mail.subject),
    TEXTS.test(text),
    parts.has('message/delivery-status') || parts.has('text/rfc822-headers'),
  ];
  return signs.filter(Boolean).length >= 2 ? 'bounce' : undefined;
};

/** The null return path of RFC 5321, 4.5.5, the one of qmail's double bounces, and the name servers write instead. */
const isNobody = (source: string): boolean =>
  source === '' || source === '#@[]' || /^mailer-daemon(?:@|$)/.test(source);

const SERVERS = /^(?:postmaster|mail-?daemon|mailerdaemon|bounces?|mdaemon|smtp-?server)@/i;

const isServer = (source: string, { from }: IncomingMail): boolean =>
  SERVERS.test(from.email) ||
  SERVERS.test(source) ||
  /\b(?:mail(?:er)?[ -]?(?:delivery|daemon)|postmaster|mail administrator|delivery (?:sub)?system)\b/i.test(
    from.name ?? '',
  );

/** Written on no other mail: by Exim and Gmail, Exchange, IronPort, Domino, Courier. */
const SERVER_HEADERS = [
  'x-failed-recipients',
  'x-ms-exchange-message-is-ndr',
  'x-ndr-message',
  'x-bounce-type',
  'x-mail-delivery-failure',
  'x-actual-recipient-failure',
] as const;

const SUBJECTS = new RegExp(
  `^\\s*(?:\\[[^\\]]{1,40}\\]\\s*|\\*{1,5}\\s*spam\\s*\\*{1,5}\\s*)?(?:${[
    'undeliver(?:able|ed)\\b',
    'un(?:zustellbar|zustellbare)',
    'non remis',
    'no se puede entregar',
    'não entregue',
    'non recapitabile',
    'onbestelbaar',
    'returned mail\\b',
    'returned to sender',
    'failure notice',
    'failure delivery',
    'mail delivery (?:failed|failure|problem|error|status|system)',
    'mail could not be delivered',
    'mail system error',
    'message (?:status|delivery) ?-? ?(?:undeliverable|failure)',
    'message not delivered',
    'delivery (?:status notification|failure|failed|notification|has failed|problem|incomplete|to the following)',
    'delayed mail',
    'warning: (?:could not send|message|mail)',
    'could not send message',
    'nondeliverable mail',
    'rejected mail',
    'unable to deliver',
    'unzustellbar',
    'postmaster notify',
    'user unknown',
    'email delivery failure',
    'dsn:|ndr:',
    'bounce:',
    'проблема с доставкой|недоставленное сообщение',
    '配信(?:不能|失敗|エラー)|送信できませんでした',
    '退信|系统退信|邮件投递失败',
  ].join('|')})`,
  'iu',
);

const TEXTS = new RegExp(
  [
    // qmail
    'this is the qmail-send program',
    "i'?m afraid i wasn'?t able to deliver your message",
    // Postfix
    'this is the (?:mail system|postfix program) at host',
    'your message could not be delivered to (?:one|1) or more recipients',
    // Exim
    'this message was created automatically by mail delivery software',
    'a message that you sent (?:could not|has not yet been) (?:be )?delivered',
    // Sendmail
    'the following addresses had (?:permanent fatal errors|transient non-fatal errors|delivery problems)',
    'transcript of session follows',
    'the original message was received at',
    // Gmail
    'delivery to the following recipients? (?:has been delayed|failed permanently|failed)',
    "your message wasn'?t delivered to",
    // Exchange, Office 365
    "your message (?:did not reach|to .{1,200} (?:couldn'?t|could not) be delivered)",
    'delivery has failed to these recipients or (?:distribution lists|groups)',
    'diagnostic information for administrators',
    // Amazon SES, Domino, Yahoo, IMail, X.400, others
    'an error occurred while trying to deliver the mail to the following recipients',
    'your message.{0,120}was not delivered to',
    'sorry,? (?:we were|i was) unable to deliver your message',
    'undeliverable to the following',
    'this is (?:a|an) (?:permanent error|automatically generated delivery status notification)',
    'could not be delivered to the following',
    'user mailbox exceeds allowed size',
    'below this line is (?:a copy of the message|the original bounce)',
    'final-recipient:\\s*rfc822',
    'diagnostic-code:\\s*smtp',
  ].join('|'),
  'iu',
);

const isComplaint = ({ headers, subject, files }: IncomingMail, type: string, parts: ReadonlySet<string>): boolean => {
  if (/^\s*multipart\/report\b.*feedback-report/is.test(type) || parts.has('message/feedback-report')) return true;
  if (headers.has('x-loop') && /^scomp@aol\.(?:net|com)$/i.test(headers.get('x-loop')?.trim() ?? '')) return true;
  // The programs that hand complaints to senders without RFC 5965: the mail complained of, under one of these subjects.
  const holdsMail = files.some(({ claimed }) => claimed === 'message/rfc822' || claimed === 'text/rfc822-headers');
  return (
    holdsMail &&
    /^\s*(?:complaint about message from|email feedback report for|abuse report|spam complaint|client spam complaint|feedback loop)/i.test(
      subject,
    )
  );
};

/** The notices of Amazon SES that somebody subscribed by mail: one JSON object in the text. */
const isNotice = ({ headers, from }: IncomingMail, text: string, kind: 'Bounce' | 'Complaint'): boolean =>
  (headers.has('x-amz-sns-message-id') || /@sns\.amazonaws\.com$/i.test(from.email)) &&
  new RegExp(`(?:notification|event)Type\\\\?"\\s*:\\s*\\\\?"${kind}`).test(text);

const wordsOf = ({ text, html }: IncomingMail): string => (text ?? html ?? '').slice(0, LONGEST_READ);
