import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';

/** Name of the message tag that carries the key of a mail to the events SES sends about it. */
export const KEY_TAG = 'key';

/** Takes composed mail. */
export interface PostOffice {
  /**
   * Sends to this one recipient, whatever the headers say. Answers with the id that SES gave the mail. Throws
   * `NothingSent` when it is certain that SES did not take it; any other error leaves that open.
   */
  send(mail: { from: string; to: string; raw: Uint8Array; key: string }): Promise<string>;
}

/** SES said no: nothing was sent, and the same mail may be offered again. */
export class NothingSent extends Error {
  override readonly name = 'NothingSent';
  constructor(options: ErrorOptions) {
    super('SES did not take the mail.', options);
  }
}

// One attempt only: an answer that was lost must not send twice. The queue brings the mail back.
export const postOffice = (
  configurationSet: string,
  client: SESClient = new SESClient({ maxAttempts: 1 }),
): PostOffice => ({
  send: async ({ from, to, raw, key }) => {
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [to],
          RawMessage: { Data: raw },
          ConfigurationSetName: configurationSet,
          Tags: [{ Name: KEY_TAG, Value: tagValue(key) }],
        }),
      );
      if (MessageId === undefined) throw new Error('SES took the mail without naming it.');
      return MessageId;
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined || status < 400 || status >= 500) throw error;
      throw new NothingSent({ cause: error });
    }
  },
});

const statusOf = (error: unknown): number | undefined => {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
};

/**
 * Tag values take letters, digits, `_`, `-`, `.` and `@` only (Amazon SES API reference, MessageTag). A key is written so
 * that it can still be read and read back: `#` as `.`, all else that is not allowed, and `.` and `_`, as `_` and its code.
 * `survey#T-7K2M9Q#1#csat` → `survey.T-7K2M9Q.1.csat`
 */
export const tagValue = (key: string): string => key.replaceAll(/[^A-Za-z0-9@#-]/gu, escaped).replaceAll('#', '.');

export const keyOfTag = (value: string): string =>
  value
    .replaceAll('.', '#')
    .replaceAll(/_([0-9a-f]+)-/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

const escaped = (character: string): string => `_${(character.codePointAt(0) ?? 0).toString(16)}-`;
