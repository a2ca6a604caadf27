import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** The queue of erasures. A message carries the id of the request, nothing else. */
export interface ErasureQueue {
  /** @param seconds before it is delivered, at most 900 */
  put(id: string, seconds?: number): Promise<void>;
}

export const erasureQueueAt = (
  QueueUrl: string,
  client: SQSClient = new SQSClient({ maxAttempts: 4 }),
): ErasureQueue => ({
  put: async (id, seconds = 0) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ id }), DelaySeconds: seconds }));
  },
});
