import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { roleWith, startAws, TABLE, type TestAws } from '../support/dynamodb.ts';

const TABLE_ARN = { 'Fn::GetAtt': ['Table', 'Arn'] };
const KEY = { PK: { S: 'TICKET#1' }, SK: { S: 'TICKET' } };
const put = new PutItemCommand({ TableName: 'Desk', Item: KEY });
const get = new GetItemCommand({ TableName: 'Desk', Key: KEY });

let aws: TestAws;
afterEach(() => aws.stop());

const started = async (...statements: unknown[]): Promise<void> => {
  aws = await startAws({ Table: TABLE, ...roleWith(...statements) });
};

const allow = (actions: string[], resource: unknown = TABLE_ARN, condition?: unknown) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});

describe('calls with a role of the template', () => {
  test('what is granted passes and what is not is denied in the words of AWS', async () => {
    await started(allow(['dynamodb:GetItem']));
    const clerk = aws.client('clerk');

    const granted = await clerk.send(get);
    const denied = await clerk.send(put).catch((error: unknown) => error);

    expect(granted.$metadata.httpStatusCode).toBe(200);
    expect(denied).toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/Clerk/clerk is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Desk because no identity-based policy allows the dynamodb:PutItem action',
    });
  });

  test('a grant on the table does not reach its indexes', async () => {
    await started(allow(['dynamodb:Query']));
    const query = new QueryCommand({
      TableName: 'Desk',
      IndexName: 'queue',
      KeyConditionExpression: 'queue = :q',
      ExpressionAttributeValues: { ':q': { S: 'frontline' } },
    });

    const denied = await aws
      .client('clerk')
      .send(query)
      .catch((error: unknown) => error);

    expect(String(denied)).toContain(
      'dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Desk/index/queue',
    );
  });

  test('a transaction needs the action of each of its items', async () => {
    await started(allow(['dynamodb:PutItem']));
    const transaction = (item: Record<string, unknown>) =>
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'Desk', Item: KEY } }, item] });
    const other = { PK: { S: 'TICKET#2' }, SK: { S: 'TICKET' } };
    const clerk = aws.client('clerk');

    const puts = await clerk.send(transaction({ Put: { TableName: 'Desk', Item: other } }));
    const checks = await clerk
      .send(
        transaction({ ConditionCheck: { TableName: 'Desk', Key: other, ConditionExpression: 'attribute_exists(PK)' } }),
      )
      .catch((error: unknown) => error);

    expect(puts.$metadata.httpStatusCode).toBe(200);
    expect(String(checks)).toContain('dynamodb:ConditionCheckItem');
  });

  test('an explicit Deny wins over an Allow', async () => {
    await started(allow(['dynamodb:*']), { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' });

    const denied = await aws
      .client('clerk')
      .send(put)
      .catch((error: unknown) => error);

    expect(denied).toMatchObject({ name: 'AccessDeniedException' });
  });

  test('leading keys are held to a condition', async () => {
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TICKET#*'] } };
    await started(allow(['dynamodb:PutItem'], TABLE_ARN, condition));
    const clerk = aws.client('clerk');
    const agent = { PK: { S: 'AGENT#1' }, SK: { S: 'AGENT' } };

    const ticket = await clerk.send(put);
    const denied = await clerk
      .send(new PutItemCommand({ TableName: 'Desk', Item: agent }))
      .catch((error: unknown) => error);

    expect(ticket.$metadata.httpStatusCode).toBe(200);
    expect(denied).toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a condition key that the runtime cannot fill is refused by name', async () => {
    await started(allow(['dynamodb:PutItem'], TABLE_ARN, { StringEquals: { 'dynamodb:EnclosingOperation': 'X' } }));

    const refused = await aws
      .client('clerk')
      .send(put)
      .catch((error: unknown) => error);

    expect(refused).toMatchObject({ name: 'NotSupportedByLocalRuntime' });
    expect(String(refused)).toContain('dynamodb:EnclosingOperation');
  });

  test('the root of the account may do anything', async () => {
    await started();

    const written = await aws.client('root').send(put);

    expect(written.$metadata.httpStatusCode).toBe(200);
  });

  test('so may what root made with a role of no template, as nothing can grant it less', async () => {
    await started();
    const theirs = { kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/theirs', holder: 'a-machine' } as const;

    const written = aws.gate.call('dynamodb', 'PutItem', { TableName: 'Desk', Item: KEY }, theirs);

    await expect(written).resolves.toEqual({});
  });
});
