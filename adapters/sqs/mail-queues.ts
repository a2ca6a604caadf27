import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Pace } from '../../domain/mail/owed.ts';

/** The two ways to the sender. A queue carries the key of a mail, never the mail. */
export interface MailQueues {
  put(key: string, pace: Pace): Promise<void>;
}

export const mailQueuesAt = (
  urls: Record<Pace, string>,
  client: SQSClient = new SQSClient({ maxAttempts: 4 }),
): MailQueues => ({
  put: async (key, pace) => {
    await client.send(new SendMessageCommand({ QueueUrl: urls[pace], MessageBody: JSON.stringify({ key }) }));
  },
});
