import * as z from 'zod/mini';
import { ACCOUNT, AwsError, REGION } from '../aws/contract.ts';
import type { Resource } from '../template/contract.ts';

const integer = z.number().check(z.int());

/** From the least to the most serious (Lambda guide, "Log level filtering"). */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

/** Members of AWS::Lambda::Function and CreateFunction that the runtime carries out or that change nothing here. */
const properties = z.object({
  FunctionName: z.optional(z.string()),
  Handler: z.string(),
  Runtime: z.string(),
  Role: z.string(),
  Description: z.optional(z.string()),
  Timeout: z.optional(integer.check(z.minimum(1), z.maximum(900))),
  MemorySize: z.optional(integer.check(z.minimum(128), z.maximum(10_240))),
  Environment: z.optional(z.object({ Variables: z.optional(z.record(z.string(), z.string())) })),
  ReservedConcurrentExecutions: z.optional(integer.check(z.minimum(0))),
  DeadLetterConfig: z.optional(z.object({ TargetArn: z.optional(z.string()) })),
  LoggingConfig: z.optional(
    z.object({
      LogFormat: z.optional(z.enum(['Text', 'JSON'])),
      LogGroup: z.optional(z.string()),
      ApplicationLogLevel: z.optional(z.enum(LOG_LEVELS)),
      SystemLogLevel: z.optional(z.enum(LOG_LEVELS)),
    }),
  ),
});

const HARMLESS = new Set([
  ...['Architectures', 'Code', 'Tags', 'TracingConfig', 'EphemeralStorage', 'PackageType', 'Publish', 'KmsKeyArn'],
  ...['RuntimeManagementConfig', 'RecursiveLoop'],
]);

/** A function as it is deployed. */
export interface FunctionConfig {
  name: string;
  arn: string;
  /** Of the template; undefined for a function made by CreateFunction. */
  logicalId: string | undefined;
  handler: string;
  runtime: string;
  roleArn: string;
  description: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Record<string, string>;
  reservedConcurrency: number | undefined;
  deadLetterArn: string | undefined;
  logFormat: 'Text' | 'JSON';
  logGroup: string;
  /** Of JSON logs, the least serious that is kept; text logs are kept whole. */
  logLevel: (typeof LOG_LEVELS)[number];
}

export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** Reads the members of a function; a runtime or member that is not supported is refused by name. */
export const functionConfig = (name: string, given: Record<string, unknown>, logicalId?: string): FunctionConfig => {
  const unsupported = Object.keys(given).filter((key) => !HARMLESS.has(key) && !Object.hasOwn(properties.shape, key));
  if (unsupported.length > 0) {
    throw new AwsError('NotSupportedByLocalRuntime', `Function ${name}: ${unsupported.join(', ')} is not supported.`);
  }
  const parsed = properties.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AwsError(
      'InvalidParameterValueException',
      `Function ${name}: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  const values = parsed.data;
  if (!/^nodejs\d+\.x$/.test(values.Runtime)) {
    throw new AwsError(
      'NotSupportedByLocalRuntime',
      `Function ${name}: the runtime ${values.Runtime} is not supported, only Node.js is.`,
    );
  }
  return {
    name,
    arn: functionArn(name),
    logicalId,
    handler: values.Handler,
    runtime: values.Runtime,
    roleArn: values.Role,
    description: values.Description ?? '',
    timeoutSeconds: values.Timeout ?? 3,
    memoryMb: values.MemorySize ?? 128,
    environment: values.Environment?.Variables ?? {},
    reservedConcurrency: values.ReservedConcurrentExecutions,
    deadLetterArn: values.DeadLetterConfig?.TargetArn,
    logFormat: values.LoggingConfig?.LogFormat ?? 'Text',
    logLevel: values.LoggingConfig?.ApplicationLogLevel ?? 'INFO',
    logGroup: values.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
  };
};

const code = z.object({ S3Key: z.optional(z.string()), ZipFile: z.optional(z.string()) });

/** A function of the template and where its code is: an asset's S3 key, or the text of `index.js` itself. */
export const deployedFunction = (
  resource: Resource,
): { config: FunctionConfig; code: { s3Key: string } | { text: string } } => {
  const config = functionConfig(resource.ref, resource.properties, resource.logicalId);
  const { S3Key, ZipFile } = code.parse(resource.properties.Code);
  if (S3Key !== undefined) return { config, code: { s3Key: S3Key } };
  if (ZipFile !== undefined) return { config, code: { text: ZipFile } };
  throw new AwsError('NotSupportedByLocalRuntime', `Function ${config.name}: only code from a zip is supported.`);
};

/**
 * The name in a function's name, partial ARN or ARN (Lambda API reference, Invoke). Only the unpublished version exists
 * here: any other qualifier is not found.
 */
export const functionNameOf = (identifier: string, qualifier?: string): string => {
  const pattern =
    /^(?:arn:aws:lambda:)?(?:([a-z0-9-]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9_-]{1,140})(?::([$A-Za-z0-9_-]+))?$/;
  const [, , account, name, suffix] = pattern.exec(identifier) ?? [];
  if (name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${identifier}' at 'functionName' failed to satisfy constraint.`,
    );
  }
  const version = qualifier ?? suffix ?? '$LATEST';
  if (version !== '$LATEST' || (account !== undefined && account !== ACCOUNT)) {
    throw functionNotFound(`${functionArn(name)}:${version}`);
  }
  return name;
};

export const functionNotFound = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
