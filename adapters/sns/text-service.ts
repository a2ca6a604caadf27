import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

/** Takes text messages. */
export interface TextService {
  /**
   * Sends to one number in E.164; answers with the id that SNS gave it. Throws `TextRefused` when SNS will never take it,
   * `NoTextSent` when it did not take it now; any other error leaves open whether it went out.
   */
  send(text: { to: string; words: string }): Promise<string>;
}

/** SNS said no for good: the number is none, or opted out with the carrier. */
export class TextRefused extends Error {
  override readonly name = 'TextRefused';
  constructor(options: ErrorOptions) {
    super('SNS refuses the text message.', options);
  }
}

/** SNS said no for now: nothing was sent, and the same text may be offered again. */
export class NoTextSent extends Error {
  override readonly name = 'NoTextSent';
  constructor(options: ErrorOptions) {
    super('SNS did not take the text message.', options);
  }
}

/** Errors about this one message (Amazon SNS API reference, Publish); all others of status 4xx are about us or the moment. */
const FOR_GOOD = new Set([
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'OptedOutException',
  'OptedOut',
]);

// One attempt only: an answer that was lost must not send twice. The queue brings the text back.
export const textService = (client: SNSClient = new SNSClient({ maxAttempts: 1 })): TextService => ({
  send: async ({ to, words }) => {
    try {
      const { MessageId } = await client.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: words,
          // Delivered with the highest reliability: somebody waits for it.
          MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
        }),
      );
      if (MessageId === undefined) throw new Error('SNS took the text message without naming it.');
      return MessageId;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (FOR_GOOD.has(error.name)) throw new TextRefused({ cause: error });
      const status = statusOf(error);
      if (status === undefined || status < 400 || status >= 500) throw error;
      throw new NoTextSent({ cause: error });
    }
  },
});

const statusOf = (error: Error): number | undefined => {
  if (!('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
};
