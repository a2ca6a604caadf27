import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';

const integer = z.number().check(z.int());
const QueueUrl = z.string();

const messageAttribute = z.strictObject({
  DataType: z.string().check(z.regex(/^(String|Number|Binary)(\..+)?$/), z.maxLength(256)),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.union([z.string(), z.instanceof(Uint8Array)])),
});

const message = {
  MessageBody: z.string(),
  DelaySeconds: z.optional(integer.check(z.minimum(0), z.maximum(900))),
  MessageAttributes: z.optional(z.record(z.string(), messageAttribute)),
  MessageSystemAttributes: z.optional(z.strictObject({ AWSTraceHeader: z.optional(messageAttribute) })),
};

const visibility = integer.check(z.minimum(0), z.maximum(43_200));
const names = z.optional(z.array(z.string()));
const deletion = { ReceiptHandle: z.string() };
const change = { ReceiptHandle: z.string(), VisibilityTimeout: visibility };
const batchOf = <S extends z.core.$ZodShape>(shape: S) =>
  z.strictObject({ QueueUrl, Entries: z.array(z.strictObject({ Id: z.string(), ...shape })) });

/** The input of each operation; a member that is not here is not supported. */
export const INPUTS = {
  CreateQueue: z.strictObject({
    QueueName: z.string(),
    Attributes: z.optional(z.record(z.string(), z.string())),
    tags: z.optional(z.record(z.string(), z.string())),
  }),
  GetQueueUrl: z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.optional(z.string()) }),
  ListQueues: z.strictObject({
    QueueNamePrefix: z.optional(z.string()),
    MaxResults: z.optional(integer.check(z.minimum(1), z.maximum(1000))),
    NextToken: z.optional(z.string()),
  }),
  GetQueueAttributes: z.strictObject({ QueueUrl, AttributeNames: names }),
  SetQueueAttributes: z.strictObject({ QueueUrl, Attributes: z.record(z.string(), z.string()) }),
  DeleteQueue: z.strictObject({ QueueUrl }),
  PurgeQueue: z.strictObject({ QueueUrl }),
  ListDeadLetterSourceQueues: z.strictObject({ QueueUrl }),
  StartMessageMoveTask: z.strictObject({ SourceArn: z.string(), DestinationArn: z.optional(z.string()) }),
  SendMessage: z.strictObject({ QueueUrl, ...message }),
  SendMessageBatch: batchOf(message),
  ReceiveMessage: z.strictObject({
    QueueUrl,
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
    MaxNumberOfMessages: z.optional(integer.check(z.minimum(1), z.maximum(10))),
    VisibilityTimeout: z.optional(visibility),
    WaitTimeSeconds: z.optional(integer.check(z.minimum(0), z.maximum(20))),
  }),
  DeleteMessage: z.strictObject({ QueueUrl, ...deletion }),
  DeleteMessageBatch: batchOf(deletion),
  ChangeMessageVisibility: z.strictObject({ QueueUrl, ...change }),
  ChangeMessageVisibilityBatch: batchOf(change),
} as const;

export type SqsOperation = keyof typeof INPUTS;
export type InputOf<Operation extends SqsOperation> = z.infer<(typeof INPUTS)[Operation]>;

/** Checks an input; a missing, wrong or unsupported member is refused by its name. */
export const parseInput = <Operation extends SqsOperation>(
  operation: Operation,
  input: Record<string, unknown>,
): InputOf<Operation> => {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null));
  const schema: z.ZodMiniType<InputOf<Operation>> = schemaOf(operation);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    throw new AwsError(
      'NotSupportedByLocalRuntime',
      `SQS ${operation}: the parameter ${[path, ...issue.keys].filter(Boolean).join('.')} is not supported.`,
    );
  }
  if (issue?.path.length === 1 && given[path] === undefined) {
    throw new AwsError('MissingParameter', `The request must contain the parameter ${path}.`);
  }
  throw new AwsError('InvalidParameterValue', `Value for parameter ${path} is invalid. Reason: ${issue?.message}.`);
};

// The compiler cannot follow an index type through a mapped constant, so the pairing is stated here once.
const schemaOf = <Operation extends SqsOperation>(operation: Operation): z.ZodMiniType<InputOf<Operation>> =>
  INPUTS[operation] as unknown as z.ZodMiniType<InputOf<Operation>>;
