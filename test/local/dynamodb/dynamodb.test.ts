import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAws, type TestAws } from '../support/dynamodb.ts';

let aws: TestAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

const ticket = (id: string, rest: Record<string, { S: string } | { N: string }> = {}) => ({
  PK: { S: `TICKET#${id}` },
  SK: { S: 'TICKET' },
  ...rest,
});

describe('DynamoDB over the AWS SDK', () => {
  test('the table of the template exists with its index, its stream and ARNs of the region', async () => {
    const { Table } = await aws.client().send(new DescribeTableCommand({ TableName: 'Desk' }));

    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/Desk');
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexArn).toBe(`${Table?.TableArn}/index/queue`);
    expect(Table?.LatestStreamArn).toBe(aws.dynamodb.changes.streamArns()[0]);
    expect(Table?.DeletionProtectionEnabled).toBe(true);
  });

  test('what is put is read back, by key and by index', async () => {
    const client = aws.client();

    await client.send(new PutItemCommand({ TableName: 'Desk', Item: ticket('T-1', { queue: { S: 'frontline' } }) }));
    const { Item } = await client.send(new GetItemCommand({ TableName: 'Desk', Key: ticket('T-1') }));
    const { Items } = await client.send(
      new QueryCommand({
        TableName: 'Desk',
        IndexName: 'queue',
        KeyConditionExpression: 'queue = :q',
        ExpressionAttributeValues: { ':q': { S: 'frontline' } },
      }),
    );

    expect(Item).toEqual(ticket('T-1', { queue: { S: 'frontline' } }));
    expect(Items).toEqual([Item]);
  });

  test('a failed condition carries the item that stood in the way', async () => {
    const client = aws.client();
    await client.send(new PutItemCommand({ TableName: 'Desk', Item: ticket('T-2', { version: { N: '3' } }) }));

    const refused = await client
      .send(
        new PutItemCommand({
          TableName: 'Desk',
          Item: ticket('T-2'),
          ConditionExpression: 'attribute_not_exists(PK)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refused).toMatchObject({ Item: ticket('T-2', { version: { N: '3' } }) });
  });

  test('a transaction is all or nothing, with a reason for each item', async () => {
    const client = aws.client();

    const refused = await client
      .send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 'Desk', Item: ticket('T-3') } },
            { Put: { TableName: 'Desk', Item: ticket('T-4'), ConditionExpression: 'attribute_exists(PK)' } },
          ],
        }),
      )
      .catch((error: unknown) => error);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'Desk', Key: ticket('T-3') }));

    expect(refused).toBeInstanceOf(TransactionCanceledException);
    expect(refused).toMatchObject({ CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }] });
    expect(Item).toBeUndefined();
  });

  test('capacity is metered, also of a refused write, and told only to those who ask', async () => {
    const client = aws.client();
    aws.meter.reset();

    const { ConsumedCapacity } = await client.send(new PutItemCommand({ TableName: 'Desk', Item: ticket('T-5') }));
    const put = aws.meter.read().dynamodb;
    await client
      .send(
        new PutItemCommand({ TableName: 'Desk', Item: ticket('T-5'), ConditionExpression: 'attribute_not_exists(PK)' }),
      )
      .catch(() => undefined);
    await client.send(new GetItemCommand({ TableName: 'Desk', Key: ticket('T-5'), ConsistentRead: true }));

    expect(ConsumedCapacity).toBeUndefined();
    expect(put).toEqual({ rru: 0, wru: 1, calls: 1 });
    expect(aws.meter.read().dynamodb).toEqual({ rru: 1, wru: 2, calls: 3 });
  });

  test('an operation the runtime lacks is refused by name', async () => {
    const command = new UpdateContinuousBackupsCommand({
      TableName: 'Desk',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });

    const refused = await aws
      .client()
      .send(command)
      .catch((error: unknown) => error);

    expect(refused).toMatchObject({ name: 'NotSupportedByLocalRuntime' });
    expect(String(refused)).toContain('UpdateContinuousBackups');
  });
});
