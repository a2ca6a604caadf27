import * as z from 'zod/mini';
import { ACCOUNT, AwsError, type Caller } from '../aws/contract.ts';
import { type MessageAttributes, md5, md5OfAttributes, messageSize } from './digests.ts';
import type { InputOf } from './inputs.ts';
import type { MessageRow } from './message-store.ts';
import type { QueueRecord } from './queue-registry.ts';
import type { NewMessage } from './queues.ts';

type SendInput = Omit<InputOf<'SendMessage'>, 'QueueUrl'>;

// Beyond the characters of XML 1.0, which SQS accepts in a body (API reference, SendMessage).
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const invalidAttribute = (name: string, reason: string): AwsError =>
  new AwsError('InvalidParameterValue', `The message attribute '${name}' is invalid. Reason: ${reason}`);

const checkedAttributes = (given: SendInput['MessageAttributes']): MessageAttributes => {
  const entries = Object.entries(given ?? {});
  if (entries.length > 10) {
    throw new AwsError(
      'InvalidParameterValue',
      'Number of message attributes [more than 10] exceeds the allowed maximum [10].',
    );
  }
  return Object.fromEntries(
    entries.map(([name, { DataType, StringValue, BinaryValue }]) => {
      if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) || /^(aws|amazon)\./i.test(name) || name.length > 256) {
        throw invalidAttribute(name, 'the name is not allowed.');
      }
      if (DataType.startsWith('Binary')) {
        if (BinaryValue === undefined || BinaryValue.length === 0)
          throw invalidAttribute(name, 'it must have a binary value.');
        const bytes = typeof BinaryValue === 'string' ? BinaryValue : Buffer.from(BinaryValue).toString('base64');
        return [name, { DataType, BinaryValue: bytes }];
      }
      if (StringValue === undefined || StringValue === '') throw invalidAttribute(name, 'it must have a string value.');
      if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue))) {
        throw invalidAttribute(name, "can't cast the value to a number.");
      }
      return [name, { DataType, StringValue }];
    }),
  );
};

const senderOf = (caller: Caller): string => {
  if (caller.kind === 'root') return ACCOUNT;
  return caller.kind === 'role' ? `${caller.roleArn.split('/').at(-1)}:${caller.holder}` : caller.principal;
};

/** A message accepted for a queue, with the digests its sender is answered. */
export interface Accepted {
  message: NewMessage;
  size: number;
  answer: { MD5OfMessageBody: string; MD5OfMessageAttributes?: string; MD5OfMessageSystemAttributes?: string };
}

/** Checks content and size; throws what SendMessage answers. */
export const accept = (queue: QueueRecord, input: SendInput, caller: Caller): Accepted => {
  if (input.MessageBody === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (FORBIDDEN.test(input.MessageBody)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  const attributes = checkedAttributes(input.MessageAttributes);
  const size = messageSize(input.MessageBody, attributes);
  const most = queue.attributes.MaximumMessageSize;
  if (size > most) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  const trace = input.MessageSystemAttributes?.AWSTraceHeader;
  const ofAttributes = md5OfAttributes(attributes);
  const ofSystem = trace && md5OfAttributes(checkedAttributes({ AWSTraceHeader: trace }));
  return {
    size,
    message: {
      body: input.MessageBody,
      attributes: JSON.stringify(attributes),
      traceHeader: trace?.StringValue,
      sender: senderOf(caller),
      delaySeconds: input.DelaySeconds ?? queue.attributes.DelaySeconds,
    },
    answer: {
      MD5OfMessageBody: md5(input.MessageBody),
      ...(ofAttributes !== undefined && { MD5OfMessageAttributes: ofAttributes }),
      ...(ofSystem !== undefined && { MD5OfMessageSystemAttributes: ofSystem }),
    },
  };
};

const storedAttributes = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.optional(z.string()), BinaryValue: z.optional(z.string()) }),
);

const wanted = (names: readonly string[] | undefined, name: string): boolean =>
  (names ?? []).some(
    (one) => one === name || one === 'All' || one === '.*' || (one.endsWith('.*') && name.startsWith(one.slice(0, -1))),
  );

const receiptHandle = (message: MessageRow): string =>
  Buffer.from(`${message.id}:${message.receipt ?? ''}`).toString('base64url');

export const parseReceipt = (handle: string): { id: number; receipt: string } => {
  const [, id, receipt] = /^(\d+):([0-9a-f-]{36})$/.exec(Buffer.from(handle, 'base64url').toString()) ?? [];
  if (id === undefined || receipt === undefined) {
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      404,
    );
  }
  return { id: Number(id), receipt };
};

/** A message as ReceiveMessage answers it, with the attributes asked for. */
export const received = (message: MessageRow, ask: InputOf<'ReceiveMessage'>): Record<string, unknown> => {
  const system: Record<string, string | undefined> = {
    SenderId: message.sender,
    SentTimestamp: String(message.sent_at),
    ApproximateReceiveCount: String(message.receive_count),
    ApproximateFirstReceiveTimestamp: String(message.first_received_at ?? ''),
    AWSTraceHeader: message.trace_header ?? undefined,
    DeadLetterQueueSourceArn: message.source_arn ?? undefined,
  };
  const systemNames = [...(ask.AttributeNames ?? []), ...(ask.MessageSystemAttributeNames ?? [])];
  const Attributes = Object.entries(system).filter(([name, value]) => value !== undefined && wanted(systemNames, name));
  const all: MessageAttributes = Object.fromEntries(
    Object.entries(storedAttributes.parse(JSON.parse(message.attributes))).map(([name, one]) => [
      name,
      one.BinaryValue === undefined
        ? { DataType: one.DataType, StringValue: one.StringValue ?? '' }
        : { DataType: one.DataType, BinaryValue: one.BinaryValue },
    ]),
  );
  const chosen = Object.fromEntries(Object.entries(all).filter(([name]) => wanted(ask.MessageAttributeNames, name)));
  const digest = md5OfAttributes(chosen);
  return {
    MessageId: message.message_id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Attributes.length > 0 && { Attributes: Object.fromEntries(Attributes) }),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest, MessageAttributes: chosen }),
  };
};
