import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Lane } from '../../domain/mail/owed.ts';
import { gathered } from '../gather.ts';

/** The queues of the senders. A message carries the key of a mail or text message, never its words. */
export interface MailQueues {
  put(key: string, lane: Lane): Promise<void>;
}

/** Entries of one request (API reference, SendMessageBatch). */
const MOST_ENTRIES = 10;

export const mailQueuesAt = (
  urls: Record<Lane, string>,
  client: SQSClient = new SQSClient({ maxAttempts: 4 }),
): MailQueues => {
  const to = (QueueUrl: string) =>
    gathered<string>(MOST_ENTRIES, async (keys) => {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: keys.map((key, index) => ({ Id: String(index), MessageBody: JSON.stringify({ key }) })),
        }),
      );
      return keys.map((_, index) => {
        const failed = Failed.find(({ Id }) => Id === String(index));
        return failed && new Error(`The queue did not take a mail: ${failed.Code}.`);
      });
    });
  const lanes = { prompt: to(urls.prompt), patient: to(urls.patient), text: to(urls.text) } satisfies Record<
    Lane,
    unknown
  >;
  return { put: (key, lane) => lanes[lane](key) };
};
