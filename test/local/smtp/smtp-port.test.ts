import { createConnection } from 'node:net';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpPort, type SmtpPort } from '../../../local/smtp/smtp-port.ts';
import { aDeskMail, type DeskMail } from '../ses/desk-mail.ts';

describe('the mail port', () => {
  let desk: DeskMail;
  let smtp: SmtpPort;
  let port: number;

  beforeEach(async () => {
    desk = await aDeskMail();
    smtp = createSmtpPort({ kernel: desk.rig.kernel, ses: desk.ses });
    port = await smtp.listen(0);
  });

  afterEach(async () => {
    await smtp.close();
    await desk.stop();
    await desk.rig.close();
  });

  const send = async (mail: Record<string, unknown>) => {
    const transport = createTransport({ host: '127.0.0.1', port, secure: false });
    try {
      return await transport.sendMail(mail);
    } finally {
      transport.close();
    }
  };

  /** Speaks SMTP by hand, all at once behind the greeting as a pipelining client does; resolves with the answers. */
  const speak = (lines: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let said = '';
      const socket = createConnection(port, '127.0.0.1');
      socket.on('data', (data) => {
        if (said === '') socket.write(lines);
        said += data;
      });
      socket.on('end', () => resolve(said));
      socket.on('error', reject);
    });

  test('takes mail for the desk from any client, with its text and thread unharmed', async () => {
    const sent = await send({
      from: 'علی <ali@customer.example>',
      to: 'support@desk.example.com',
      subject: 'کمک لازم دارم',
      text: 'سلام،\n.نقطه در آغاز\nپاسخ دهید',
      inReplyTo: '<0100-x@email.amazonses.com>',
      references: '<a@desk> <0100-x@email.amazonses.com>',
    });
    await desk.rig.kernel.timeMachine.settle();

    const [record] = desk.received();
    const key = `in/${record?.mail.messageId}`;
    const { Body } = await desk.rig.aws.call('s3', 'GetObject', { Bucket: 'mail', Key: key }, { kind: 'root' });
    const mail = await PostalMime.parse(String(Body));
    expect(sent.accepted).toEqual(['support@desk.example.com']);
    expect(mail.text?.trim()).toBe('سلام،\n.نقطه در آغاز\nپاسخ دهید');
    expect(mail.inReplyTo).toBe('<0100-x@email.amazonses.com>');
    expect(mail.references).toBe('<a@desk> <0100-x@email.amazonses.com>');
    expect(record?.mail).toMatchObject({ source: 'ali@customer.example', commonHeaders: { subject: 'کمک لازم دارم' } });
  });

  test('refuses mail for anybody else with a 550', async () => {
    const sent = send({ from: 'a@b.example', to: 'x@other.example', subject: 's', text: 't' });

    await expect(sent).rejects.toMatchObject({ responseCode: 550 });
    expect(desk.received()).toHaveLength(0);
  });

  test('of several recipients takes those of the desk and names the others', async () => {
    const sent = await send({
      from: 'a@b.example',
      to: ['x@other.example', 'a@desk.example.com'],
      subject: 's',
      text: 't',
    });

    expect(sent.accepted).toEqual(['a@desk.example.com']);
    expect(sent.rejected).toEqual(['x@other.example']);
  });

  test('takes pipelined commands, several mails on one connection, and the empty sender of a bounce', async () => {
    const one = (from: string) =>
      `MAIL FROM:<${from}>\r\nRCPT TO:<a@desk.example.com>\r\nDATA\r\nSubject: ${from}\r\n\r\nx\r\n.\r\n`;

    const said = await speak(`EHLO me\r\n${one('')}${one('b@b.example')}QUIT\r\n`);
    await desk.rig.kernel.timeMachine.settle();

    expect(said.match(/^250 OK [0-9a-f]{40}/gm)).toHaveLength(2);
    expect(
      desk
        .received()
        .map(({ mail }) => mail.source)
        .sort(),
    ).toEqual(['', 'b@b.example']);
  });

  test('announces its size limit and refuses larger mail before it comes', async () => {
    const said = await speak('EHLO me\r\nMAIL FROM:<a@b.example> SIZE=50000000\r\nQUIT\r\n');

    expect(said).toContain('SIZE 41943040');
    expect(said).toMatch(/^552 /m);
  });

  test('gives every mail passing verdicts, whatever its headers claim', async () => {
    await send({
      from: 'a@b.example',
      to: 'a@desk.example.com',
      subject: 's',
      text: 't',
      headers: { 'x-verdicts': 'spf=FAIL', 'X-SES-Spam-Verdict': 'FAIL' },
    });
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.received()[0]?.receipt).toMatchObject({
      spfVerdict: { status: 'PASS' },
      spamVerdict: { status: 'PASS' },
    });
  });
});
