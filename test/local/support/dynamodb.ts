import { createServer, type Server } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsEndpoint } from '../../../local/aws/endpoint.ts';
import { AwsGate } from '../../../local/aws/gate.ts';
import { DynamoDbService } from '../../../local/dynamodb/dynamodb-service.ts';
import { Faults } from '../../../local/faults/faults.ts';
import { TemplateAuthorizer } from '../../../local/iam/authorizer.ts';
import { credentialsFor, type RoleCredentials } from '../../../local/iam/credentials.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import { Meter } from '../../../local/meter/meter.ts';
import { deploymentWith } from './assembly.ts';

/** The desk's table in small: keys, one index, a stream, Time to Live. */
export const TABLE = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: 'Desk',
    AttributeDefinitions: [
      { AttributeName: 'PK', AttributeType: 'S' },
      { AttributeName: 'SK', AttributeType: 'S' },
      { AttributeName: 'queue', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'PK', KeyType: 'HASH' },
      { AttributeName: 'SK', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'queue',
        KeySchema: [{ AttributeName: 'queue', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    Replicas: [{ Region: { Ref: 'AWS::Region' }, DeletionProtectionEnabled: true }],
  },
};

/** A role with one policy, as the CDK writes them. */
export const roleWith = (...statements: unknown[]): Record<string, unknown> => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Clerk' } },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'ClerkPolicy',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
    },
  },
});

export const CLERK = 'arn:aws:iam::000000000000:role/Clerk';
export const START = Date.parse('2026-11-22T09:00:00Z');

export interface TestAws {
  kernel: Kernel;
  gate: AwsGate;
  dynamodb: DynamoDbService;
  faults: Faults;
  meter: Meter;
  url: string;
  reported: unknown[];
  /** A client of the account's root, or of the role of `roleWith`. */
  client(as?: 'root' | 'clerk'): DynamoDBClient;
  stop(): Promise<void>;
}

const listen = (server: Server): Promise<number> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : 0);
    });
  });

/** The endpoint with DynamoDB behind it, on a clock that stands still. */
export const startAws = async (
  resources: Record<string, unknown> = { Table: TABLE },
  files: { store?: string; tables?: string } = {},
): Promise<TestAws> => {
  const kernel = createKernel({ start: START, speed: 0, ...(files.store === undefined ? {} : { file: files.store }) });
  const deployment = deploymentWith(resources);
  const faults = new Faults();
  const meter = new Meter();
  const gate = new AwsGate({ authorizer: new TemplateAuthorizer(deployment), faults, meter });
  const reported: unknown[] = [];
  const dynamodb = new DynamoDbService({
    kernel,
    deployment,
    meter,
    onLoss: (message) => reported.push(message),
    ...(files.tables === undefined ? {} : { file: files.tables }),
  });
  gate.register(dynamodb);
  gate.register(dynamodb.streams);
  await dynamodb.start();
  const server = createServer(new AwsEndpoint(gate, (error) => reported.push(error)).handle);
  const url = `http://127.0.0.1:${await listen(server)}`;
  const clients: DynamoDBClient[] = [];
  const sign = (as: 'root' | 'clerk'): RoleCredentials | { accessKeyId: string; secretAccessKey: string } =>
    as === 'clerk' ? credentialsFor(CLERK, 'clerk') : { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' };
  return {
    kernel,
    gate,
    dynamodb,
    faults,
    meter,
    url,
    reported,
    client: (as = 'root') => {
      const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials: sign(as), maxAttempts: 1 });
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.destroy();
      server.close();
      server.closeAllConnections();
      await dynamodb.stop();
      kernel.timers.stop();
      kernel.store.close();
    },
  };
};
