import { z } from 'zod';
import { AwsError } from '../aws/contract.ts';

const arn = z.string().min(1).max(256);
const maxResults = z.number().int().min(0).max(1000).optional();
const nextToken = z.string().optional();
const type = z.enum(['STANDARD', 'EXPRESS']);
/** Accepted and without effect here: logs, tracing and tags concern what AWS shows, not what a machine does. */
const shown = {
  loggingConfiguration: z.unknown().optional(),
  tracingConfiguration: z.unknown().optional(),
};

/** Input members of each operation (Step Functions API reference); any other member is refused by name. */
export const INPUTS = {
  CreateStateMachine: z.strictObject({
    name: z.string(),
    definition: z.string(),
    roleArn: arn,
    type: type.optional(),
    tags: z.unknown().optional(),
    ...shown,
  }),
  UpdateStateMachine: z.strictObject({
    stateMachineArn: arn,
    definition: z.string().optional(),
    roleArn: arn.optional(),
    ...shown,
  }),
  DescribeStateMachine: z.strictObject({ stateMachineArn: arn, includedData: z.string().optional() }),
  DeleteStateMachine: z.strictObject({ stateMachineArn: arn }),
  ListStateMachines: z.strictObject({ maxResults, nextToken }),
  ValidateStateMachineDefinition: z.strictObject({
    definition: z.string(),
    type: type.optional(),
    severity: z.string().optional(),
    maxResults,
  }),
  StartExecution: z.strictObject({
    stateMachineArn: arn,
    name: z.string().optional(),
    input: z.string().optional(),
    traceHeader: z.string().optional(),
  }),
  StartSyncExecution: z.strictObject({
    stateMachineArn: arn,
    name: z.string().optional(),
    input: z.string().optional(),
    traceHeader: z.string().optional(),
    includedData: z.string().optional(),
  }),
  DescribeExecution: z.strictObject({ executionArn: arn, includedData: z.string().optional() }),
  DescribeStateMachineForExecution: z.strictObject({ executionArn: arn, includedData: z.string().optional() }),
  GetExecutionHistory: z.strictObject({
    executionArn: arn,
    maxResults,
    nextToken,
    reverseOrder: z.boolean().optional(),
    includeExecutionData: z.boolean().optional(),
  }),
  ListExecutions: z.strictObject({
    stateMachineArn: arn,
    statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']).optional(),
    maxResults,
    nextToken,
  }),
  StopExecution: z.strictObject({
    executionArn: arn,
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  SendTaskSuccess: z.strictObject({ taskToken: z.string().min(1).max(2048), output: z.string() }),
  SendTaskFailure: z.strictObject({
    taskToken: z.string().min(1).max(2048),
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  SendTaskHeartbeat: z.strictObject({ taskToken: z.string().min(1).max(2048) }),
} as const;

export type Operation = keyof typeof INPUTS;
export type InputOf<O extends Operation> = z.infer<(typeof INPUTS)[O]>;

export const isOperation = (operation: string): operation is Operation => Object.hasOwn(INPUTS, operation);

/** Throws NotSupportedByLocalRuntime for a member not listed above, ValidationException for a wrong one. */
export const parseInput = <S extends z.ZodType>(operation: string, schema: S, input: unknown): z.infer<S> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new AwsError(
      'NotSupportedByLocalRuntime',
      `The local runtime does not support ${issue.keys.join(', ')} of ${operation}.`,
    );
  }
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: ${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'invalid'}`,
  );
};
