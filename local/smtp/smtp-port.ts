import { SMTPServer } from 'smtp-server';
import type { Kernel } from '../kernel/kernel.ts';
import type { Incoming, Receipt } from '../ses/inbound.ts';
import { INBOUND_LIMIT } from '../ses/inbound.ts';

export interface SmtpParts {
  kernel: Kernel;
  /** Mail receiving; the SES service. */
  ses: { accepts(address: string): boolean; receive(mail: Incoming): Receipt };
}

export interface SmtpPort {
  /** Listens on 127.0.0.1; port 0 picks a free one. Resolves with the port. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

const addressOf = (mailbox: { address: string } | false | undefined): string => (mailbox ? mailbox.address : '');

const readAll = async (stream: AsyncIterable<unknown>, limit: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts.length = 0;
  }
  return size > limit ? undefined : Buffer.concat(parts);
};

/**
 * The mail port: what a sender's server would speak to SES. Any client may hand in mail for the addresses of the receipt
 * rules, without a login; a mail is answered with 250 once it is kept. Nothing inside a mail changes its verdicts.
 */
export const createSmtpPort = ({ kernel, ses }: SmtpParts): SmtpPort => {
  const take = async (stream: AsyncIterable<unknown>, from: string, to: string[]): Promise<string> => {
    const raw = await readAll(stream, INBOUND_LIMIT);
    if (!raw) throw refusal(552, 'Message size exceeds 40 MB');
    const receipt = ses.receive({ from, to, raw });
    if (receipt.accepted) return `OK ${receipt.messageId}`;
    throw refusal(550, receipt.reason.replace(/^\d+ [\d.]+ /, ''));
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: INBOUND_LIMIT,
    name: 'inbound-smtp.us-east-1.amazonaws.com',
    banner: 'local',
    logger: false,
    onRcptTo: (mailbox, _session, done) => {
      if (ses.accepts(mailbox.address)) done();
      else done(refusal(550, `Requested action not taken: mailbox unavailable: ${mailbox.address}`));
    },
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      const work = take(stream, addressOf(mailFrom), rcptTo.map(addressOf));
      kernel.activity.track('smtp', work).then(
        (text) => done(null, text),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        const listener = server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          // A client that breaks off in the middle of a line is its own trouble.
          server.on('error', () => undefined);
          const address = listener.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
};
