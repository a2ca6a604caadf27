import type { ControlParts } from './contract.ts';
import { notFound, unprocessable } from './problem.ts';
import { type ControlRequest, type Routes, rawAnswer } from './router.ts';

const VERDICTS = ['spf', 'dkim', 'dmarc', 'spam', 'virus'];
const VERDICT_VALUES = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'];

const verdictsOf = (text: string | undefined): Record<string, string> => {
  const verdicts: Record<string, string> = {};
  for (const part of (text ?? '').split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [name = '', value = ''] = part.split('=').map((each) => each.trim());
    if (!VERDICTS.includes(name) || !VERDICT_VALUES.includes(value)) {
      throw unprocessable(`x-verdicts has "${part}"; say ${VERDICTS.join(', ')} = ${VERDICT_VALUES.join(', ')}`);
    }
    verdicts[name] = value;
  }
  return verdicts;
};

const addressesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

const incoming = ({ headers, body }: ControlRequest) => {
  const to = addressesOf(headers['x-rcpt-to']);
  const from = headers['x-mail-from'];
  if (to.length === 0) throw unprocessable('x-rcpt-to names no recipient');
  // The empty sender of a bounce is a sender: only its absence is a mistake.
  if (from === undefined) throw unprocessable('x-mail-from is missing (leave it empty for a bounce)');
  if (body.length === 0) throw unprocessable('The body is the raw message, and it is empty');
  return { raw: body, from: from.replace(/^<|>$/g, ''), to, verdicts: verdictsOf(headers['x-verdicts']) };
};

/** A mail is looked at as its reader's program shows it: nothing in it runs, and what it fetches is pictures alone. */
const AS_A_MAIL = {
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: https:",
};

/** Mail and SMS that went out, and mail coming in. */
export const mailRoutes = (parts: ControlParts): Routes => ({
  'GET mail': async () => ({ mails: parts.mails() }),
  // Before the route of one mail, which would take it for its own.
  'GET mail/{}/html': async ({ argument }) => {
    const html = parts.mails().find(({ n }) => String(n) === argument)?.html;
    if (html === undefined) throw notFound(`There is no mail ${argument} with an HTML part`);
    return rawAnswer('text/html; charset=utf-8', Buffer.from(html), AS_A_MAIL);
  },
  'GET mail/{}': async ({ argument }) => {
    const raw = /^\d+$/.test(argument) ? parts.rawMail(Number(argument)) : undefined;
    if (!raw) throw notFound(`There is no mail ${argument}`);
    return rawAnswer('message/rfc822', raw);
  },
  'POST mail': async (request) => {
    const receipt = parts.receiveMail(incoming(request));
    if (!receipt.accepted) throw unprocessable(receipt.reason);
    return { messageId: receipt.messageId, refused: receipt.refused };
  },
  'GET sms': async () => ({ sms: parts.sms() }),
});
