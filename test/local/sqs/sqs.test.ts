import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../../local/aws/contract.ts';
import { aFile, aQueue, aWorld, queueArn, queueUrl, START, type World } from '../lambda/world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld({
    resources: [
      aQueue('dead'),
      aQueue('plain'),
      aQueue('strict', {
        VisibilityTimeout: 10,
        RedrivePolicy: { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 },
      }),
      aQueue('brief', { MessageRetentionPeriod: 60 }),
      aQueue('slow', { DelaySeconds: 5 }),
      aQueue('small', { MaximumMessageSize: 1024 }),
    ],
  });
});
afterEach(() => world.stop());

const call = (operation: string, input: Record<string, unknown>) => world.aws.call('sqs', operation, input, ROOT);
const send = (queue: string, MessageBody: string, more = {}) =>
  call('SendMessage', { QueueUrl: queueUrl(queue), MessageBody, ...more });
const bodies = async (queue: string, more = {}) => (await world.receive(queue, more)).map(({ Body }) => Body);
const attributes = async (queue: string) =>
  (await call('GetQueueAttributes', { QueueUrl: queueUrl(queue), AttributeNames: ['All'] })).Attributes;

describe('a message', () => {
  test('is received once, hidden for the visibility timeout, then received again', async () => {
    await send('plain', 'hello');

    const first = await bodies('plain');
    await world.advance(29);
    const hidden = await bodies('plain');
    await world.advance(1);
    const again = await world.receive('plain', { MessageSystemAttributeNames: ['All'] });

    expect([first, hidden]).toEqual([['hello'], []]);
    expect(again).toMatchObject([
      {
        Body: 'hello',
        Attributes: {
          ApproximateReceiveCount: '2',
          SentTimestamp: String(START),
          ApproximateFirstReceiveTimestamp: String(START),
        },
      },
    ]);
  });

  test('is gone once it was deleted', async () => {
    await send('plain', 'hello');
    const [message] = await world.receive('plain');

    await call('DeleteMessage', { QueueUrl: queueUrl('plain'), ReceiptHandle: message?.ReceiptHandle });
    await world.advance(60);

    expect(await bodies('plain')).toEqual([]);
  });

  test('is not deleted by the receipt of an earlier receive', async () => {
    await send('plain', 'hello');
    const [early] = await world.receive('plain', { VisibilityTimeout: 0 });
    await world.receive('plain', { VisibilityTimeout: 5 });

    await call('DeleteMessage', { QueueUrl: queueUrl('plain'), ReceiptHandle: early?.ReceiptHandle });
    await world.advance(5);

    expect(await bodies('plain')).toEqual(['hello']);
  });

  test('stays hidden longer or comes back at once when its visibility is changed', async () => {
    await send('plain', 'hello');
    const [message] = await world.receive('plain');
    const change = (VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', {
        QueueUrl: queueUrl('plain'),
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      });

    await change(100);
    await world.advance(99);
    const hidden = await bodies('plain');
    await change(0);
    const back = await bodies('plain');

    expect([hidden, back]).toEqual([[], ['hello']]);
    await expect(change(5)).rejects.toMatchObject({ code: 'MessageNotInflight' });
  });

  test('no longer held cannot be hidden again by its old receipt', async () => {
    await send('plain', 'hello');
    const [message] = await world.receive('plain');
    await world.advance(30);

    const late = call('ChangeMessageVisibility', {
      QueueUrl: queueUrl('plain'),
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout: 60,
    });

    await expect(late).rejects.toMatchObject({ code: 'MessageNotInflight' });
    expect(await bodies('plain')).toEqual(['hello']);
  });

  test('is invisible until its delay is over, of its own or of the queue', async () => {
    await send('slow', 'by the queue');
    await send('slow', 'by itself', { DelaySeconds: 1 });

    await world.advance(1);
    const early = await bodies('slow');
    await world.advance(4);

    expect([early, await bodies('slow')]).toEqual([['by itself'], ['by the queue']]);
  });

  test('goes to the dead-letter queue at the receive after the last one allowed', async () => {
    await send('strict', 'poison');

    const received = [];
    for (let n = 0; n < 4; n += 1) {
      received.push(...(await bodies('strict')));
      await world.advance(10);
    }

    expect(received).toEqual(['poison', 'poison']);
    expect(await world.receive('dead', { AttributeNames: ['DeadLetterQueueSourceArn'] })).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: queueArn('strict') } },
    ]);
  });

  test('is sent back from the dead-letter queue to where it came from', async () => {
    await send('strict', 'poison');
    for (let n = 0; n < 3; n += 1) {
      await world.receive('strict', { VisibilityTimeout: 0 });
    }

    await call('StartMessageMoveTask', { SourceArn: queueArn('dead') });

    expect(await bodies('dead')).toEqual([]);
    expect(await bodies('strict')).toEqual(['poison']);
  });

  test('is forgotten after the retention period', async () => {
    await send('brief', 'hello');

    await world.advance(60);

    expect(await bodies('brief')).toEqual([]);
  });

  test('keeps its attributes and gives those that are asked for', async () => {
    const MessageAttributes = {
      'app.kind': { DataType: 'String', StringValue: 'survey' },
      'app.size': { DataType: 'Number', StringValue: '7' },
      raw: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]).toString('base64') },
    };
    await send('plain', 'hello', { MessageAttributes });

    const [some] = await world.receive('plain', { MessageAttributeNames: ['app.*'], VisibilityTimeout: 0 });
    const [all] = await world.receive('plain', { MessageAttributeNames: ['All'], VisibilityTimeout: 0 });
    const [none] = await world.receive('plain');

    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['app.kind', 'app.size']);
    expect(all?.MessageAttributes).toEqual(MessageAttributes);
    expect(none).not.toHaveProperty('MessageAttributes');
  });

  test.each([
    ['too long', 'small', 'x'.repeat(1025), {}, 'InvalidParameterValue'],
    [
      'too long with its attributes',
      'small',
      'x'.repeat(1020),
      { MessageAttributes: { a: { DataType: 'String', StringValue: 'xx' } } },
      'InvalidParameterValue',
    ],
    ['over 1 MiB', 'plain', 'x'.repeat(1_048_577), {}, 'InvalidParameterValue'],
    ['empty', 'plain', '', {}, 'MissingParameter'],
    ['with a character XML does not know', 'plain', 'a\u0000b', {}, 'InvalidMessageContents'],
    ['to nowhere', 'none', 'x', {}, 'QueueDoesNotExist'],
    ['delayed too long', 'plain', 'x', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    [
      'with a number that is none',
      'plain',
      'x',
      { MessageAttributes: { a: { DataType: 'Number', StringValue: 'x' } } },
      'InvalidParameterValue',
    ],
    ['of a group', 'plain', 'x', { MessageGroupId: 'g' }, 'NotSupportedByLocalRuntime'],
  ])('is refused when %s', async (_title, queue, body, more, code) => {
    await expect(send(queue, body, more)).rejects.toMatchObject({ code });
  });
});

describe('waiting for a message', () => {
  test('ends when one is sent', async () => {
    const waiting = bodies('plain', { WaitTimeSeconds: 20 });

    await send('plain', 'hello');

    expect(await waiting).toEqual(['hello']);
  });

  test('ends when a hidden one comes into sight', async () => {
    await send('slow', 'hello');
    const waiting = bodies('slow', { WaitTimeSeconds: 20 });

    await world.advance(5);

    expect(await waiting).toEqual(['hello']);
  });

  test('ends with nothing after its time, and is not activity', async () => {
    const waiting = bodies('plain', { WaitTimeSeconds: 20 });

    await world.kernel.timeMachine.settle();
    await world.advance(20);

    expect(await waiting).toEqual([]);
  });

  test('gives each message to one of those who wait', async () => {
    const waiting = [1, 2].map(() => bodies('plain', { WaitTimeSeconds: 20 }));

    await send('plain', 'a');
    await send('plain', 'b');

    expect((await Promise.all(waiting)).flat().toSorted()).toEqual(['a', 'b']);
  });
});

describe('a batch', () => {
  test('does what it can and names what it cannot', async () => {
    const Entries = [
      { Id: 'good', MessageBody: 'x' },
      { Id: 'bad', MessageBody: 'x'.repeat(1025) },
    ];

    const answer = await call('SendMessageBatch', { QueueUrl: queueUrl('small'), Entries });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'good', MessageId: expect.any(String), MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
    expect(await bodies('small')).toEqual(['x']);
  });

  test('deletes and changes visibility by entry', async () => {
    await send('plain', 'a');
    await send('plain', 'b');
    const [a, b] = await world.receive('plain');
    const QueueUrl = queueUrl('plain');

    const deleted = await call('DeleteMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: '1', ReceiptHandle: a?.ReceiptHandle },
        { Id: '2', ReceiptHandle: 'nonsense' },
      ],
    });
    await call('ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: [{ Id: '1', ReceiptHandle: b?.ReceiptHandle, VisibilityTimeout: 0 }],
    });

    expect(deleted).toMatchObject({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'ReceiptHandleIsInvalid' }] });
    expect(await bodies('plain')).toEqual(['b']);
  });

  test.each([
    ['without entries', [], 'EmptyBatchRequest'],
    [
      'of eleven',
      Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'with the same id twice',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'x' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    ['with an odd id', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    [
      'of more than 1 MiB',
      [1, 2].map((n) => ({ Id: `${n}`, MessageBody: 'x'.repeat(600_000) })),
      'BatchRequestTooLong',
    ],
  ])('is refused %s', async (_title, Entries, code) => {
    await expect(call('SendMessageBatch', { QueueUrl: queueUrl('plain'), Entries })).rejects.toMatchObject({ code });
    expect(await bodies('plain')).toEqual([]);
  });
});

describe('a queue', () => {
  test('is made, found, listed, changed and deleted', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'mine', Attributes: { VisibilityTimeout: '7' } });

    await call('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '3' } });
    const found = await call('GetQueueUrl', { QueueName: 'mine' });
    const listed = await call('ListQueues', { QueueNamePrefix: 'mi' });
    const changed = await attributes('mine');
    await call('DeleteQueue', { QueueUrl });

    expect(found).toEqual({ QueueUrl });
    expect(listed).toEqual({ QueueUrls: [QueueUrl] });
    expect(changed).toMatchObject({ VisibilityTimeout: '7', DelaySeconds: '3', QueueArn: queueArn('mine') });
    await expect(call('GetQueueUrl', { QueueName: 'mine' })).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });

  test('counts what is visible, in flight and delayed', async () => {
    await send('plain', 'a');
    await send('plain', 'b');
    await send('plain', 'c', { DelaySeconds: 5 });
    await world.receive('plain', { MaxNumberOfMessages: 1 });

    expect(await attributes('plain')).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  test('is emptied by a purge', async () => {
    await send('plain', 'a');

    await call('PurgeQueue', { QueueUrl: queueUrl('plain') });

    expect(await bodies('plain')).toEqual([]);
  });

  test('made twice the same is the same, made otherwise is refused', async () => {
    const first = await call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '1' } });

    expect(await call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '1' } })).toEqual(first);
    await expect(call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '2' } })).rejects.toMatchObject({
      code: 'QueueNameExists',
    });
  });

  test('tells which queues it buries for', async () => {
    expect(await call('ListDeadLetterSourceQueues', { QueueUrl: queueUrl('dead') })).toEqual({
      queueUrls: [queueUrl('strict')],
    });
  });

  test('may refuse to bury for another', async () => {
    const RedriveAllowPolicy = JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [queueArn('strict')] });
    await call('SetQueueAttributes', { QueueUrl: queueUrl('dead'), Attributes: { RedriveAllowPolicy } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 });

    const asked = call('SetQueueAttributes', { QueueUrl: queueUrl('plain'), Attributes: { RedrivePolicy } });

    await expect(asked).rejects.toMatchObject({ code: 'InvalidAttributeValue' });
  });

  test.each([
    ['FIFO by its name', 'CreateQueue', { QueueName: 'a.fifo' }, 'NotSupportedByLocalRuntime'],
    [
      'FIFO by attribute',
      'CreateQueue',
      { QueueName: 'a', Attributes: { FifoQueue: 'true' } },
      'NotSupportedByLocalRuntime',
    ],
    ['with a bad name', 'CreateQueue', { QueueName: 'a b' }, 'InvalidParameterValue'],
    [
      'with an unknown attribute',
      'CreateQueue',
      { QueueName: 'a', Attributes: { Colour: 'red' } },
      'InvalidAttributeName',
    ],
    [
      'with a value out of range',
      'CreateQueue',
      { QueueName: 'a', Attributes: { VisibilityTimeout: '43201' } },
      'InvalidAttributeValue',
    ],
    [
      'with a bad redrive policy',
      'CreateQueue',
      { QueueName: 'a', Attributes: { RedrivePolicy: '{}' } },
      'InvalidAttributeValue',
    ],
    [
      'asked for eleven messages',
      'ReceiveMessage',
      { QueueUrl: queueUrl('plain'), MaxNumberOfMessages: 11 },
      'InvalidParameterValue',
    ],
    ['asked without its URL', 'ReceiveMessage', {}, 'MissingParameter'],
    [
      'asked for what it lacks',
      'ReceiveMessage',
      { QueueUrl: queueUrl('plain'), ReceiveRequestAttemptId: 'x' },
      'NotSupportedByLocalRuntime',
    ],
  ])('is refused: %s', async (_title, operation, input, code) => {
    await expect(call(operation, input)).rejects.toMatchObject({ code });
  });

  test('keeps its messages, receives and attributes over a restart', async () => {
    const file = aFile();
    const resources = [
      aQueue('dead'),
      aQueue('strict', { RedrivePolicy: { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 } }),
    ];
    const first = await aWorld({ file, resources });
    await first.send('strict', 'waiting');
    await first.receive('strict');
    const made = await first.aws.call(
      'sqs',
      'CreateQueue',
      { QueueName: 'mine', Attributes: { DelaySeconds: '9', SqsManagedSseEnabled: 'true' } },
      ROOT,
    );
    await first.stop();

    await world.stop();
    world = await aWorld({ file, resources });
    const hidden = await bodies('strict');
    await world.advance(30);
    const buried = await bodies('strict');

    expect([hidden, buried, await bodies('dead')]).toEqual([[], [], ['"waiting"']]);
    expect(await call('GetQueueUrl', { QueueName: 'mine' })).toEqual(made);
    expect(await attributes('mine')).toMatchObject({ DelaySeconds: '9', SqsManagedSseEnabled: 'true' });
  });
});

test('a batch asks IAM for the single operation, on the queue', () => {
  const request = {
    operation: 'SendMessageBatch',
    input: { QueueUrl: queueUrl('plain') },
    caller: ROOT,
    requestId: '',
  };

  expect(world.sqs.permissions(request)).toEqual([{ action: 'sqs:SendMessage', resource: queueArn('plain') }]);
});
