import * as z from 'zod/mini';
import { ACCOUNT, AwsError, REGION } from '../aws/contract.ts';

export interface RedrivePolicy {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  sourceQueueArns?: string[] | undefined;
}

/** What a queue does with its messages; times in seconds, as AWS names them. */
export interface QueueAttributes {
  DelaySeconds: number;
  MaximumMessageSize: number;
  MessageRetentionPeriod: number;
  ReceiveMessageWaitTimeSeconds: number;
  VisibilityTimeout: number;
  RedrivePolicy?: RedrivePolicy;
  RedriveAllowPolicy?: RedriveAllowPolicy;
  /** Kept and given back; the runtime encrypts nothing and leaves policies to the check of callers. */
  kept: Record<string, string>;
}

/** Defaults and ranges: SQS API reference, CreateQueue. */
const NUMBERS = {
  DelaySeconds: { initial: 0, least: 0, most: 900 },
  MaximumMessageSize: { initial: 1_048_576, least: 1024, most: 1_048_576 },
  MessageRetentionPeriod: { initial: 345_600, least: 60, most: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { initial: 0, least: 0, most: 20 },
  VisibilityTimeout: { initial: 30, least: 0, most: 43_200 },
} as const;

type NumberName = keyof typeof NUMBERS;

const KEPT = ['SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'Policy'];

export const DEFAULT_ATTRIBUTES: QueueAttributes = {
  DelaySeconds: NUMBERS.DelaySeconds.initial,
  MaximumMessageSize: NUMBERS.MaximumMessageSize.initial,
  MessageRetentionPeriod: NUMBERS.MessageRetentionPeriod.initial,
  ReceiveMessageWaitTimeSeconds: NUMBERS.ReceiveMessageWaitTimeSeconds.initial,
  VisibilityTimeout: NUMBERS.VisibilityTimeout.initial,
  kept: {},
};

const redrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000)),
});

const redriveAllowPolicy = z.object({
  redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
  sourceQueueArns: z.optional(z.array(z.string())),
});

const invalid = (name: string, value: unknown): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}: ${JSON.stringify(value)}.`);

const document = <T>(name: string, value: unknown, schema: z.ZodMiniType<T>): T => {
  let parsed: unknown = value;
  try {
    if (typeof value === 'string') parsed = JSON.parse(value);
  } catch {
    throw invalid(name, value);
  }
  const result = schema.safeParse(parsed);
  if (!result.success) throw invalid(name, value);
  return result.data;
};

const isNumberName = (name: string): name is NumberName => Object.hasOwn(NUMBERS, name);

const boundedNumber = (name: NumberName, value: unknown): number => {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  const { least, most } = NUMBERS[name];
  if (!Number.isInteger(number) || number < least || number > most) throw invalid(name, value);
  return number;
};

/**
 * `current` with the given attributes laid over it: strings as in the API, or numbers and objects as in CloudFormation.
 * An empty RedrivePolicy takes it away. FIFO queues are refused by name.
 */
export const withAttributes = (current: QueueAttributes, given: Record<string, unknown>): QueueAttributes => {
  const next: QueueAttributes = { ...current, kept: { ...current.kept } };
  for (const [name, value] of Object.entries(given)) {
    if (isNumberName(name)) next[name] = boundedNumber(name, value);
    else if (name === 'RedrivePolicy') {
      if (value === '') delete next.RedrivePolicy;
      else next.RedrivePolicy = document(name, value, redrivePolicy);
    } else if (name === 'RedriveAllowPolicy') {
      if (value === '') delete next.RedriveAllowPolicy;
      else next.RedriveAllowPolicy = document(name, value, redriveAllowPolicy);
    } else if (KEPT.includes(name)) next.kept[name] = typeof value === 'string' ? value : JSON.stringify(value);
    else if (name === 'FifoQueue' && String(value) === 'false') continue;
    else if (/^(Fifo|ContentBasedDeduplication|DeduplicationScope)/.test(name)) {
      throw new AwsError('NotSupportedByLocalRuntime', `FIFO queues (attribute ${name}) are not supported.`);
    } else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return next;
};

/** Everything as strings, as GetQueueAttributes answers it. */
export const attributeStrings = (attributes: QueueAttributes): Record<string, string> => {
  const { kept, RedrivePolicy, RedriveAllowPolicy, ...numbers } = attributes;
  const strings = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
  return {
    ...strings,
    ...kept,
    ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    ...(RedriveAllowPolicy && { RedriveAllowPolicy: JSON.stringify(RedriveAllowPolicy) }),
  };
};

export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

/** The name at the end of a queue's URL or ARN; the host of a URL does not matter. */
export const queueNameOf = (urlOrArn: string): string =>
  urlOrArn.slice(Math.max(urlOrArn.lastIndexOf('/'), urlOrArn.lastIndexOf(':')) + 1);
