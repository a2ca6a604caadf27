import { z } from 'zod';
import type { Json } from './json.ts';

/** The shapes of the Amazon States Language in JSONata, as far as this runtime carries them out. */

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number | undefined;
  MaxAttempts?: number | undefined;
  BackoffRate?: number | undefined;
  MaxDelaySeconds?: number | undefined;
  JitterStrategy?: 'FULL' | 'NONE' | undefined;
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  Assign?: Record<string, Json> | undefined;
  Output?: Json | undefined;
}

interface Transition {
  Next?: string | undefined;
  End?: boolean | undefined;
}

interface Outcome {
  Assign?: Record<string, Json> | undefined;
  Output?: Json | undefined;
}

interface Handlers {
  Retry?: Retrier[] | undefined;
  Catch?: Catcher[] | undefined;
}

export type PassState = { Type: 'Pass' } & Transition & Outcome;

export type TaskState = {
  Type: 'Task';
  Resource: string;
  Arguments?: Json | undefined;
  TimeoutSeconds?: number | string | undefined;
  HeartbeatSeconds?: number | string | undefined;
} & Transition &
  Outcome &
  Handlers;

export interface ChoiceRule extends Outcome {
  Condition: string | boolean;
  Next: string;
}

export type ChoiceState = { Type: 'Choice'; Choices: ChoiceRule[]; Default?: string | undefined } & Outcome;

export type WaitState = {
  Type: 'Wait';
  Seconds?: number | string | undefined;
  Timestamp?: string | undefined;
} & Transition &
  Outcome;

export type SucceedState = { Type: 'Succeed'; Output?: Json | undefined };

export type FailState = { Type: 'Fail'; Error?: string | undefined; Cause?: string | undefined };

export type ParallelState = { Type: 'Parallel'; Arguments?: Json | undefined; Branches: Workflow[] } & Transition &
  Outcome &
  Handlers;

export type MapState = {
  Type: 'Map';
  Items?: Json | undefined;
  ItemSelector?: Json | undefined;
  ItemProcessor: Workflow;
  MaxConcurrency?: number | string | undefined;
  ToleratedFailureCount?: number | string | undefined;
  ToleratedFailurePercentage?: number | string | undefined;
} & Transition &
  Outcome &
  Handlers;

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** A set of states with a beginning: the machine, a branch of a Parallel or the processor of a Map. */
export interface Workflow {
  StartAt: string;
  States: Record<string, State>;
}

export interface Definition extends Workflow {
  Comment?: string | undefined;
  TimeoutSeconds?: number | undefined;
}

const json: z.ZodType<Json> = z.json();
const numberOrExpression = z.union([z.number().int().nonnegative(), z.string().regex(/^\{%[\s\S]*%\}$/)]);
const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const transition = { Next: z.string().optional(), End: z.boolean().optional() };
const assign = z.record(z.string(), json);
const outcome = { Assign: assign.optional(), Output: json.optional() };
const errorEquals = z.array(z.string()).min(1);

const handlers = {
  Retry: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        ErrorEquals: errorEquals,
        IntervalSeconds: z.number().int().min(1).max(99_999_999).optional(),
        MaxAttempts: z.number().int().min(0).max(99_999_999).optional(),
        BackoffRate: z.number().min(1).optional(),
        MaxDelaySeconds: z.number().int().min(1).max(31_622_399).optional(),
        JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
      }),
    )
    .optional(),
  Catch: z
    .array(z.strictObject({ Comment: z.string().optional(), ErrorEquals: errorEquals, Next: z.string(), ...outcome }))
    .optional(),
};

const workflow: z.ZodType<Workflow> = z.lazy(() =>
  z.strictObject({
    Comment: z.string().optional(),
    StartAt: z.string(),
    States: states,
    QueryLanguage: common.QueryLanguage,
  }),
);

const processor: z.ZodType<Workflow> = z.lazy(() =>
  z.strictObject({
    Comment: z.string().optional(),
    StartAt: z.string(),
    States: states,
    QueryLanguage: common.QueryLanguage,
    ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE').optional() }).optional(),
  }),
);

const state: z.ZodType<State> = z.discriminatedUnion('Type', [
  z.strictObject({ Type: z.literal('Pass'), ...common, ...transition, ...outcome }),
  z.strictObject({
    Type: z.literal('Task'),
    ...common,
    ...transition,
    ...outcome,
    ...handlers,
    Resource: z.string(),
    Arguments: json.optional(),
    TimeoutSeconds: numberOrExpression.optional(),
    HeartbeatSeconds: numberOrExpression.optional(),
  }),
  z.strictObject({
    Type: z.literal('Choice'),
    ...common,
    ...outcome,
    Choices: z
      .array(
        z.strictObject({
          Comment: z.string().optional(),
          Condition: z.union([z.boolean(), z.string()]),
          Next: z.string(),
          ...outcome,
        }),
      )
      .min(1),
    Default: z.string().optional(),
  }),
  z.strictObject({
    Type: z.literal('Wait'),
    ...common,
    ...transition,
    ...outcome,
    Seconds: numberOrExpression.optional(),
    Timestamp: z.string().optional(),
  }),
  z.strictObject({ Type: z.literal('Succeed'), ...common, Output: json.optional() }),
  z.strictObject({
    Type: z.literal('Fail'),
    ...common,
    Error: z.string().optional(),
    Cause: z.string().optional(),
  }),
  z.strictObject({
    Type: z.literal('Parallel'),
    ...common,
    ...transition,
    ...outcome,
    ...handlers,
    Arguments: json.optional(),
    Branches: z.array(workflow).min(1),
  }),
  z.strictObject({
    Type: z.literal('Map'),
    ...common,
    ...transition,
    ...outcome,
    ...handlers,
    Items: json.optional(),
    ItemSelector: json.optional(),
    ItemProcessor: processor,
    MaxConcurrency: numberOrExpression.optional(),
    ToleratedFailureCount: numberOrExpression.optional(),
    ToleratedFailurePercentage: numberOrExpression.optional(),
    Label: z.string().optional(),
  }),
]);

const states = z.record(z.string(), state);

export const definitionSchema: z.ZodType<Definition> = z.strictObject({
  Comment: z.string().optional(),
  Version: z.string().optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
  TimeoutSeconds: z.number().int().min(1).max(99_999_999).optional(),
  StartAt: z.string(),
  States: states,
});
