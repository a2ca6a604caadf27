import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';

/** Message attributes as a client gives them; binary values stay base64 text. */
export const attributesSchema = z.record(
  z.string(),
  z.strictObject({
    DataType: z.string(),
    StringValue: z.optional(z.string()),
    BinaryValue: z.optional(z.union([z.string(), z.instanceof(Uint8Array)])),
  }),
);
export type Attributes = z.output<typeof attributesSchema>;

export interface Notification {
  messageId: string;
  topicArn: string;
  subject: string | undefined;
  /** By protocol; `default` always. */
  text: Record<string, string>;
  /** ISO 8601. */
  timestamp: string;
  attributes: Record<string, { Type: string; Value: string }>;
}

const SIGNATURE = 'not-signed-by-the-local-runtime';
const CERTIFICATE = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-local.pem';

const base64 = (value: string | Uint8Array | undefined): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value ?? '');

/** Attributes as subscribers see them. */
export const received = (attributes: Attributes): Notification['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? base64(BinaryValue) },
    ]),
  );

const perProtocol = z.record(z.string(), z.string());

/** The text for each protocol: one for all, or with `MessageStructure: json` a JSON object with at least `default`. */
export const textsOf = (message: string, structure: string | undefined): Record<string, string> => {
  if (structure === undefined) return { default: message };
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message Structure - JSON message body failed to parse');
  }
  const read = perProtocol.safeParse(parsed);
  if (structure === 'json' && read.success && read.data.default !== undefined) return read.data;
  throw new AwsError(
    'InvalidParameter',
    'Invalid parameter: Message Structure - No default entry in JSON message body',
  );
};

const unsubscribeUrl = (subscriptionArn: string): string =>
  `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

/** The JSON document a queue receives (SNS Developer Guide, "Amazon SNS message and JSON formats"). */
export const envelope = (note: Notification, protocol: string, subscriptionArn: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: note.messageId,
    TopicArn: note.topicArn,
    ...(note.subject !== undefined && { Subject: note.subject }),
    Message: note.text[protocol] ?? note.text.default,
    Timestamp: note.timestamp,
    SignatureVersion: '1',
    Signature: SIGNATURE,
    SigningCertURL: CERTIFICATE,
    UnsubscribeURL: unsubscribeUrl(subscriptionArn),
    ...(Object.keys(note.attributes).length > 0 && { MessageAttributes: note.attributes }),
  });

/** The event a function receives (Lambda Developer Guide, "Using Lambda with Amazon SNS"). */
export const lambdaEvent = (note: Notification, subscriptionArn: string): string =>
  JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: note.messageId,
          TopicArn: note.topicArn,
          Subject: note.subject ?? null,
          Message: note.text.lambda ?? note.text.default,
          Timestamp: note.timestamp,
          SignatureVersion: '1',
          Signature: SIGNATURE,
          SigningCertUrl: CERTIFICATE,
          UnsubscribeUrl: unsubscribeUrl(subscriptionArn),
          MessageAttributes: note.attributes,
        },
      },
    ],
  });
