import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../adapters/dynamo/table.ts';

export interface Engine {
  /** A fresh table of the desk's shape. */
  table(): Promise<Table>;
  stop(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was free.');
  return address.port;
};

/** The real DynamoDB engine of this machine, in memory, on a port of its own. */
export const startEngine = async (): Promise<Engine> => {
  const home = dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json'));
  const port = await freePort();
  const child: ChildProcess = spawn(join(home, 'dynoxide'), ['--port', String(port)], { stdio: 'ignore' });
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await untilReady(client);
  let tables = 0;
  return {
    table: async () => {
      const name = `Desk${++tables}`;
      await client.send(new CreateTableCommand(deskTable(name)));
      return { client, name };
    },
    stop: async () => {
      client.destroy();
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
};

const untilReady = async (client: DynamoDBClient): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error('The DynamoDB engine did not answer.');
};

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
const index = (IndexName: string) => ({
  IndexName,
  KeySchema: keys(`${IndexName}Pk`, `${IndexName}Sk`),
  Projection: { ProjectionType: 'ALL' as const },
});

const deskTable = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ['PK', 'SK', 'queuePk', 'queueSk', 'lookupPk', 'lookupSk'].map(text),
  KeySchema: keys('PK', 'SK'),
  GlobalSecondaryIndexes: [index('queue'), index('lookup')],
});
