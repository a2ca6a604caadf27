import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { START, startAws, type TestAws } from '../support/dynamodb.ts';

const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/Desk/stream/2026-01-01T00:00:00.000';
const KEY = { PK: { S: 'TICKET#T-1' }, SK: { S: 'TICKET' } };

let aws: TestAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.stop());

describe('the change log', () => {
  test('tells insert, change and removal in order with their images, at the time of the virtual clock', async () => {
    const client = aws.client();
    await client.send(new PutItemCommand({ TableName: 'Desk', Item: { ...KEY, n: { N: '1' } } }));
    await client.send(
      new UpdateItemCommand({
        TableName: 'Desk',
        Key: KEY,
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '2' } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName: 'Desk', Key: KEY }));

    const { records } = await aws.dynamodb.changes.read(STREAM, undefined, 10);

    expect(records.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]?.dynamodb).toMatchObject({
      Keys: KEY,
      OldImage: { n: { N: '1' } },
      NewImage: { n: { N: '2' } },
      ApproximateCreationDateTime: START / 1000,
    });
    expect(records[2]).toMatchObject({ awsRegion: 'us-east-1', eventSourceARN: STREAM });
    expect(records[2]).not.toHaveProperty('userIdentity');
  });

  test('a write that changes nothing leaves no record, and reading goes on behind it', async () => {
    const client = aws.client();
    const item = { ...KEY, tags: { SS: ['a', 'b'] } };
    await client.send(new PutItemCommand({ TableName: 'Desk', Item: item }));
    const { last } = await aws.dynamodb.changes.read(STREAM, undefined, 10);

    await client.send(new PutItemCommand({ TableName: 'Desk', Item: item }));
    await client.send(new DeleteItemCommand({ TableName: 'Desk', Key: KEY }));
    const { records } = await aws.dynamodb.changes.read(STREAM, last, 1);

    expect(records.map((record) => record.eventName)).toEqual(['REMOVE']);
  });

  test('listeners hear of a write before the writer is answered, and no more once they stopped', async () => {
    const client = aws.client();
    let heard = 0;
    const stop = aws.dynamodb.changes.onChange(STREAM, () => {
      heard += 1;
    });

    await client.send(new PutItemCommand({ TableName: 'Desk', Item: KEY }));
    stop();
    await client.send(new DeleteItemCommand({ TableName: 'Desk', Key: KEY }));

    expect(heard).toBe(1);
  });

  test('a client of DynamoDB Streams reads the same records', async () => {
    await aws.client().send(new PutItemCommand({ TableName: 'Desk', Item: KEY }));
    const client = new DynamoDBStreamsClient({
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' },
    });

    const { Streams } = await client.send(new ListStreamsCommand({ TableName: 'Desk' }));
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: STREAM }));
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: STREAM,
        ShardId: StreamDescription?.Shards?.[0]?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    const next = await client.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));
    client.destroy();

    expect(Streams?.[0]?.StreamArn).toBe(STREAM);
    expect(page.Records?.map((record) => record.dynamodb?.Keys)).toEqual([KEY]);
    expect(next.Records).toEqual([]);
  });
});
