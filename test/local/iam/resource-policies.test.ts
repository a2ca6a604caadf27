import { describe, expect, test } from 'vitest';
import { TemplateAuthorizer } from '../../../local/iam/authorizer.ts';
import { deploymentWith } from '../support/assembly.ts';

const RULE = 'arn:aws:events:us-east-1:000000000000:rule/settle';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:dead';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:settle';

const authorizer = (...statements: unknown[]) =>
  new TemplateAuthorizer(
    deploymentWith({
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      },
      Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'settle' } },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
          Principal: 'events.amazonaws.com',
          SourceArn: RULE,
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'mail' } },
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: 's3:*',
                Resource: ['arn:aws:s3:::mail', 'arn:aws:s3:::mail/*'],
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
              {
                Effect: 'Allow',
                Principal: { Service: 'ses.amazonaws.com' },
                Action: 's3:PutObject',
                Resource: 'arn:aws:s3:::mail/in/*',
                Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
              },
            ],
          },
        },
      },
    }),
  );

const send = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
};

const outcome = (
  asked: TemplateAuthorizer,
  principal: string,
  action: string,
  resource: string,
  sourceArn?: string,
): Promise<string> =>
  asked
    .authorize({ kind: 'service', principal, ...(sourceArn === undefined ? {} : { sourceArn }) }, { action, resource })
    .then(
      () => 'allowed',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
    );

describe('a service that calls for itself', () => {
  test.each([
    ['a queue, as its policy says', 'events.amazonaws.com', 'sqs:SendMessage', QUEUE, RULE, 'allowed'],
    [
      'a queue for another source',
      'events.amazonaws.com',
      'sqs:SendMessage',
      QUEUE,
      `${RULE}2`,
      'AccessDeniedException',
    ],
    [
      'a queue for an unnamed source',
      'events.amazonaws.com',
      'sqs:SendMessage',
      QUEUE,
      undefined,
      'AccessDeniedException',
    ],
    ['a queue as another service', 'sns.amazonaws.com', 'sqs:SendMessage', QUEUE, RULE, 'AccessDeniedException'],
    ['another action on a queue', 'events.amazonaws.com', 'sqs:DeleteMessage', QUEUE, RULE, 'AccessDeniedException'],
    ['a function it is permitted', 'events.amazonaws.com', 'lambda:InvokeFunction', FUNCTION, RULE, 'allowed'],
    [
      'a function for another rule',
      'events.amazonaws.com',
      'lambda:InvokeFunction',
      FUNCTION,
      `${RULE}2`,
      'AccessDeniedException',
    ],
    [
      'a function of another service',
      'sns.amazonaws.com',
      'lambda:InvokeFunction',
      FUNCTION,
      RULE,
      'AccessDeniedException',
    ],
    ['objects under its prefix', 'ses.amazonaws.com', 's3:PutObject', 'arn:aws:s3:::mail/in/1', undefined, 'allowed'],
    [
      'objects elsewhere',
      'ses.amazonaws.com',
      's3:PutObject',
      'arn:aws:s3:::mail/out/1',
      undefined,
      'AccessDeniedException',
    ],
    [
      'the default event bus',
      'ses.amazonaws.com',
      'events:PutEvents',
      'arn:aws:events:us-east-1:000000000000:event-bus/default',
      undefined,
      'allowed',
    ],
  ])('reaches %s: %s %s', async (_, principal, action, resource, sourceArn, expected) => {
    const result = await outcome(authorizer(send), principal, action, resource, sourceArn);

    expect(result).toBe(expected);
  });

  test('a Deny in the policy wins', async () => {
    const deny = { ...send, Effect: 'Deny' };

    const result = await outcome(authorizer(send, deny), 'events.amazonaws.com', 'sqs:SendMessage', QUEUE, RULE);

    expect(result).toBe('AccessDeniedException');
  });

  test.each([
    ['operator', { IpAddress: { 'aws:SourceArn': '10.0.0.0/8' } }],
    ['key', { StringEquals: { 'aws:SourceOrgID': 'o-1' } }],
  ])('a condition %s that is not supported is refused by name', async (_, Condition) => {
    const result = await outcome(
      authorizer({ ...send, Condition }),
      'events.amazonaws.com',
      'sqs:SendMessage',
      QUEUE,
      RULE,
    );

    expect(result).toBe('NotSupportedByLocalRuntime');
  });
});
