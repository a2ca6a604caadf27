import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../functions/receive-mail/read-mail.ts';

const fixture = (name: string) =>
  readMail(readFileSync(new URL(`../fixtures/mail-in/${name}.eml`, import.meta.url)), []);

const read = (lines: string[], forwarders: string[] = []) => readMail(Buffer.from(lines.join('\r\n')), forwarders);

describe('the words of a mail are read in whatever charset it is', () => {
  test.each([
    ['windows-1256', 'پرداخت', 'سلام، دفع نشد.'],
    ['iso-2022-jp', 'お問い合わせ', '支払いができません。'],
    ['gb18030', '付款失败', '我的付款失败了。'],
    ['koi8-r', 'Оплата', 'Оплата не проходит.'],
    ['ks_c_5601-1987', '결제', '결제가 되지 않습니다.'],
    ['utf-7', 'Größe', 'Die Größe stimmt nicht. 1 + 1 = 2'],
    ['hz-gb-2312', 'order', '订单没有到。 ~ ok'],
    ['iso-2022-kr', 'order', '주문이 오지 않았습니다.'],
  ])('%s', async (name, subject, text) => {
    const mail = await fixture(name);

    expect([mail.subject, mail.text?.trim()]).toEqual([subject, text]);
  });
});

describe('a wrong label costs no letter', () => {
  test.each([
    ['no-charset', 'Die Zahlung schlägt fehl – für beide Konten.'],
    ['no-content-type', 'Grüße aus Köln'],
    ['false-ascii', 'Überweisung geht nicht, schöne Grüße'],
    ['false-latin-1', 'Überweisung geht nicht, schöne Grüße'],
    ['unknown-charset', 'Überweisung'],
    ['guessed-charset', 'Zamówienie nie dotarło, żółta paczka'],
    ['cut-utf-8', 'Оплата не проходи\ufffd'],
  ])('%s', async (name, text) => {
    expect((await fixture(name)).text?.trim()).toBe(text);
  });

  test.each([
    ['raw-8-bit-headers', 'Jörg', 'Größe und Übergang'],
    ['raw-utf-8-headers', 'کیم', 'پرداخت من'],
    ['split-encoded-word', 'Kim', 'Zahlungsübersicht für Köln'],
    ['encoded-word-with-spaces', 'Kim', 'Grüße aus Köln'],
  ])('nor in the headers: %s', async (fixtureName, name, subject) => {
    expect(await fixture(fixtureName)).toMatchObject({ from: { name }, subject });
  });
});

describe('what comes with a mail is a file', () => {
  test.each([
    ['inline-image', [['shot.png', 'application/octet-stream']]],
    ['calendar', [['invitation.ics', 'text/calendar']]],
    ['tnef', [['winmail.dat', 'application/ms-tnef']]],
    ['forwarded-as-attachment', [['message.eml', 'message/rfc822']]],
  ])('%s', async (name, files) => {
    const mail = await fixture(name);

    expect(mail.files.map(({ name, claimed }) => [name, claimed])).toEqual(files);
  });

  test('under a name that is safe anywhere', async () => {
    const { files } = await fixture('names');

    expect(files.map(({ name }) => name)).toEqual([
      'فاکتور.csv',
      'Rechnung für Mai.pdf',
      'passwd',
      'log.txt',
      'invoicefdp.exe',
      'htaccess',
      'attachment-7',
    ]);
  });

  test('and a mail inside it says nothing for its sender', async () => {
    const { text } = await fixture('forwarded-as-attachment');

    expect(text).not.toContain('cancelled');
  });
});

test('of two renderings of one text each is kept as what it is', async () => {
  const { text, html } = await fixture('deep-alternatives');

  expect([text?.trim(), html?.trim()]).toEqual(['I cannot pay with my card.', '<p>I cannot pay with my card.</p>']);
});

test('no header of a mail can bring another with it, nor steer what shows it', async () => {
  const subject = Buffer.from('Hi\r\nBcc: all@example.org\u0000\u001b[2J').toString('base64');

  const mail = await read([
    `From: =?utf-8?B?${Buffer.from('K\r\nim').toString('base64')}?= <kim@example.com>`,
    `Subject: =?utf-8?B?${subject}?=`,
    '',
    'Hi\u0000 there\u001b[2J',
  ]);

  expect(mail).toMatchObject({ from: { name: 'K im' }, subject: 'Hi Bcc: all@example.org [2J', text: 'Hi there[2J\n' });
});

test('authors of two domains are not one whom anything proves', async () => {
  const two = await read(['From: kim@example.com, mallory@example.org', '', 'Hi']);
  const again = await read(['From: kim@example.com', 'From: mallory@example.org', '', 'Hi']);
  const one = await read(['From: kim@example.com, Kim <kim.b@example.com>', '', 'Hi']);

  expect([two.ambiguous, again.ambiguous, one.ambiguous]).toEqual([true, true, undefined]);
});

describe('a mail that an address of the team passed on under its own name', () => {
  const headers = ["From: 'Kim' via Help <help@shop.example>", 'Reply-To: kim@example.com', '', 'Hi'];

  test('is its author’s', async () => {
    expect((await read(headers, ['help@shop.example'])).from).toEqual({ email: 'kim@example.com', name: 'Kim' });
  });

  test('is nobody else’s where the policy does not name the address', async () => {
    expect((await read(headers)).from.email).toBe('help@shop.example');
  });
});

test('of a mail with more lines than anybody writes the beginning is read, and the whole is its file', async () => {
  const raw = ['From: kim@example.com', '', ...Array.from({ length: 120_000 }, () => 'a line')];

  const mail = await read(raw);

  expect(mail.text?.length).toBeLessThan(60_000 * 7);
  expect(mail.files).toMatchObject([{ name: 'message.eml', content: { byteLength: raw.join('\r\n').length } }]);
});

test('a subject and a name cannot turn the reading order of what stands beside them', async () => {
  const hidden = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const raw = [
    `From: ${hidden('Kim\u202e')} <kim@example.com>`,
    `Subject: ${hidden('\u2067Help\u2069 \u202egpj.exe')}`,
    '',
    'Hello',
  ];

  const mail = await read(raw);

  expect([mail.from.name, mail.subject]).toEqual(['Kim', 'Help gpj.exe']);
});

test('a body beyond two million letters is read so far, and the whole mail is kept as a file', async () => {
  const raw = ['From: kim@example.com', 'Subject: Hello', '', 'On one line. '.repeat(200_000)];

  const mail = await read(raw);

  expect(mail.text).toHaveLength(2_000_000);
  expect(mail.files).toMatchObject([{ name: 'message.eml', content: { byteLength: raw.join('\r\n').length } }]);
});

test.each([
  ['with letters that are no UTF-8', 'X-Name: Jos\u00e9'],
  ['with lines that flow', 'Content-Type: text/plain; format=flowed'],
])('a header of 300,000 blanks ends, %s', async (_, header) => {
  const raw = ['From: kim@example.com', header, '', 'Hello', '--b', 'X-Blanks: yes', ' '.repeat(300_000)];

  const mail = await readMail(Buffer.from(raw.join('\r\n'), 'latin1'), []);

  expect(mail.text).toContain('Hello');
});

test('a mail with more headers than any server writes is read by no parser, and told so', async () => {
  const raw = ['From: kim@example.com', `To: ${'a:b;'.repeat(150_000)}`, '', 'Hello'];

  await expect(read(raw)).rejects.toThrow('Maximum header size');
});

test('ten thousand parts end', async () => {
  const parts = Array.from({ length: 10_000 }, (_, index) => `--b\r\nContent-Type: text/x-part\r\n\r\n${index}\r\n`);

  const mail = await read([
    'From: kim@example.com',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...parts,
    '--b--',
  ]);

  expect(mail.files).toHaveLength(10_000);
});

describe('lines that a program broke are one again', () => {
  const flowed = async (lines: string[], type = 'text/plain; charset=utf-8; format=flowed') =>
    (await read(['From: kim@example.com', `Content-Type: ${type}`, '', ...lines])).text?.trimEnd();

  test.each([
    ['but not with somebody’s quote above', ['> Hi ', 'Hello'], '> Hi \nHello'],
    ['nor with a quote below', ['Hello ', '> Hi'], 'Hello \n> Hi'],
    ['nor across depths of quotes', ['>> one ', '> two ', '> three'], '>> one \n> two three'],
    ['within a quote', ['> It is ', '> broken.'], '> It is broken.'],
    ['without the space that keeps a line from reading as a quote', [' >so ', 'it goes'], '>so it goes'],
    ['but not with a signature', ['Hello ', '-- ', 'Kim'], 'Hello \n-- \nKim'],
  ])('%s', async (_, lines, text) => {
    expect(await flowed(lines)).toBe(text);
  });

  test('without the space at the end where that was only put there', async () => {
    expect(await flowed(['Zusammen ', 'gesetzt'], 'text/plain; format="flowed"; delsp=yes')).toBe('Zusammengesetzt');
  });

  test('in packed text as well', async () => {
    const mail = await read([
      'From: kim@example.com',
      'Content-Type: text/plain; charset=iso-8859-1; format=flowed',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '> Gr=FC=DFe=20',
      'Hallo=20',
      'Welt',
    ]);

    expect(mail.text?.trimEnd()).toBe('> Grüße \nHallo Welt');
  });

  test('and are left alone where the mail does not say so', async () => {
    expect(await flowed(['> Hi ', 'Hello ', 'you'], 'text/plain; charset=utf-8')).toBe('> Hi \nHello \nyou');
  });

  test('also beside HTML and a file of text', async () => {
    const mail = await read([
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain; format=flowed',
      '',
      '> Hi ',
      'Hello',
      '--x',
      'Content-Type: text/plain; name=a.txt',
      'Content-Disposition: attachment; filename=a.txt',
      '',
      'A ',
      'B',
      '--x--',
    ]);

    expect(mail.text?.trimEnd()).toBe('> Hi \nHello');
    expect(Buffer.from(mail.files[0]?.content ?? []).toString()).toContain('A \nB');
  });
});
