import { GetSendQuotaCommand, SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sdk } from '../edge/rig.ts';
import { aDeskMail, aMail, type DeskMail } from './desk-mail.ts';

const fromDesk = { From: 'Support <support@desk.example.com>', To: 'anna@customer.example' };

describe('mail out by the SDK', () => {
  let desk: DeskMail;
  let client: SESClient;

  beforeEach(async () => {
    desk = await aDeskMail();
    client = new SESClient(sdk(await desk.rig.serve()));
  });

  afterEach(async () => {
    await desk.stop();
    await desk.rig.close();
  });

  const send = (raw: Buffer, more: Record<string, unknown> = {}) =>
    client.send(
      new SendRawEmailCommand({
        RawMessage: { Data: raw },
        ConfigurationSetName: 'fate',
        Tags: [{ Name: 'key', Value: 'T-1.reply.2' }],
        ...more,
      }),
    );

  test('is kept as its reader gets it: Persian text, thread headers, parts; with SES’s own Message-ID and Date', async () => {
    const raw = await new MailComposer({
      from: fromDesk.From,
      to: 'علی <ali@customer.example>',
      subject: 'پاسخ به درخواست شما',
      text: 'سلام علی،\nمشکل حل شد.',
      html: '<p dir="rtl">سلام علی</p>',
      messageId: '<mine@desk.example.com>',
      inReplyTo: '<1@customer.example>',
      references: ['<0@customer.example>', '<1@customer.example>'],
      date: new Date(0),
      headers: { 'Auto-Submitted': 'auto-replied', 'X-SES-MESSAGE-TAGS': 'a=b' },
      attachments: [{ filename: 'نامه.txt', content: 'پیوست' }],
    })
      .compile()
      .build();

    const { MessageId } = await send(raw);

    const [mail] = desk.ses.mails();
    expect(mail).toMatchObject({
      n: 1,
      at: '2026-11-22T09:00:00.000Z',
      from: 'support@desk.example.com',
      to: ['ali@customer.example'],
      subject: 'پاسخ به درخواست شما',
      html: '<p dir="rtl">سلام علی</p>\n',
      key: 'T-1.reply.2',
      headers: {
        'message-id': `<${MessageId}@email.amazonses.com>`,
        'in-reply-to': '<1@customer.example>',
        references: '<0@customer.example> <1@customer.example>',
        'auto-submitted': 'auto-replied',
        date: 'Sun, 22 Nov 2026 09:00:00 +0000',
      },
    });
    expect(mail?.text.trim()).toBe('سلام علی،\nمشکل حل شد.');
    expect(mail?.headers).not.toHaveProperty('x-ses-message-tags');
    const again = await PostalMime.parse(desk.ses.rawMail(1) ?? '');
    expect(again.attachments[0]?.filename).toBe('نامه.txt');
    expect(desk.ses.rawMail(2)).toBeUndefined();
  });

  test('is told to EventBridge: sent, then delivered, with the tags of the sender and of SES', async () => {
    const { MessageId } = await send(aMail(fromDesk));
    await desk.rig.kernel.timeMachine.settle();

    const fates = desk.fates();
    expect(fates.map((fate) => fate['detail-type'])).toEqual(['Email Sent', 'Email Delivered']);
    expect(fates[0]).toMatchObject({
      source: 'aws.ses',
      resources: ['arn:aws:ses:us-east-1:000000000000:identity/desk.example.com'],
      detail: {
        eventType: 'Send',
        send: {},
        mail: {
          timestamp: '2026-11-22T09:00:00.000Z',
          source: 'support@desk.example.com',
          messageId: MessageId,
          destination: ['anna@customer.example'],
          commonHeaders: { from: ['Support <support@desk.example.com>'], subject: 'Help', messageId: MessageId },
          tags: { key: ['T-1.reply.2'], 'ses:configuration-set': ['fate'], 'ses:operation': ['SendRawEmail'] },
        },
      },
    });
    expect(fates[1]?.detail).toMatchObject({
      eventType: 'Delivery',
      delivery: { recipients: ['anna@customer.example'] },
    });
  });

  test.each([
    [
      'bounce@simulator.amazonses.com',
      ['Email Sent', 'Email Bounced'],
      { bounce: { bounceType: 'Permanent', bounceSubType: 'General' } },
    ],
    [
      'complaint+x@simulator.amazonses.com',
      ['Email Sent', 'Email Delivered', 'Email Complaint Received'],
      { complaint: { complaintFeedbackType: 'abuse' } },
    ],
    [
      'suppressionlist@simulator.amazonses.com',
      ['Email Sent', 'Email Bounced'],
      { bounce: { bounceSubType: 'Suppressed' } },
    ],
    ['success@simulator.amazonses.com', ['Email Sent', 'Email Delivered'], { delivery: {} }],
  ])('to %s meets its fate', async (address, types, detail) => {
    await send(aMail({ ...fromDesk, To: address }));
    await desk.rig.kernel.timeMachine.settle();

    const fates = desk.fates();
    expect(fates.map((fate) => fate['detail-type'])).toEqual(types);
    expect(fates.at(-1)?.detail).toMatchObject(detail);
  });

  test('meets the fate that was set for an address, among others that get it', async () => {
    desk.ses.setFate('Anna@customer.example', 'bounce');

    await send(aMail(fromDesk), { Destinations: ['anna@customer.example', 'ben@customer.example'] });
    await desk.rig.kernel.timeMachine.settle();

    const details = desk.fates().map(({ detail }) => detail);
    expect(details[1]).toMatchObject({ delivery: { recipients: ['ben@customer.example'] } });
    expect(details[2]).toMatchObject({ bounce: { bouncedRecipients: [{ emailAddress: 'anna@customer.example' }] } });
  });

  test('to somebody away brings an automatic answer to the sender', async () => {
    await send(aMail({ ...fromDesk, To: 'ooto@simulator.amazonses.com' }));
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.received()).toMatchObject([
      { mail: { source: 'ooto@simulator.amazonses.com', commonHeaders: { subject: 'Out of office: Help' } } },
    ]);
  });

  test('without a configuration set tells nobody', async () => {
    await send(aMail(fromDesk), { ConfigurationSetName: undefined });
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.ses.mails()).toHaveLength(1);
    expect(desk.fates()).toHaveLength(0);
  });

  test.each([
    ['from a stranger', { From: 'x@evil.example' }, {}, 'MessageRejected'],
    [
      'in the desk’s envelope but from a stranger',
      { From: 'x@evil.example' },
      { Source: 'support@desk.example.com' },
      'MessageRejected',
    ],
    [
      'with a configuration set that is not there',
      {},
      { ConfigurationSetName: 'none' },
      'ConfigurationSetDoesNotExistException',
    ],
    ['with a tag SES does not take', {}, { Tags: [{ Name: 'key', Value: 'MAIL#1' }] }, 'InvalidParameterValue'],
    [
      'to more than 50',
      {},
      { Destinations: Array.from({ length: 51 }, (_, n) => `a${n}@customer.example`) },
      'InvalidParameterValue',
    ],
    ['with a member that is not supported', {}, { ReturnPathArn: 'arn:x' }, 'NotSupportedByLocalRuntime'],
  ])('%s is refused', async (_, headers, more, name) => {
    const sent = send(aMail({ ...fromDesk, ...headers }), more);

    await expect(sent).rejects.toMatchObject({ name });
    expect(desk.ses.mails()).toHaveLength(0);
  });

  test('may be simple, composed by SES; all mail counts towards the quota', async () => {
    await client.send(
      new SendEmailCommand({
        Source: 'support@desk.example.com',
        Destination: { ToAddresses: ['anna@customer.example'] },
        Message: { Subject: { Data: 'سلام' }, Body: { Text: { Data: 'متن' } } },
      }),
    );

    const quota = await client.send(new GetSendQuotaCommand({}));
    const [mail] = desk.ses.mails();
    expect(mail).toMatchObject({ subject: 'سلام', to: ['anna@customer.example'] });
    expect(mail?.text.trim()).toBe('متن');
    expect(quota.SentLast24Hours).toBe(1);
  });

  test('asks for the grant on the identity and on the configuration set', () => {
    const input = { RawMessage: { Data: aMail(fromDesk).toString('base64') }, ConfigurationSetName: 'fate' };

    const asked = desk.ses.permissions({ operation: 'SendRawEmail', input, caller: { kind: 'root' }, requestId: 'r' });

    expect(asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      'ses:SendRawEmail arn:aws:ses:us-east-1:000000000000:identity/desk.example.com',
      'ses:SendRawEmail arn:aws:ses:us-east-1:000000000000:configuration-set/fate',
    ]);
  });

  test('asks for a grant that can be looked up, even where a mail names no sender', () => {
    const input = { RawMessage: { Data: Buffer.from('Subject: of nobody').toString('base64') } };

    const asked = desk.ses.permissions({ operation: 'SendRawEmail', input, caller: { kind: 'root' }, requestId: 'r' });

    expect(asked).toEqual([{ action: 'ses:SendRawEmail', resource: '*', context: { 'ses:FromAddress': '' } }]);
  });
});
