import { describe, expect, test } from 'vitest';
import { DAY } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { act } from './acting.ts';
import { conversation, deliver, type Mail, parkedBecause, replyAddressOf } from './mail-in.ts';
import { aDesk, anOpenTicket, DESK_ADDRESS } from './support.ts';

test('a mail becomes a ticket of its sender, with the way back to the mail', async () => {
  const desk = aDesk();

  await deliver(desk, { id: '<kim-1@example.com>' });

  expect([...desk.memory.tickets.values()]).toMatchObject([
    { subject: 'I cannot log in', channel: 'mail', customer: { email: 'kim@example.com', name: 'Kim' } },
  ]);
  expect(desk.memory.messages).toMatchObject([
    { text: 'The password is refused.', mailId: '<kim-1@example.com>', raw: expect.stringMatching(/^in\/ses-in-/) },
  ]);
});

test('the same mail delivered again makes nothing, neither as a ticket nor as a reply', async () => {
  const desk = aDesk();

  await deliver(desk, { id: '<kim-1@example.com>' });
  await deliver(desk, { id: '<kim-1@example.com>' });
  const [id] = [...desk.memory.tickets.keys()];
  await deliver(desk, { id: '<kim-2@example.com>', subject: `Re: [${id}]` });
  await deliver(desk, { id: '<kim-2@example.com>', subject: `Re: [${id}]` });

  expect(desk.memory.tickets.size).toBe(1);
  expect(desk.memory.messages).toHaveLength(2);
});

describe('an answer finds its ticket', () => {
  test('by the signed address it is sent to, before anything else', async () => {
    const desk = aDesk();
    const [one, two] = [await anOpenTicket(desk), await anOpenTicket(desk)];

    await deliver(desk, { to: await replyAddressOf(desk, one), subject: `Re: [${two}]`, text: 'Still not.' });

    expect(conversation(desk).at(-1)).toMatchObject({ ticketId: one, text: 'Still not.' });
  });

  test.each(['In-Reply-To', 'References'])('by the anchor in %s', async (header) => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await deliver(desk, { headers: [`${header}: <other@example.org> <ticket.${id}@desk.example.com>`] });

    expect(conversation(desk).at(-1)).toMatchObject({ ticketId: id });
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('by its number in the subject', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await deliver(desk, { subject: `Re: I cannot log in [${id}]` });

    expect(conversation(desk).at(-1)).toMatchObject({ ticketId: id });
  });

  test("not by another desk's anchor, nor by a forged address", async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const address = await replyAddressOf(desk, id);

    await deliver(desk, { headers: [`References: <ticket.${id}@desk.example.org>`] });
    await deliver(desk, { to: address.replace(/.@/, (last) => (last === '0@' ? '1@' : '0@')) });

    expect(desk.memory.tickets.size).toBe(3);
  });

  test('and wakes it when it waited for the customer', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await act(desk, acts.replies, id, { body: 'Which browser?', then: 'pending' });

    await deliver(desk, { subject: `Re: [${id}]` });

    expect(desk.memory.tickets.get(id)?.status).toBe('open');
  });

  test('also when two come at the same moment', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await Promise.all([deliver(desk, { subject: `[${id}]` }), deliver(desk, { subject: `[${id}]` })]);

    expect(conversation(desk)).toHaveLength(3);
    expect(desk.memory.tickets.get(id)?.version).toBe(4);
  });

  test('and opens a linked ticket when that one ended long ago', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await act(desk, acts.resolve, id, { cause: 'c', solution: 's', check: 'k' });
    desk.pass(100 * DAY);

    await deliver(desk, { subject: `Re: [${id}]` });

    expect(desk.memory.tickets.get(id)?.status).toBe('resolved');
    expect([...desk.memory.tickets.values()].at(-1)).toMatchObject({ status: 'new', followUpOf: id });
  });
});

describe('threading is no authority', () => {
  test('a stranger on a ticket is a note for the agents, never part of the conversation', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    await act(desk, acts.replies, id, { body: 'Which browser?', then: 'pending' });

    await deliver(desk, { from: 'mallory@example.org', source: 'mallory@example.org', subject: `Re: [${id}]` });

    expect(conversation(desk)).toHaveLength(1);
    expect(desk.memory.messages.at(-1)).toMatchObject({ direction: 'note', quarantined: 'sender-is-no-participant' });
    expect(desk.memory.tickets.get(id)?.status).toBe('pending');
    expect(desk.memory.events.at(-1)).toMatchObject({ type: 'quarantined' });
  });

  test.each([{ dmarc: 'FAIL' }, { spf: 'FAIL', dkim: 'GRAY' }])(
    '%j: a mail only claims to be from the customer',
    async (verdicts) => {
      const desk = aDesk();
      const id = await anOpenTicket(desk);

      await deliver(desk, { subject: `Re: [${id}]`, verdicts });

      expect(desk.memory.messages.at(-1)).toMatchObject({ direction: 'note', quarantined: 'sender-unproven' });
    },
  );

  test('a forwarded mail that its signature proves is the customer’s', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);

    await deliver(desk, { subject: `Re: [${id}]`, verdicts: { spf: 'FAIL', dkim: 'PASS' } });

    expect(conversation(desk)).toHaveLength(2);
  });

  test('verdicts written into the mail count for nothing', async () => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const headers = ['X-SES-Spam-Verdict: FAIL', 'Authentication-Results: amazonses.com; dmarc=fail'];

    await deliver(desk, { subject: `Re: [${id}]`, headers });

    expect(conversation(desk)).toHaveLength(2);
  });
});

describe('a mail that no person wrote to the desk is parked', () => {
  test.each<[string, Mail]>([
    ['an out-of-office note', { headers: ['Auto-Submitted: auto-replied'] }],
    ['a notice of a machine', { headers: ['Auto-Submitted: auto-generated; owner-email="x"'] }],
    ['a bounce', { source: '' }],
    ['a bounce with brackets', { source: '<>' }],
    ['a mail daemon', { source: 'MAILER-DAEMON@example.com' }],
    ['a mail daemon with a return path', { from: 'Mail Delivery <MAILER-DAEMON@example.com>' }],
    ['a report on delivery', { type: 'multipart/report; report-type=delivery-status; boundary="b"' }],
    ['a receipt of a reader', { type: 'Multipart/Report; report-type=disposition-notification; boundary="b"' }],
    ['a notice with a comment', { headers: ['Auto-Submitted: auto-replied (vacation)'] }],
    ['a forwarded list', { headers: ['Auto-Submitted: auto-forwarded', 'List-Id: <news.example.com>'] }],
    ['our own mail in other letters', { from: DESK_ADDRESS.toUpperCase() }],
    ['a mail from an address for answers', { from: 'support+t-7k2m9q.0123@desk.example.com' }],
    ['a mail that the desk handed in', { source: DESK_ADDRESS }],
    ['a mailing list', { headers: ['List-Id: <news.example.com>'] }],
    ['bulk mail', { headers: ['Precedence: bulk'] }],
    ['a virus', { verdicts: { virus: 'FAIL' } }],
    ['spam', { verdicts: { spam: 'FAIL' } }],
    ['our own mail', { from: DESK_ADDRESS }],
    ['a mail from nobody', { from: 'undisclosed' }],
    ['a mail that nothing proves', { verdicts: { dmarc: 'FAIL' } }],
  ])('%s', async (_, mail) => {
    const desk = aDesk();

    await deliver(desk, mail);

    expect(desk.memory.tickets.size).toBe(0);
    expect(parkedBecause(desk)).toHaveLength(1);
    expect(desk.counted).toEqual(['MailsParked']);
  });

  test.each<[string, Mail]>([
    ['says so of itself', { headers: ['Auto-Submitted: no'] }],
    ['says so with a comment', { headers: ['Auto-Submitted: No (written by hand)'] }],
    ['has it passed on by a machine', { headers: ['Auto-Submitted: auto-forwarded'] }],
    ['works at the desk’s domain', { from: 'supporter@desk.example.com', source: 'supporter@desk.example.com' }],
    ['forwards a report', { type: 'text/plain', text: 'Content-Type: multipart/report' }],
    ['asks for no answers of machines', { headers: ['X-Auto-Response-Suppress: All'] }],
  ])('but not one of a person that %s', async (_, mail) => {
    const desk = aDesk();

    await deliver(desk, mail);

    expect(desk.memory.tickets.size).toBe(1);
  });
});

test('a mail that a machine passed on is acknowledged to its author', async () => {
  const desk = aDesk();

  await deliver(desk, { headers: ['Auto-Submitted: auto-forwarded', 'X-Auto-Response-Suppress: All'] });
  const [ticketId = ''] = [...desk.memory.tickets.keys()];
  await triage(desk)({ ticketId });
  await acknowledge(desk)({ ticketId });

  expect([...desk.memory.mails.values()]).toMatchObject([
    { to: { email: 'kim@example.com' }, content: { template: 'acknowledgement' } },
  ]);
});

test('a mail without subject, text or Message-ID is a ticket all the same', async () => {
  const desk = aDesk();

  await deliver(desk, { id: '', subject: '', text: '' });

  expect([...desk.memory.tickets.values()]).toMatchObject([{ subject: '(no subject)' }]);
  expect(desk.memory.messages).toMatchObject([{ text: '(no text)' }]);
});

test('a mail with HTML only is read as words', async () => {
  const desk = aDesk();
  const text = '<style>p {}</style><p>Ada &amp; I</p><script>alert(1)</script><p>cannot log in.</p>';

  await deliver(desk, { type: 'text/html', text });

  expect(desk.memory.messages[0]?.text).toBe('Ada & I\n\ncannot log in.');
});

test('a text too long to be stored is cut between characters, and kept whole beside it, without its secrets', async () => {
  const desk = aDesk();
  const long = `My card is 4111 1111 1111 1111. ${'\u{1f511}'.repeat(60_000)} The end.`;

  const { objects } = await deliver(desk, { text: long });

  const [message] = desk.memory.messages;
  expect(message?.text.isWellFormed()).toBe(true);
  expect(Buffer.byteLength(message?.text ?? '')).toBeLessThanOrEqual(100_000);
  const whole = Buffer.from(objects.get(message?.whole ?? '') ?? '')
    .toString()
    .trim();
  expect(whole).toMatch(/^My card is \*{4}.*1111\. .* The end\.$/su);
});

test('what the desk wrote is folded away where it comes back without a mark', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const ours = ['Please open the settings of your browser.', 'Then remove the saved password and sign in again.'];
  await act(desk, acts.replies, id, { body: ours.join('\n') });

  await deliver(desk, { subject: `Re: [${id}]`, text: ['That helped.', '', ...ours].join('\r\n') });

  expect(conversation(desk).at(-1)).toMatchObject({ text: 'That helped.', quoted: expect.stringContaining('browser') });
});
