import { describe, expect, test } from 'vitest';
import { comparableAddress, sameAddress } from '../../../domain/contact/mail-address.ts';
import type { IncomingMail, Receipt } from '../../../domain/mail/incoming.ts';
import { parkedBecause } from '../../../domain/mail/parked.ts';
import { isPermanent } from '../../../domain/mail/returned/permanence.ts';
import { endsMailTo } from '../../../domain/mail/returned/read-returned.ts';

const receipt: Receipt = {
  id: '1',
  source: 'kim@example.com',
  recipients: ['support@desk.example.com'],
  unproven: false,
  passed: { dmarc: true, spf: true },
};

const mail = ({
  headers = {},
  ...over
}: Partial<Omit<IncomingMail, 'headers'>> & { headers?: Record<string, string> }): IncomingMail => ({
  from: { email: 'kim@example.com' },
  subject: 'I cannot log in',
  text: 'The password is refused.',
  refersTo: [],
  to: [],
  files: [],
  ...over,
  headers: new Map(Object.entries(headers)),
});

const house = { deskAddress: 'support@desk.example.com', forwarders: ['help@shop.example'] };
const parked = (over: Parameters<typeof mail>[0], source = 'kim@example.com') =>
  parkedBecause({ ...receipt, source }, mail(over), house);
const file = (claimed: string) => ({ name: 'part', claimed, content: new Uint8Array() });

describe('an answer of a program is known by what only programs write', () => {
  test.each<[string, Record<string, string>]>([
    ['RFC 3834', { 'auto-submitted': 'auto-replied; owner-email="kim@example.com"' }],
    ['an autoreply header', { 'x-autoreply': 'yes' }],
    ['an autoresponder', { 'x-autorespond': 'Away' }],
    ['an autoresponder by address', { 'x-autoreply-from': 'kim@example.com' }],
    ['a mail host', { 'x-mail-autoreply': 'true' }],
    ['a precedence', { precedence: 'auto_reply' }],
    ['a phone maker', { 'x-apple-action': 'VACATION' }],
    ['a topic', { 'x-amz-sns-message-id': '1' }],
    ['a program that names itself', { 'x-mailer': 'vacation 1.2.7' }],
    ['a receipt of reading', { 'content-type': 'multipart/report; report-type=disposition-notification' }],
  ])('%s', (_, headers) => {
    expect(parked({ headers })).toBe('automatic');
  });

  test.each<[string, Record<string, string>]>([
    ['the header denies it', { 'x-autoreply': 'no' }],
    ['the mail says so', { 'auto-submitted': 'No' }],
    ['a machine only passed it on', { 'auto-submitted': 'auto-forwarded' }],
    ['it only asks others to be silent', { 'x-auto-response-suppress': 'All' }],
    ['its program is a mail program', { 'x-mailer': 'Microsoft Outlook 16.0' }],
  ])('but not when %s', (_, headers) => {
    expect(parked({ headers })).toBeUndefined();
  });

  test.each([
    'Automatic reply: Order',
    'Out of Office: Order',
    'Abwesenheitsnotiz: Bestellung',
    'Automatische Antwort: Bestellung',
    'Réponse automatique : Commande',
    'Respuesta automática: Pedido',
    'Resposta automática: Pedido',
    'Risposta automatica: Ordine',
    'Automatisch antwoord: Bestelling',
    'Odpowiedź automatyczna: Zamówienie',
    'Автоматический ответ: Заказ',
    'Otomatik yanıt: Sipariş',
    'رد تلقائي: الطلب',
    'پاسخ خودکار: سفارش',
    '自动回复: 订单',
    '自動応答: 注文',
    '[Auto-Reply] Order',
  ])('"%s" is one when it answers a mail, and a question about one when it does not', (subject) => {
    expect(parked({ subject, refersTo: ['<1@desk.example.com>'] })).toBe('automatic');
    expect(parked({ subject, headers: { 'x-auto-response-suppress': 'All' } })).toBe('automatic');
    expect(parked({ subject })).toBeUndefined();
    expect(parked({ subject: `Re: ${subject}`, refersTo: ['<1@desk.example.com>'] })).toBeUndefined();
  });
});

describe('a report on mail is known in its dialects', () => {
  test.each<[string, Parameters<typeof mail>[0], string?]>([
    ['the standard', { headers: { 'content-type': 'multipart/report; report-type=delivery-status' } }],
    ['no return path', {}, ''],
    ['a double bounce of qmail', {}, '#@[]'],
    ['Exim and Gmail', { headers: { 'x-failed-recipients': 'ben@example.com' } }],
    ['Exchange', { headers: { 'x-ms-exchange-message-is-ndr': '' } }],
    ['a daemon', { from: { email: 'MAILER-DAEMON@mx.example.com' } }],
    ['a daemon without a host', { from: { email: 'MAILER-DAEMON' } }],
    ['a server that writes to people', { from: { email: 'postmaster@example.com' }, subject: 'Undeliverable: Order' }],
    [
      'a text of qmail',
      { subject: 'failure notice', text: "Hi. This is the qmail-send program at mx.example.com.\nI'm afraid" },
    ],
    [
      'a text of Sendmail',
      {
        subject: 'Returned mail: User unknown',
        text: '----- The following addresses had permanent fatal errors -----',
      },
    ],
    ['parts without their frame', { subject: 'Delayed Mail', files: [file('message/delivery-status')] }],
    [
      'a notice of SES',
      { headers: { 'x-amz-sns-message-id': '1' }, text: '{"Message":"{\\"notificationType\\":\\"Bounce\\"}"}' },
    ],
  ])('%s', (_, over, source) => {
    expect(parked(over, source)).toBe('bounce');
  });

  test.each<[string, Parameters<typeof mail>[0]]>([
    ['the standard', { headers: { 'content-type': 'multipart/report; report-type=feedback-report' } }],
    ['its part alone', { files: [file('message/feedback-report')] }],
    ['a list of a provider', { subject: 'complaint about message from 192.0.2.1', files: [file('message/rfc822')] }],
    ['a notice of SES', { headers: { 'x-amz-sns-message-id': '1' }, text: '{"notificationType":"Complaint"}' }],
  ])('a complaint: %s', (_, over) => {
    expect(parked(over)).toBe('complaint');
  });

  test.each<[string, Parameters<typeof mail>[0]]>([
    ['forwards one', { subject: 'Fwd: Undelivered Mail', text: 'This is the mail system at host mx.example.com.' }],
    ['asks about one', { subject: 'Undeliverable mails all day', text: 'Please help.' }],
    ['is the postmaster', { from: { email: 'postmaster@example.com' } }],
    ['complains', { subject: 'Complaint about message from your shop' }],
    ['attaches a mail', { files: [file('message/rfc822')] }],
  ])('but not a person who %s', (_, over) => {
    expect(parked(over)).toBeUndefined();
  });
});

describe('a list', () => {
  test.each<Record<string, string>>([
    { 'list-id': '<news.example.com>' },
    { 'list-unsubscribe': '<mailto:off@example.com>' },
    { 'x-mailman-version': '2.1' },
    { precedence: 'bulk' },
  ])('is parked: %j', (headers) => {
    expect(parked({ headers })).toBe('list');
  });

  test('of the team’s own only passes mail on', () => {
    expect(parked({ headers: { 'list-id': '<help.shop.example>', precedence: 'list' } })).toBeUndefined();
    expect(parked({ headers: { 'list-post': '<mailto:help@shop.example>' } })).toBeUndefined();
  });
});

test.each(['kim@', '@example.com', 'kim', 'kim@a@b.example', 'kim\u202e@example.com', 'kim x@example.com', ''])(
  'nobody can be answered at "%s"',
  (email) => {
    expect(parked({ from: { email } })).toBe('no-sender');
  },
);

describe('an address', () => {
  test.each([
    ['Kim@Example.COM', ' kim@example.com '],
    ['kim@münchen.example', 'kim@xn--mnchen-3ya.example'],
  ])('%s is %s', (one, other) => {
    expect(sameAddress(one, other)).toBe(true);
  });

  test.each([
    ['a Cyrillic letter', 'kim@ex\u0430mple.com'],
    ['the punycode of one', 'kim@xn--exmple-4nf.com'],
    ['a Kelvin sign', '\u212aim@example.com'],
    ['a Kelvin sign in the domain', 'kim@\u212aim.example'],
    ['full-width letters', 'kim@\uff45xample.com'],
    ['a dotted capital I', 'k\u0130m@example.com'],
    ['an invisible letter', 'k\u200bim@example.com'],
  ])('with %s is somebody else’s', (_, email) => {
    expect(sameAddress(email, 'kim@example.com')).toBe(false);
    expect(sameAddress(email, 'kim@kim.example')).toBe(false);
  });

  test('of nobody is nobody’s', () => {
    expect(sameAddress('', '')).toBe(false);
    expect(comparableAddress('')).toBe('@');
  });
});

describe('a failure is for good', () => {
  test.each([
    ['5.1.1', 'smtp; 550 5.1.1 User unknown', true],
    ['5.0.0', 'smtp; 550 No such user here', true],
    ['5.4.4', 'Host or domain name not found', true],
    ['5.7.1', 'smtp; 550 5.7.1 Message rejected due to content', false],
    ['5.2.2', 'smtp; 552 mailbox full', false],
    ['5.4.7', 'delivery time expired', false],
    ['4.4.1', 'smtp; 550 User unknown', false],
    [undefined, '550 requested action not taken', true],
    [undefined, 'the weather was bad', false],
  ])('%s %s: %s', (status, words, permanent) => {
    expect(isPermanent(status, words)).toBe(permanent);
  });
});

test('a report that names no recipient speaks of the address it quotes', () => {
  const report = { kind: 'bounce' as const, recipients: [], sesIds: [], signed: [], anchored: [] };
  const text = '<kim@example.com>: 550 5.1.1 User unknown';

  expect(endsMailTo('kim@example.com', { ...report, text })).toBe(true);
  expect(endsMailTo('ben@example.com', { ...report, text })).toBe(false);
});
