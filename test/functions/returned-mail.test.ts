import { describe, expect, test } from 'vitest';
import { isLetter } from '../../domain/mail/owed.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as sendMail } from '../../functions/send-mail/handler.ts';
import { act } from './acting.ts';
import { deliver, parkedBecause, replyAddressOf } from './mail-in.ts';
import { aDesk, anOpenTicket, type Desk } from './support.ts';

const SES_ID = '0100018f2b7c4d5e-6f7a8b9c-0d1e-4f2a-8b3c-4d5e6f7a8b9c-000000';

/** A reply that went out to the customer, under an id of SES; its ticket. */
const aSentReply = async (desk: Desk): Promise<string> => {
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Which browser?' });
  const [key = ''] = [...desk.memory.mails.keys()];
  const office = { send: async () => SES_ID };
  const event = { Records: [{ body: JSON.stringify({ key }), messageId: '1' }] } as Parameters<
    ReturnType<typeof sendMail>
  >[0];
  await sendMail({ ...desk, office })(event);
  return id;
};

interface Report {
  to?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
  returned?: string[];
  feedback?: string[];
}

/** A report as servers write it: words for people, fields for machines, the headers of the mail it is about. */
const aReport = ({ to = 'kim@example.com', action = 'failed', status = '5.1.1', ...over }: Report): string => {
  const { diagnostic = 'smtp; 550 5.1.1 User unknown', returned = [`Message-ID: <${SES_ID}@email.amazonses.com>`] } =
    over;
  const machine = over.feedback
    ? ['Content-Type: message/feedback-report', '', ...over.feedback]
    : [
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.com',
        '',
        `Final-Recipient: rfc822; ${to}`,
        `Action: ${action}`,
        `Status: ${status}`,
        `Diagnostic-Code: ${diagnostic}`,
      ];
  const type = over.feedback ? 'feedback-report' : 'delivery-status';
  return [
    'From: Mail Delivery <postmaster@mx.example.com>',
    'Subject: Report',
    'Message-ID: <report@mx.example.com>',
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your message came back.',
    '--b',
    ...machine,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    ...returned,
    '--b--',
  ].join('\r\n');
};

const suppressed = (desk: Desk) => [...desk.memory.suppressed];
const told = (desk: Desk) => desk.memory.events.filter(({ type }) => type === 'mail-bounced');

describe('a report on a mail that the desk sent', () => {
  test('ends the mail to an address that does not exist, and is told once on the ticket', async () => {
    const desk = aDesk();
    const ticketId = await aSentReply(desk);

    await deliver(desk, { source: '', raw: aReport({}) });
    await deliver(desk, { source: '', raw: aReport({}) });

    expect(suppressed(desk)).toEqual(['kim@example.com']);
    expect(told(desk)).toMatchObject([{ ticketId, permanent: true, mail: expect.stringMatching(/^reply#/) }]);
    expect(parkedBecause(desk)).toEqual(['bounce']);
    expect(desk.memory.tickets.size).toBe(1);
  });

  test.each<[string, Report]>([
    ['a delay', { action: 'delayed', status: '4.4.1' }],
    ['news of delivery', { action: 'delivered', status: '2.0.0' }],
    ['a full mailbox', { status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 Mailbox full' }],
    ['a refusal for what it holds', { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 Message blocked as spam' }],
  ])('%s ends nothing', async (_, report) => {
    const desk = aDesk();
    await aSentReply(desk);

    await deliver(desk, { source: '', raw: aReport(report) });

    expect(suppressed(desk)).toEqual([]);
    expect(parkedBecause(desk)).toEqual(['bounce']);
  });

  test('ends no mail to an address it does not speak of, and is told all the same', async () => {
    const desk = aDesk();
    await aSentReply(desk);

    await deliver(desk, { source: '', raw: aReport({ to: 'other@example.org' }) });

    expect(suppressed(desk)).toEqual([]);
    expect(told(desk)).toHaveLength(1);
  });

  test('in words for people alone is understood too', async () => {
    const desk = aDesk();
    await aSentReply(desk);
    const raw = [
      'From: MAILER-DAEMON@mx.example.com',
      'Subject: failure notice',
      '',
      'Hi. This is the qmail-send program at mx.example.com.',
      '<kim@example.com>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '--- Below this line is a copy of the message.',
      `Message-ID: <${SES_ID}@email.amazonses.com>`,
    ].join('\r\n');

    await deliver(desk, { source: '', raw });

    expect(suppressed(desk)).toEqual(['kim@example.com']);
  });

  test('as a complaint ends the mail, even where the address is blotted out', async () => {
    const desk = aDesk();
    await aSentReply(desk);

    await deliver(desk, { source: 'abuse@isp.example', raw: aReport({ feedback: ['Feedback-Type: abuse'] }) });

    expect(suppressed(desk)).toEqual(['kim@example.com']);
    expect(told(desk)).toMatchObject([{ by: expect.stringContaining('mail.complaint') }]);
    expect(parkedBecause(desk)).toEqual(['complaint']);
  });

  test.each(['not-spam', 'auth-failure'])('a %s report complains of nothing', async (type) => {
    const desk = aDesk();
    await aSentReply(desk);

    await deliver(desk, { source: 'abuse@isp.example', raw: aReport({ feedback: [`Feedback-Type: ${type}`] }) });

    expect([suppressed(desk), told(desk)]).toEqual([[], []]);
  });

  test('is known by the signed address that answers would have gone to', async () => {
    const desk = aDesk();
    const id = await aSentReply(desk);
    const returned = [`Reply-To: ${await replyAddressOf(desk, id)}`];

    await deliver(desk, { source: '', raw: aReport({ returned }) });

    expect(suppressed(desk)).toEqual(['kim@example.com']);
  });
});

describe('a forged report', () => {
  test('that names no mail of the desk changes nothing', async () => {
    const desk = aDesk();
    await aSentReply(desk);

    await deliver(desk, {
      source: '',
      raw: aReport({ returned: ['Message-ID: <made-up-0000000000@email.amazonses.com>'] }),
    });

    expect([suppressed(desk), told(desk)]).toEqual([[], []]);
    expect(parkedBecause(desk)).toEqual(['bounce']);
  });

  test('that guessed the number of a ticket is told to its agents, and ends no mail', async () => {
    const desk = aDesk();
    const id = await aSentReply(desk);

    await deliver(desk, { source: '', raw: aReport({ returned: [`References: <ticket.${id}@desk.example.com>`] }) });

    expect(suppressed(desk)).toEqual([]);
    expect(told(desk)).toHaveLength(1);
  });
});

test('an answer that refers to nothing but the id SES gave a mail finds its ticket', async () => {
  const desk = aDesk();
  const id = await aSentReply(desk);

  await deliver(desk, { headers: [`In-Reply-To: <${SES_ID}@eu-central-1.amazonses.com>`] });

  expect(desk.memory.messages.at(-1)).toMatchObject({ ticketId: id, direction: 'in' });
  expect([...desk.memory.mails.values()].filter(isLetter)).toHaveLength(1);
});
