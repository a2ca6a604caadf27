import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import type { Deployment } from '../template/contract.ts';
import { checkDestination } from './destinations.ts';
import { functionNameOf } from './function-config.ts';

/** How a function's asynchronous events are treated (AWS::Lambda::EventInvokeConfig); the defaults are AWS's. */
export interface InvokeConfig {
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onSuccess: string | undefined;
  onFailure: string | undefined;
}

export const DEFAULT_INVOKE_CONFIG: InvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  onSuccess: undefined,
  onFailure: undefined,
};

const destination = z.optional(z.object({ Destination: z.optional(z.string()) }));

const properties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(2))),
  MaximumEventAgeInSeconds: z.optional(z.number().check(z.int(), z.minimum(60), z.maximum(21_600))),
  DestinationConfig: z.optional(z.strictObject({ OnSuccess: destination, OnFailure: destination })),
});

/** The template's configurations by function name. */
export const invokeConfigs = (deployment: Deployment): Map<string, InvokeConfig> =>
  new Map(
    deployment.resources('AWS::Lambda::EventInvokeConfig').map((resource) => {
      const parsed = properties.safeParse(resource.properties);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new AwsError(
          'InvalidParameterValueException',
          `${resource.path}: ${issue?.path.join('.')}: ${issue?.message}`,
        );
      }
      const { FunctionName, Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } =
        parsed.data;
      const name = functionNameOf(FunctionName, Qualifier);
      const config: InvokeConfig = {
        maximumRetryAttempts: MaximumRetryAttempts ?? DEFAULT_INVOKE_CONFIG.maximumRetryAttempts,
        maximumEventAgeSeconds: MaximumEventAgeInSeconds ?? DEFAULT_INVOKE_CONFIG.maximumEventAgeSeconds,
        onSuccess: DestinationConfig?.OnSuccess?.Destination,
        onFailure: DestinationConfig?.OnFailure?.Destination,
      };
      checkDestination(name, config.onSuccess);
      checkDestination(name, config.onFailure);
      return [name, config];
    }),
  );
