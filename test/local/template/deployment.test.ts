import { describe, expect, test } from 'vitest';
import { loadDeployment } from '../../../local/template/deployment.ts';
import { deploymentOf, deploymentWith, writeAssembly } from '../support/assembly.ts';

const at = { httpUrl: 'http://127.0.0.1:8080', awsUrl: 'http://127.0.0.1:4566' };

describe('the deployment', () => {
  test('imports what another stack exports', () => {
    const deployment = deploymentOf(
      {
        name: 'Service',
        dependencies: ['Data'],
        template: {
          Resources: {
            Reader: {
              Type: 'AWS::Lambda::Function',
              Properties: { Environment: { Variables: { TABLE_NAME: { 'Fn::ImportValue': 'Data:Table' } } } },
            },
          },
        },
      },
      {
        name: 'Data',
        template: {
          Resources: { Desk: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} } },
          Outputs: { Table: { Value: { Ref: 'Desk' }, Export: { Name: 'Data:Table' } } },
        },
      },
    );

    const reader = deployment.resource('Reader');

    expect(deployment.stacks).toEqual(['Data', 'Service']);
    expect(reader?.properties.Environment.Variables.TABLE_NAME).toBe('Data-Desk');
    expect(deployment.outputs()).toEqual({ Table: 'Data-Desk' });
  });

  test('keeps given names and makes the same name in every run where none is given', () => {
    const resources = {
      Given: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'prompt' } },
      Made: { Type: 'AWS::SQS::Queue' },
      Ordered: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      Mails: { Type: 'AWS::S3::Bucket' },
      ['Long'.repeat(20)]: { Type: 'AWS::Lambda::Function' },
    };

    const [first, second] = [deploymentWith(resources), deploymentWith(resources)];

    expect(first.resource('Given')?.ref).toBe('http://127.0.0.1:4566/000000000000/prompt');
    expect(first.resource('Made')?.attributes.QueueName).toBe('Desk-Made');
    expect(first.resource('Ordered')?.attributes.QueueName).toBe('Desk-Ordered.fifo');
    expect(first.resource('Mails')?.ref).toBe('desk-mails');
    expect(first.resource('Long'.repeat(20))?.ref).toHaveLength(64);
    expect(second.resource('Long'.repeat(20))?.ref).toBe(first.resource('Long'.repeat(20))?.ref);
  });

  test('finds a resource by ARN and by reference', () => {
    const deployment = deploymentWith({ Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/desk/' } } });

    const found = deployment.byArn('arn:aws:iam::000000000000:role/desk/Desk-Role');

    expect(found?.logicalId).toBe('Role');
    expect(deployment.byArn('Desk-Role')).toBe(found);
  });

  test('tells the endpoint of the API, the issuer of the user pool and the stream of the table', () => {
    const deployment = deploymentWith({
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: { TableName: 'T', StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
      },
    });

    const pool = deployment.resource('Pool');

    expect(deployment.resource('Api')?.attributes.ApiEndpoint).toBe('http://127.0.0.1:8080');
    expect(pool?.attributes.ProviderURL).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${pool?.ref}`);
    expect(deployment.resource('Table')?.attributes.StreamArn).toMatch(/:table\/T\/stream\//);
  });

  test('leaves out resources whose condition is false, and what the CDK keeps for itself', () => {
    const deployment = deploymentWith(
      {
        Off: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
        Metadata: { Type: 'AWS::CDK::Metadata' },
        On: { Type: 'AWS::SQS::Queue' },
      },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );

    expect(deployment.all().map((resource) => resource.logicalId)).toEqual(['On']);
  });

  test('names the types it does not know', () => {
    const deployment = deploymentWith({ Ring: { Type: 'AWS::IoT::Thing' }, Queue: { Type: 'AWS::SQS::Queue' } });

    expect(deployment.unknownTypes).toEqual(['AWS::IoT::Thing']);
  });

  test('finds the folder of an asset, and says so when it is gone', () => {
    const { directory, remove } = writeAssembly([{ name: 'Desk', template: {} }], { 'asset.abc/index.js': '' });
    const deployment = loadDeployment({ assembly: directory, ...at });

    const found = deployment.assetDirectory('abc.zip');

    expect(found).toBe(`${directory}/asset.abc`);
    expect(() => deployment.assetDirectory('gone.zip')).toThrow('synthesize again');
    remove();
  });

  test('takes a nested stack of alarms as it is, and refuses one with work in it, which would be missed', () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Watch.nested.template.json' } };
    const withNested = (types: string[]) => {
      const inner = Object.fromEntries(types.map((Type, index) => [`Inner${index}`, { Type }]));
      const { directory, remove } = writeAssembly(
        [{ name: 'Desk', template: { Resources: { Watch: nested, Queue: { Type: 'AWS::SQS::Queue' } } } }],
        { 'Watch.nested.template.json': JSON.stringify({ Resources: inner }) },
      );
      try {
        return loadDeployment({ assembly: directory, ...at });
      } finally {
        remove();
      }
    };

    const deployment = withNested(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::CDK::Metadata']);

    expect(deployment.unknownTypes).toEqual([]);
    expect(deployment.resource('Queue')).toBeDefined();
    expect(() => withNested(['AWS::CloudWatch::Alarm', 'AWS::Lambda::Function'])).toThrow(
      'The nested stack Watch holds AWS::Lambda::Function',
    );
  });

  test('a missing assembly is one sentence with the remedy', () => {
    expect(() => loadDeployment({ assembly: '/nowhere', ...at })).toThrow(
      'There is no cloud assembly in /nowhere: synthesize it first (npx cdk synth)',
    );
  });
});
