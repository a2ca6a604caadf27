import { expect } from 'vitest';
import type { MailStore } from '../../adapters/s3/mail-store.ts';
import { build } from '../../functions/receive-mail/handler.ts';
import { DESK_ADDRESS, type Desk } from './support.ts';

type Verdict = 'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc';

export interface Mail {
  id?: string;
  from?: string;
  subject?: string;
  text?: string;
  type?: string;
  headers?: string[];
  /** Envelope sender; empty as in a bounce. */
  source?: string;
  to?: string;
  verdicts?: Partial<Record<Verdict, string>>;
  /** The whole mail, instead of all that would go into it. */
  raw?: string | Uint8Array;
}

/** A mail bucket in memory, by key. */
export const aMailStore = (): MailStore & { objects: Map<string, Uint8Array> } => {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    read: async (key) => objects.get(key),
    keep: async (key, content) => {
      objects.set(key, content);
    },
  };
};

let mails = 0;

/** A mail as its server hands it to SES. */
export const aMail = (given: Mail): Uint8Array => {
  const { id = `<mail-${++mails}@example.com>`, from = 'Kim <kim@example.com>', to = DESK_ADDRESS } = given;
  if (given.raw !== undefined) return Buffer.from(given.raw);
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Message-ID: ${id}`,
      `Subject: ${given.subject ?? 'I cannot log in'}`,
      `Content-Type: ${given.type ?? 'text/plain'}; charset=utf-8`,
      ...(given.headers ?? []),
      '',
      given.text ?? 'The password is refused.',
    ].join('\r\n'),
  );
};

/** The event of SES for a mail that lies in the bucket. */
export const aReceiptEvent = (messageId: string, given: Mail) => {
  const verdict = (name: Verdict) => ({ status: given.verdicts?.[name] ?? 'PASS' });
  return {
    Records: [
      {
        ses: {
          mail: { messageId, source: given.source ?? 'kim@example.com' },
          receipt: {
            recipients: [given.to ?? DESK_ADDRESS],
            spamVerdict: verdict('spam'),
            virusVerdict: verdict('virus'),
            spfVerdict: verdict('spf'),
            dkimVerdict: verdict('dkim'),
            dmarcVerdict: verdict('dmarc'),
          },
        },
      },
    ],
  };
};

let deliveries = 0;

/** A mail arrives: it is in the bucket, and its event comes. */
export const deliver = async (desk: Desk, given: Mail, store = aMailStore()): Promise<typeof store> => {
  const messageId = `ses-in-${++deliveries}`;
  store.objects.set(`in/${messageId}`, aMail(given));
  await build({ ...desk, store, prefix: 'in/' })(aReceiptEvent(messageId, given));
  return store;
};

export const conversation = (desk: Desk) => desk.memory.messages.filter(({ direction }) => direction === 'in');
export const parkedBecause = (desk: Desk) => [...desk.memory.parked.values()].map(({ why }) => why);

/** The signed address to which answers to a ticket go. */
export const replyAddressOf = async (desk: Desk, id: string): Promise<string> => {
  const ticket = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
  return (await desk.links.letterhead(ticket, desk.clock.at)).replyTo;
};
