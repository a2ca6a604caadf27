import type { SQSEvent } from 'aws-lambda';

/** The orders to send what is owed under these keys, as one batch of the queue: messages `m0`, `m1`, … */
export const orders = (...keys: string[]): SQSEvent => ({
  Records: keys.map((key, index) => ({
    messageId: `m${index}`,
    body: JSON.stringify({ key }),
    receiptHandle: '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  })),
});
