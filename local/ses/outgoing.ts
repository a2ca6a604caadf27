import { randomBytes, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import { bare } from './addresses.ts';
import { headerOf, withHeaders } from './mail-headers.ts';

const tag = z.strictObject({ Name: z.string(), Value: z.string() });
const part = z.strictObject({ Data: z.string(), Charset: z.optional(z.string()) });
const addresses = z.optional(z.array(z.string()));

export const rawSchema = z.strictObject({
  Source: z.optional(z.string()),
  Destinations: addresses,
  RawMessage: z.strictObject({ Data: z.union([z.string(), z.instanceof(Uint8Array)]) }),
  ConfigurationSetName: z.optional(z.string()),
  Tags: z.optional(z.array(tag)),
});

export const simpleSchema = z.strictObject({
  Source: z.string(),
  Destination: z.strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }),
  Message: z.strictObject({
    Subject: part,
    Body: z.strictObject({ Text: z.optional(part), Html: z.optional(part) }),
  }),
  ReplyToAddresses: addresses,
  ReturnPath: z.optional(z.string()),
  ConfigurationSetName: z.optional(z.string()),
  Tags: z.optional(z.array(tag)),
});

/** A mail as it is to be sent, whichever operation asked for it. */
export interface Outgoing {
  operation: string;
  /** Envelope sender, bare. */
  source: string;
  /** Addresses that must be verified: the envelope sender and `From`. */
  senders: string[];
  destinations: string[];
  configurationSet: string | undefined;
  tags: Array<{ Name: string; Value: string }>;
  raw: Buffer;
}

/** Largest message of the v1 API. */
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_RECIPIENTS = 50;
const TAG = /^[A-Za-z0-9_.@-]{1,256}$/;

/**
 * The suffix SES puts behind its message ids; mails from us-east-1 bear this one, those from other regions the region's
 * name (`@eu-west-1.amazonses.com`).
 */
const MESSAGE_ID_DOMAIN = 'email.amazonses.com';

const messageIdHeader = (messageId: string): string => `<${messageId}@${MESSAGE_ID_DOMAIN}>`;

/** An id of the form SES gives: time in hex, a UUID-like middle, six zeros. */
export const newMessageId = (now: number): string =>
  `0100${now.toString(16).padStart(12, '0')}-${randomBytes(4).toString('hex')}${randomUUID().slice(8)}-000000`;

const listed = (header: string | undefined): string[] =>
  (header ?? '')
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map(bare)
    .filter((address) => address.includes('@'));

/** Message tags of the header `X-SES-MESSAGE-TAGS: a=b, c=d`. */
const tagsOf = (raw: Buffer): Array<{ Name: string; Value: string }> =>
  (headerOf(raw, 'x-ses-message-tags') ?? '')
    .split(',')
    .map((pair) => pair.trim().split('='))
    .flatMap(([Name = '', ...rest]) => (Name === '' ? [] : [{ Name: Name.trim(), Value: rest.join('=').trim() }]));

export const outgoingRaw = (input: z.output<typeof rawSchema>): Outgoing => {
  const { Data } = input.RawMessage;
  const raw = Buffer.isBuffer(Data) || Data instanceof Uint8Array ? Buffer.from(Data) : Buffer.from(Data, 'base64');
  const from = listed(headerOf(raw, 'from'));
  const source = input.Source === undefined ? (from[0] ?? '') : bare(input.Source);
  const named = ['to', 'cc', 'bcc'].flatMap((name) => listed(headerOf(raw, name)));
  return {
    operation: 'SendRawEmail',
    source,
    senders: [...new Set([source, ...from])],
    destinations: input.Destinations && input.Destinations.length > 0 ? input.Destinations.map(bare) : named,
    configurationSet: input.ConfigurationSetName ?? headerOf(raw, 'x-ses-configuration-set'),
    tags: input.Tags && input.Tags.length > 0 ? input.Tags : tagsOf(raw),
    raw,
  };
};

/** Composes the message of SendEmail. */
export const outgoingSimple = async (input: z.output<typeof simpleSchema>): Promise<Outgoing> => {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination;
  const { Subject, Body } = input.Message;
  const composer = new MailComposer({
    from: input.Source,
    to: ToAddresses,
    cc: CcAddresses,
    ...(input.ReplyToAddresses && { replyTo: input.ReplyToAddresses }),
    subject: Subject.Data,
    ...(Body.Text && { text: Body.Text.Data }),
    ...(Body.Html && { html: Body.Html.Data }),
  });
  const source = bare(input.Source);
  return {
    operation: 'SendEmail',
    source,
    senders: [source],
    destinations: [...ToAddresses, ...CcAddresses, ...BccAddresses].map(bare),
    configurationSet: input.ConfigurationSetName,
    tags: input.Tags ?? [],
    raw: await composer.compile().build(),
  };
};

const invalid = (text: string): AwsError => new AwsError('InvalidParameterValue', text);

/** Limits and forms that SES checks before it accepts a mail. */
export const checkOutgoing = (mail: Outgoing): void => {
  if (mail.source === '') throw invalid("Missing required header 'From'.");
  if (mail.destinations.length === 0) throw invalid('Missing final recipients');
  if (mail.destinations.length > MAX_RECIPIENTS) throw invalid(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  if (mail.raw.length > MAX_BYTES)
    throw invalid(`Message length is more than ${MAX_BYTES} bytes long: '${mail.raw.length}'.`);
  for (const { Name, Value } of mail.tags) {
    if (!TAG.test(Name))
      throw invalid(`Invalid tag name <${Name}>, only alphanumeric ASCII characters, '_', '-', '.', '@' are allowed.`);
    if (!TAG.test(Value))
      throw invalid(
        `Invalid tag value <${Value}>, only alphanumeric ASCII characters, '_', '-', '.', '@' are allowed.`,
      );
  }
};

const REPLACED = new Set(['message-id', 'date', 'bcc', 'x-ses-configuration-set', 'x-ses-message-tags', 'return-path']);

/**
 * The message as it leaves SES: its own Message-ID and Date instead of the sender's, without Bcc and its control headers
 * (SES Developer Guide, "Header fields").
 */
export const asSent = (raw: Buffer, messageId: string, now: number): Buffer =>
  withHeaders(raw, (name) => REPLACED.has(name), [
    { name: 'Message-ID', value: messageIdHeader(messageId) },
    { name: 'Date', value: new Date(now).toUTCString().replace('GMT', '+0000') },
  ]);
