import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { segments } from '../../../local/sns/sms.ts';
import { SnsService } from '../../../local/sns/sns-service.ts';
import { aDeployment, aFake, aRig, bodyOf, type Rig, sdk } from '../edge/rig.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

describe('SNS by the SDK', () => {
  let rig: Rig;
  let client: SNSClient;
  let service: SnsService;
  const queue = () => aFake('sqs', ['SendMessage']);
  let sqs: ReturnType<typeof queue>;
  let lambda: ReturnType<typeof queue>;

  beforeEach(async () => {
    rig = aRig();
    sqs = aFake('sqs', ['SendMessage']);
    lambda = aFake('lambda', ['Invoke']);
    const deployment = aDeployment(
      { type: 'AWS::SNS::Topic', ref: TOPIC, properties: {} },
      { type: 'AWS::SQS::Queue', ref: 'http://127.0.0.1/q', attributes: { Arn: QUEUE }, properties: {} },
      { type: 'AWS::SNS::Subscription', properties: { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION } },
      {
        type: 'AWS::SNS::Subscription',
        properties: { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ops@example.com' },
      },
    );
    service = new SnsService({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say });
    for (const each of [service, sqs, lambda]) rig.aws.register(each);
    await service.start();
    client = new SNSClient(sdk(await rig.serve()));
  });

  afterEach(() => rig.close());

  test('a notice reaches queue, function and mailbox, each in its own shape', async () => {
    await client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE }));

    const { MessageId } = await client.send(
      new PublishCommand({
        TopicArn: TOPIC,
        Subject: 'Late',
        Message: 'T-1 is late',
        MessageAttributes: { group: { DataType: 'String', StringValue: 'advanced' } },
      }),
    );
    await rig.kernel.timeMachine.settle();

    const [sent] = sqs.calls;
    expect(sent?.input.QueueUrl).toBe('http://127.0.0.1/q');
    expect(sent?.caller).toEqual({ kind: 'service', principal: 'sns.amazonaws.com', sourceArn: TOPIC });
    expect(JSON.parse(String(sent?.input.MessageBody))).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: TOPIC,
      Message: 'T-1 is late',
      MessageAttributes: { group: { Type: 'String', Value: 'advanced' } },
    });
    expect(lambda.calls[0]?.input.InvocationType).toBe('Event');
    expect(bodyOf(lambda.calls[0])).toMatchObject({
      Records: [{ EventSource: 'aws:sns', Sns: { Message: 'T-1 is late', Subject: 'Late', TopicArn: TOPIC } }],
    });
    expect(service.emails()).toMatchObject([{ n: 1, to: 'ops@example.com', subject: 'Late', text: 'T-1 is late' }]);
  });

  test('raw delivery hands the bare message over', async () => {
    await client.send(
      new SubscribeCommand({
        TopicArn: TOPIC,
        Protocol: 'sqs',
        Endpoint: QUEUE,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );

    await client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'bare' }));
    await rig.kernel.timeMachine.settle();

    expect(sqs.calls[0]?.input.MessageBody).toBe('bare');
  });

  test('a queue that is down gets the notice later, once', async () => {
    await client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE }));
    rig.faults.add([{ service: 'sqs', error: 'ServiceUnavailable', times: 2 }]);

    await client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'late' }));
    await rig.kernel.timeMachine.settle();
    const atFirst = sqs.calls.length;
    await rig.kernel.timeMachine.moveTo(rig.kernel.clock.now() + 60_000);

    expect(atFirst).toBe(0);
    expect(sqs.calls).toHaveLength(1);
  });

  test('a text message is kept with its sender and its segments', async () => {
    await client.send(
      new PublishCommand({
        PhoneNumber: '+4915112345678',
        Message: 'سلام',
        MessageAttributes: { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'Careline' } },
      }),
    );

    expect(service.sms()).toEqual([
      { n: 1, at: '2026-11-22T09:00:00.000Z', to: '+4915112345678', text: 'سلام', sender: 'Careline', segments: 1 },
    ]);
  });

  test('wrong numbers, unknown topics and unknown protocols are refused', async () => {
    const outcomes = await Promise.allSettled([
      client.send(new PublishCommand({ PhoneNumber: '12', Message: 'x' })),
      client.send(new PublishCommand({ TopicArn: `${TOPIC}x`, Message: 'x' })),
      client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'https', Endpoint: 'https://example.com' })),
    ]);

    const names = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.name);
    expect(names).toEqual(['InvalidParameterException', 'NotFoundException', 'NotSupportedByLocalRuntime']);
  });

  test('of a batch each entry has its own outcome', async () => {
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'mine' }));

    const answer = await client.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: 'one' },
          { Id: 'b', Message: 'x'.repeat(256 * 1024 + 1) },
        ],
      }),
    );

    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['a']);
    expect(answer.Failed).toMatchObject([{ Id: 'b', SenderFault: true }]);
  });
});

test.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['س'.repeat(70), 1],
  ['س'.repeat(71), 2],
])('%# a text is cut into segments by its alphabet', (text, expected) => {
  expect(segments(text)).toBe(expected);
});
