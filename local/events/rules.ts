import { refuse } from '../edge/input.ts';
import type { Say } from '../edge/say.ts';
import { isDeliverable, type Target } from '../edge/target.ts';
import { compileEventPattern, type EventPattern } from '../lambda/event-pattern.ts';
import type { Deployment, Resource } from '../template/contract.ts';
import { type Delivery, retryPolicy } from './dispatch.ts';
import { type InputChoice, targetInput } from './transform.ts';

export interface Rule {
  arn: string;
  name: string;
  bus: string;
  matches: EventPattern | undefined;
  schedule: string | undefined;
  targets: RuleTarget[];
}

interface RuleTarget {
  target: Target;
  input: InputChoice;
  retry: Delivery['retry'];
  deadLetterArn: string | undefined;
}

/** Members of a target that mean something to the services this runtime delivers to. */
const KNOWN = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
  'SqsParameters',
]);

export const busName = (nameOrArn: string | undefined): string =>
  nameOrArn?.includes('/') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : (nameOrArn ?? 'default');

// biome-ignore lint/suspicious/noExplicitAny: a target of AWS::Events::Rule, of the shape CloudFormation defines.
const targetOf = (rule: string, given: Record<string, any>): RuleTarget => {
  const unknown = Object.keys(given).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw refuse(`${unknown.join(', ')} of a target of the rule ${rule}`);
  return {
    target: {
      arn: String(given.Arn),
      ...(given.RoleArn && { roleArn: String(given.RoleArn) }),
      ...(given.SqsParameters?.MessageGroupId && { messageGroupId: String(given.SqsParameters.MessageGroupId) }),
    },
    input: {
      ...(given.Input !== undefined && { Input: String(given.Input) }),
      ...(given.InputPath !== undefined && { InputPath: String(given.InputPath) }),
      ...(given.InputTransformer !== undefined && { InputTransformer: given.InputTransformer }),
    },
    retry: retryPolicy(given.RetryPolicy),
    deadLetterArn: given.DeadLetterConfig?.Arn,
  };
};

const ruleOf = (resource: Resource, say: Say): Rule => {
  const { Name, EventBusName, EventPattern: pattern, ScheduleExpression, Targets = [] } = resource.properties;
  const name = String(Name ?? resource.ref.split('/').at(-1) ?? resource.logicalId);
  const targets = [];
  for (const given of Targets) {
    const target = targetOf(name, given);
    if (isDeliverable(target.target.arn)) targets.push(target);
    else say(`events: the rule ${name} also sends to ${target.target.arn}, which the local runtime leaves out`);
  }
  return {
    arn: resource.attributes.Arn ?? resource.ref,
    name,
    bus: busName(EventBusName),
    matches: pattern === undefined ? undefined : compileEventPattern(pattern),
    schedule: ScheduleExpression,
    targets,
  };
};

/** The enabled rules of the template; what a target asks for and the runtime cannot do is refused by name. */
export const readRules = (deployment: Deployment, say: Say): Rule[] =>
  deployment
    .resources('AWS::Events::Rule')
    .filter((resource) => resource.properties.State !== 'DISABLED')
    .map((resource) => ruleOf(resource, say));

/** What a rule owes for an event that it matched, one delivery a target. */
export const deliveriesOf = (rule: Rule, event: Record<string, unknown>): Delivery[] =>
  rule.targets.map(({ target, input, retry, deadLetterArn }) => ({
    target: { ...target, detailType: String(event['detail-type']), source: String(event.source) },
    sender: { principal: 'events.amazonaws.com', sourceArn: rule.arn, holder: rule.name },
    body: targetInput(event, input, { arn: rule.arn, name: rule.name, ingestionTime: String(event.time) }),
    retry,
    ...(deadLetterArn && { deadLetterArn }),
  }));
