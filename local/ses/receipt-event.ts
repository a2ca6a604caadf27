import type { CommonHeaders } from './mail.ts';
import { headersOf, type MailHeader, withHeaders } from './mail-headers.ts';
import type { ReceiptAction } from './receipt-rules.ts';

const VERDICTS = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What SES found out about a mail; everything passes unless somebody says otherwise. */
export interface Verdicts {
  spf: Verdict;
  dkim: Verdict;
  dmarc: Verdict;
  spam: Verdict;
  virus: Verdict;
  /** Policy of the sender's domain; told only when DMARC failed. */
  dmarcPolicy?: 'none' | 'quarantine' | 'reject';
}

export const ALL_PASS: Verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' };

const NAMES = ['spf', 'dkim', 'dmarc', 'spam', 'virus'] as const;

/** Verdicts given by name from outside, e.g. `{ spf: 'FAIL' }`; an unknown name or value is an error. */
export const readVerdicts = (given: Record<string, string>): Partial<Verdicts> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const known = NAMES.find((each) => each === name);
      const verdict = VERDICTS.find((each) => each === value);
      if (!known || !verdict) throw new Error(`${name}=${value} is no verdict`);
      return [known, verdict];
    }),
  );

/** An accepted mail with its envelope. */
export interface Received {
  messageId: string;
  /** Envelope sender; empty for a bounce. */
  from: string;
  recipients: string[];
  /** Epoch ms of acceptance. */
  at: number;
  verdicts: Verdicts;
}

const rfcDate = (epochMs: number): string => new Date(epochMs).toUTCString().replace('GMT', '+0000');

/** The message as SES stores it: with the envelope sender, its trace and its verdicts on top. */
export const asStored = (raw: Buffer, mail: Received): Buffer => {
  const { spf, dkim, dmarc, spam, virus } = mail.verdicts;
  const domain = mail.from.slice(mail.from.lastIndexOf('@') + 1);
  const result = (verdict: Verdict): string => (verdict === 'PASS' ? 'pass' : 'fail');
  const added: MailHeader[] = [
    { name: 'Return-Path', value: `<${mail.from}>` },
    {
      name: 'Received',
      value: `from localhost (localhost [127.0.0.1]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${mail.messageId} for ${mail.recipients[0] ?? ''}; ${rfcDate(mail.at)} (UTC)`,
    },
    { name: 'X-SES-Spam-Verdict', value: spam },
    { name: 'X-SES-Virus-Verdict', value: virus },
    {
      name: 'Received-SPF',
      value: `${result(spf)} (spfCheck: local runtime) client-ip=127.0.0.1; envelope-from=${mail.from};`,
    },
    {
      name: 'Authentication-Results',
      value: `amazonses.com; spf=${result(spf)}; dkim=${result(dkim)} header.i=@${domain}; dmarc=${result(dmarc)} header.from=${domain};`,
    },
  ];
  return withHeaders(raw, () => false, added);
};

/** Events carry at most 10 KB of headers. */
const HEADER_BYTES = 10 * 1024;

const cut = (headers: MailHeader[]): { kept: MailHeader[]; truncated: boolean } => {
  let size = 0;
  const kept = headers.filter(({ name, value }) => {
    size += Buffer.byteLength(name) + Buffer.byteLength(value);
    return size <= HEADER_BYTES;
  });
  return { kept, truncated: kept.length < headers.length };
};

const actionFacts = (action: ReceiptAction, mail: Received): Record<string, string> => {
  const topic = 'topicArn' in action && action.topicArn ? { topicArn: action.topicArn } : {};
  if (action.type === 'Lambda') {
    return { type: 'Lambda', functionArn: action.functionArn, invocationType: 'Event', ...topic };
  }
  if (action.type === 'S3') {
    const objectKey = `${action.prefix}${mail.messageId}`;
    return { type: 'S3', bucketName: action.bucketName, objectKeyPrefix: action.prefix, objectKey, ...topic };
  }
  return { type: action.type, ...topic };
};

/** `mail` and `receipt` of SES receipt events (SES Developer Guide, "Contents of notifications for Amazon SES email receiving"). */
export const receiptFacts = (
  stored: Buffer,
  common: CommonHeaders,
  mail: Received,
  recipients: string[],
  action: ReceiptAction,
): { mail: Record<string, unknown>; receipt: Record<string, unknown> } => {
  const { kept, truncated } = cut(headersOf(stored));
  const timestamp = new Date(mail.at).toISOString();
  const { spf, dkim, dmarc, spam, virus, dmarcPolicy } = mail.verdicts;
  return {
    mail: {
      timestamp,
      source: mail.from,
      messageId: mail.messageId,
      destination: mail.recipients,
      headersTruncated: truncated,
      headers: kept,
      commonHeaders: { returnPath: mail.from, ...common },
    },
    receipt: {
      timestamp,
      processingTimeMillis: 0,
      recipients,
      spamVerdict: { status: spam },
      virusVerdict: { status: virus },
      spfVerdict: { status: spf },
      dkimVerdict: { status: dkim },
      dmarcVerdict: { status: dmarc },
      ...(dmarc === 'FAIL' && { dmarcPolicy: dmarcPolicy ?? 'none' }),
      action: actionFacts(action, mail),
    },
  };
};
