import { Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { DeskFacts } from '../desk-facts.ts';
import type { HandlerFunction } from './handler-function.ts';

/** Geographies in front of the id of an inference profile, which may run the model in any region of theirs. */
const PROFILE = /^(?:us|us-gov|eu|apac|jp|au|ca|global)\./;

/** Lets a function ask the one model that the policy names. With `use: off` it may ask none. */
export function grantModel(handler: HandlerFunction, { triage: { model } }: DeskFacts): void {
  if (model.use === 'off') return;
  const stack = Stack.of(handler);
  const of = `arn:${stack.partition}:bedrock`;
  const profile = `${of}:${stack.region}:${stack.account}:inference-profile/${model.id}`;
  const everywhere = `${of}:*::foundation-model/${model.id.replace(PROFILE, '')}`;
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['bedrock:InvokeModel'],
    resourceArns: PROFILE.test(model.id)
      ? [profile, everywhere]
      : [`${of}:${stack.region}::foundation-model/${model.id}`],
  });
  if (!PROFILE.test(model.id)) return;
  Validations.of(handler.node.scope ?? handler).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:bedrock:*::foundation-model/${model.id.replace(PROFILE, '')}]`,
    reason: 'An inference profile runs its one model in whichever region of its geography has room.',
  });
}
