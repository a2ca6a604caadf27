import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import type { Resource } from '../template/contract.ts';
import { checkDestination } from './destinations.ts';
import { compileEventPattern, type EventPattern } from './event-pattern.ts';
import { functionNameOf } from './function-config.ts';

const integer = (least: number, most: number) =>
  z.optional(z.number().check(z.int(), z.minimum(least), z.maximum(most)));

/** Members of AWS::Lambda::EventSourceMapping that are carried out; any other is refused by name. */
const properties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.optional(z.boolean()),
  BatchSize: integer(1, 10_000),
  MaximumBatchingWindowInSeconds: integer(0, 300),
  FunctionResponseTypes: z.optional(z.array(z.literal('ReportBatchItemFailures'))),
  FilterCriteria: z.optional(z.strictObject({ Filters: z.optional(z.array(z.strictObject({ Pattern: z.string() }))) })),
  ScalingConfig: z.optional(z.strictObject({ MaximumConcurrency: integer(2, 1000) })),
  StartingPosition: z.optional(z.enum(['TRIM_HORIZON', 'LATEST'])),
  BisectBatchOnFunctionError: z.optional(z.boolean()),
  MaximumRetryAttempts: integer(-1, 10_000),
  MaximumRecordAgeInSeconds: integer(-1, 604_800),
  ParallelizationFactor: integer(1, 10),
  DestinationConfig: z.optional(
    z.strictObject({ OnFailure: z.optional(z.object({ Destination: z.optional(z.string()) })) }),
  ),
  Tags: z.optional(z.unknown()),
});

interface Filter {
  pattern: EventPattern;
  /** Whether the pattern looks into the body as JSON rather than at its text. */
  readsBody: boolean;
}

/** What both kinds of mapping have. */
interface MappingConfig {
  /** Logical id in the template: the name under which its position is kept. */
  id: string;
  path: string;
  functionName: string;
  sourceArn: string;
  batchSize: number;
  windowMs: number;
  reportsItems: boolean;
  /** None: everything passes. Several: one must fit. */
  filters: Filter[];
}

export interface QueueMappingConfig extends MappingConfig {
  kind: 'queue';
  maximumConcurrency: number;
}

export interface StreamMappingConfig extends MappingConfig {
  kind: 'stream';
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  bisects: boolean;
  /** Infinity: until the record is too old. */
  maximumRetries: number;
  maximumAgeMs: number;
  lanes: number;
  onFailure: string | undefined;
}

/** Without a limit AWS begins with five batches of a queue at a time (Lambda guide, "Scaling for SQS"). */
const CONCURRENCY = 5;
/** A stream forgets its records after a day, whatever the mapping says. */
const STREAM_RETENTION_MS = 86_400_000;

const unlimited = (value: number | undefined): number =>
  value === undefined || value === -1 ? Number.POSITIVE_INFINITY : value;

const filterOf = ({ Pattern }: { Pattern: string }): Filter => {
  const pattern = compileEventPattern(Pattern);
  const parsed: unknown = JSON.parse(Pattern);
  const body = typeof parsed === 'object' && parsed !== null && 'body' in parsed ? parsed.body : undefined;
  return { pattern, readsBody: typeof body === 'object' && !Array.isArray(body) };
};

const STREAM_ONLY = [
  ...(['StartingPosition', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'] as const),
  ...(['ParallelizationFactor', 'DestinationConfig'] as const),
];

const invalid = (path: string, reason: string): AwsError =>
  new AwsError('InvalidParameterValueException', `Event source mapping ${path}: ${reason}`);

/** Reads a mapping of the template; undefined if it is switched off. */
export const mappingConfig = (resource: Resource): QueueMappingConfig | StreamMappingConfig | undefined => {
  const parsed = properties.safeParse(resource.properties);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys') {
      throw new AwsError(
        'NotSupportedByLocalRuntime',
        `Event source mapping ${resource.path}: ${issue.keys.join(', ')} is not supported.`,
      );
    }
    throw invalid(resource.path, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const given = parsed.data;
  if (given.Enabled === false) return undefined;
  const common = {
    id: resource.logicalId,
    path: resource.path,
    functionName: functionNameOf(given.FunctionName),
    sourceArn: given.EventSourceArn,
    windowMs: (given.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    reportsItems: given.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    filters: (given.FilterCriteria?.Filters ?? []).map(filterOf),
  };
  if (/^arn:aws:sqs:/.test(given.EventSourceArn)) {
    const foreign = STREAM_ONLY.find((name) => given[name] !== undefined);
    if (foreign !== undefined) throw invalid(resource.path, `${foreign} is not a parameter for SQS.`);
    const batchSize = given.BatchSize ?? 10;
    if (batchSize > 10 && common.windowMs === 0) {
      throw invalid(
        resource.path,
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      );
    }
    const maximumConcurrency = given.ScalingConfig?.MaximumConcurrency ?? CONCURRENCY;
    return { kind: 'queue', ...common, batchSize, maximumConcurrency };
  }
  if (!/^arn:aws:dynamodb:.*\/stream\//.test(given.EventSourceArn)) {
    throw new AwsError(
      'NotSupportedByLocalRuntime',
      `Event source mapping ${resource.path}: the source ${given.EventSourceArn} is not supported.`,
    );
  }
  if (given.StartingPosition === undefined) throw invalid(resource.path, 'StartingPosition is required for a stream.');
  if (given.ScalingConfig !== undefined) throw invalid(resource.path, 'ScalingConfig is not a parameter for streams.');
  const onFailure = given.DestinationConfig?.OnFailure?.Destination;
  checkDestination(common.functionName, onFailure);
  return {
    kind: 'stream',
    ...common,
    batchSize: given.BatchSize ?? 100,
    startingPosition: given.StartingPosition,
    bisects: given.BisectBatchOnFunctionError ?? false,
    maximumRetries: unlimited(given.MaximumRetryAttempts),
    maximumAgeMs: Math.min(unlimited(given.MaximumRecordAgeInSeconds) * 1000, STREAM_RETENTION_MS),
    lanes: given.ParallelizationFactor ?? 1,
    onFailure,
  };
};

const jsonOrUndefined = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether a record passes the mapping's filters; `body` is a queue message's text. */
export const passes = (filters: readonly Filter[], record: object, body?: string): boolean =>
  filters.length === 0 ||
  filters.some(({ pattern, readsBody }) =>
    pattern(readsBody && body !== undefined ? { ...record, body: jsonOrUndefined(body) } : record),
  );
