import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';

const FunctionName = z.string();
const Qualifier = z.optional(z.string());
const bytes = z.union([z.string(), z.instanceof(Uint8Array)]);
/** Members of no consequence here, or checked where the function is read. */
const optional = z.optional(z.unknown());

/** The input of each operation; a member that is not here is not supported. Blobs are bytes or, in JSON, base64 text. */
export const INPUTS = {
  Invoke: z.strictObject({
    FunctionName,
    Qualifier,
    InvocationType: z._default(z.enum(['RequestResponse', 'Event', 'DryRun']), 'RequestResponse'),
    LogType: z._default(z.enum(['None', 'Tail']), 'None'),
    /** Base64 of JSON. */
    ClientContext: z.optional(z.string()),
    /** JSON text, or its bytes. */
    Payload: z.optional(bytes),
  }),
  CreateFunction: z.strictObject({
    FunctionName,
    Runtime: z.string(),
    Role: z.string(),
    Handler: z.string(),
    Code: z.strictObject({ ZipFile: bytes }),
    Description: optional,
    Timeout: optional,
    MemorySize: optional,
    Environment: optional,
    DeadLetterConfig: optional,
    LoggingConfig: optional,
    Architectures: optional,
    PackageType: z.optional(z.literal('Zip')),
    Publish: z.optional(z.literal(false)),
    Tags: optional,
    TracingConfig: optional,
    EphemeralStorage: optional,
  }),
  GetFunction: z.strictObject({ FunctionName, Qualifier }),
  GetFunctionConfiguration: z.strictObject({ FunctionName, Qualifier }),
  DeleteFunction: z.strictObject({ FunctionName, Qualifier }),
  UpdateFunctionCode: z.strictObject({
    FunctionName,
    ZipFile: bytes,
    Publish: z.optional(z.literal(false)),
    Architectures: optional,
  }),
  ListFunctions: z.strictObject({ Marker: z.optional(z.string()), MaxItems: z.optional(z.coerce.number()) }),
} as const;

export type LambdaOperation = keyof typeof INPUTS;
export type InputOf<Operation extends LambdaOperation> = z.output<(typeof INPUTS)[Operation]>;

/** Checks an input; a wrong or unsupported member is refused by its name. */
export const parseInput = <Schema extends z.core.$ZodType>(
  operation: LambdaOperation,
  schema: Schema,
  input: Record<string, unknown>,
): z.output<Schema> => {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null));
  const result = z.safeParse(schema, given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => [path, key].filter(Boolean).join('.')).join(', ');
    throw new AwsError('NotSupportedByLocalRuntime', `Lambda ${operation}: ${names} is not supported.`);
  }
  throw new AwsError('InvalidParameterValueException', `${path}: ${issue?.message}`);
};

/** Bytes given as such, or as base64 text. */
export const bytesOf = (given: string | Uint8Array): Uint8Array =>
  typeof given === 'string' ? Buffer.from(given, 'base64') : given;
