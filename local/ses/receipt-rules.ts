import { refuse } from '../edge/input.ts';
import type { Say } from '../edge/say.ts';
import type { Deployment, Resource } from '../template/contract.ts';
import { bare, covers, fitsCondition } from './addresses.ts';

/** One thing to do with an accepted mail. */
export type ReceiptAction =
  | { type: 'S3'; bucketName: string; prefix: string; topicArn?: string }
  | { type: 'Lambda'; functionArn: string; topicArn?: string }
  | { type: 'SNS'; topicArn: string }
  | { type: 'Bounce'; sender: string; message: string; smtpReplyCode: string; statusCode: string };

export interface ReceiptStep {
  ruleArn: string;
  /** Recipients of the mail that the rule matched. */
  recipients: string[];
  action: ReceiptAction;
}

interface ReceiptRule {
  arn: string;
  recipients: string[];
  actions: ReceiptAction[];
  /** Rules behind this one are not asked. */
  stops: boolean;
}

/** The active rule set. */
export interface ReceiptRules {
  /** Whether a rule takes mail for the address. */
  accepts(address: string): boolean;
  /** What is to be done with a mail to these recipients, in order. */
  stepsFor(recipients: string[]): ReceiptStep[];
}

// biome-ignore lint/suspicious/noExplicitAny: actions of AWS::SES::ReceiptRule, of the shape CloudFormation defines.
type Given = Record<string, any>;

const topic = (given: Given): { topicArn?: string } => (given.TopicArn ? { topicArn: String(given.TopicArn) } : {});

const READERS: Record<string, (given: Given) => ReceiptAction> = {
  S3Action: (given) => ({
    type: 'S3',
    bucketName: String(given.BucketName),
    prefix: String(given.ObjectKeyPrefix ?? ''),
    ...topic(given),
  }),
  LambdaAction: (given) => {
    if (given.InvocationType === 'RequestResponse') throw refuse('a receipt rule that waits for its function');
    return { type: 'Lambda', functionArn: String(given.FunctionArn), ...topic(given) };
  },
  SNSAction: (given) => ({ type: 'SNS', topicArn: String(given.TopicArn) }),
  BounceAction: (given) => ({
    type: 'Bounce',
    sender: String(given.Sender),
    message: String(given.Message),
    smtpReplyCode: String(given.SmtpReplyCode),
    statusCode: String(given.StatusCode ?? '5.0.0'),
  }),
};

const readRule = ({ ref, properties }: Resource): ReceiptRule => {
  const { Rule, RuleSetName } = properties;
  const given: Given[] = Rule.Actions ?? [];
  const stopAt = given.findIndex((action) => action.StopAction);
  const actions = (stopAt < 0 ? given : given.slice(0, stopAt)).map((action) => {
    const [kind = '', members = {}] = Object.entries(action)[0] ?? [];
    const read = READERS[kind];
    if (!read) throw refuse(`${kind} in a receipt rule`);
    return read(members);
  });
  const name = Rule.Name ?? ref;
  return {
    arn: `arn:aws:ses:us-east-1:000000000000:receipt-rule-set/${RuleSetName}:receipt-rule/${name}`,
    recipients: (Rule.Recipients ?? []).map(String),
    actions,
    stops: stopAt >= 0,
  };
};

/** Rules in the order their `After` gives: a rule without it comes first. */
const inOrder = (resources: Resource[]): Resource[] => {
  const ordered: Resource[] = [];
  const place = (after: string | undefined): void => {
    for (const resource of resources) {
      if (resource.properties.After !== after) continue;
      ordered.push(resource);
      place(String(resource.properties.Rule.Name ?? resource.ref));
    }
  };
  place(undefined);
  return ordered;
};

/** Reads the template's rule set; the only one is the active one, of several the first. */
export const readReceiptRules = (deployment: Deployment, say: Say): ReceiptRules => {
  const sets = deployment.resources('AWS::SES::ReceiptRuleSet').map((resource) => resource.ref);
  const [active] = sets;
  if (sets.length > 1)
    say(`ses: of ${sets.length} receipt rule sets the local runtime takes ${active} as the active one`);
  const identities = deployment
    .resources('AWS::SES::EmailIdentity')
    .map(({ properties }) => String(properties.EmailIdentity));
  const rules = inOrder(
    deployment.resources('AWS::SES::ReceiptRule').filter(({ properties }) => properties.RuleSetName === active),
  )
    .filter(({ properties }) => properties.Rule.Enabled !== false)
    .map(readRule);

  /** A rule without conditions takes mail for every verified domain. */
  const fits = (rule: ReceiptRule, address: string): boolean =>
    rule.recipients.length === 0
      ? identities.some((identity) => covers(identity, bare(address)))
      : rule.recipients.some((condition) => fitsCondition(condition, bare(address)));

  return {
    accepts: (address) => rules.some((rule) => fits(rule, address)),
    stepsFor(recipients) {
      const steps: ReceiptStep[] = [];
      for (const rule of rules) {
        const matched = recipients.filter((address) => fits(rule, address));
        if (matched.length === 0) continue;
        steps.push(...rule.actions.map((action) => ({ ruleArn: rule.arn, recipients: matched, action })));
        if (rule.stops) break;
      }
      return steps;
    },
  };
};
