import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Lane } from '../../domain/mail/owed.ts';

/** The ways to the senders. A queue carries the key of a mail or text message, never the words. */
export interface MailQueues {
  put(key: string, lane: Lane): Promise<void>;
}

export const mailQueuesAt = (
  urls: Record<Lane, string>,
  client: SQSClient = new SQSClient({ maxAttempts: 4 }),
): MailQueues => ({
  put: async (key, lane) => {
    await client.send(new SendMessageCommand({ QueueUrl: urls[lane], MessageBody: JSON.stringify({ key }) }));
  },
});
