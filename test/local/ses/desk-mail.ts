import { EventsService } from '../../../local/events/events-service.ts';
import { S3Service } from '../../../local/s3/s3-service.ts';
import { SesService } from '../../../local/ses/ses-service.ts';
import { SnsService } from '../../../local/sns/sns-service.ts';
import { aDeployment, aFake, aRig, bodyOf, type Call, type Rig } from '../edge/rig.ts';

export const RECEIVE = 'arn:aws:lambda:us-east-1:000000000000:function:receive-mail';
const SETTLE = 'arn:aws:lambda:us-east-1:000000000000:function:settle-mail';

const aRule = (Name: string, After: string | undefined, Recipients: string[], Actions: unknown[], more = {}) => ({
  type: 'AWS::SES::ReceiptRule',
  ref: Name,
  properties: {
    RuleSetName: 'set',
    ...(After && { After }),
    Rule: { Name, Enabled: true, Recipients, Actions, ...more },
  },
});

/** A desk that reads mail to desk.example.com, and to one label-free mailbox of another domain. */
const deployment = aDeployment(
  { type: 'AWS::SES::EmailIdentity', ref: 'desk.example.com', properties: { EmailIdentity: 'desk.example.com' } },
  { type: 'AWS::SES::ConfigurationSet', ref: 'fate', properties: {} },
  {
    type: 'AWS::SES::ConfigurationSetEventDestination',
    properties: {
      ConfigurationSetName: 'fate',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject'],
        EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
      },
    },
  },
  {
    type: 'AWS::Events::Rule',
    ref: 'fate-of-mail',
    attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/fate-of-mail' },
    properties: {
      EventPattern: { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': ['fate'] } } } },
      Targets: [{ Id: 'settle', Arn: SETTLE }],
    },
  },
  { type: 'AWS::S3::Bucket', ref: 'mail', properties: {} },
  { type: 'AWS::SES::ReceiptRuleSet', ref: 'set', properties: {} },
  aRule(
    'last',
    'boss',
    ['.example.org'],
    [
      {
        BounceAction: {
          Sender: 'no@desk.example.com',
          Message: 'Nobody here',
          SmtpReplyCode: '550',
          StatusCode: '5.1.1',
        },
      },
    ],
  ),
  aRule('boss', 'desk', ['boss@example.net'], [{ LambdaAction: { FunctionArn: RECEIVE, InvocationType: 'Event' } }]),
  aRule(
    'desk',
    undefined,
    ['desk.example.com'],
    [
      { S3Action: { BucketName: 'mail', ObjectKeyPrefix: 'in/' } },
      { LambdaAction: { FunctionArn: RECEIVE, InvocationType: 'Event' } },
      { StopAction: { Scope: 'RuleSet' } },
      { LambdaAction: { FunctionArn: 'never', InvocationType: 'Event' } },
    ],
  ),
);

export interface DeskMail {
  rig: Rig;
  ses: SesService;
  s3: S3Service;
  lambda: { calls: Call[] };
  /** SES events that reached the settling function, in order. */
  fates(): Array<{ 'detail-type': string; detail: Record<string, unknown> }>;
  /** SES records that reached the receiving function. */
  received(): Array<{ mail: Record<string, unknown>; receipt: Record<string, unknown> }>;
  stop(): Promise<void>;
}

/** The mail services of a desk; with `file` what they keep outlives them. */
export const aDeskMail = async (file?: string): Promise<DeskMail> => {
  const rig = aRig(file);
  const lambda = aFake('lambda', ['Invoke']);
  const parts = { kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say };
  const ses = new SesService(parts);
  const s3 = new S3Service(parts);
  const services = [ses, s3, new EventsService(parts), new SnsService(parts)];
  for (const each of [...services, lambda]) rig.aws.register(each);
  for (const each of services) await each.start();
  const eventsTo = (arn: string) => lambda.calls.filter(({ input }) => input.FunctionName === arn).map(bodyOf);
  return {
    rig,
    ses,
    s3,
    lambda,
    fates: () => eventsTo(SETTLE) as ReturnType<DeskMail['fates']>,
    received: () =>
      (eventsTo(RECEIVE) as Array<{ Records: Array<{ ses: ReturnType<DeskMail['received']>[number] }> }>).flatMap(
        ({ Records }) => Records.map((record) => record.ses),
      ),
    stop: async () => {
      for (const each of services) await each.stop();
    },
  };
};

export const aMail = (over: Record<string, string> = {}, text = 'Hello'): Buffer => {
  const headers: Record<string, string> = {
    From: 'Anna <anna@customer.example>',
    To: 'support@desk.example.com',
    Subject: 'Help',
    'Message-ID': '<1@customer.example>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...over,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}\r\n`);
};
