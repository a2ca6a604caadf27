import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { jitteredPause } from '../pause.ts';

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

/** Together they wait for some twelve seconds at most, of the thirty that the sender may take. */
const ATTEMPTS = 6;
const pauseAfter = (attempt: number) => jitteredPause(attempt, 250, 4000);

/**
 * Offers a mail again only when SES says that it comes too fast: so many mails a second it takes, and a burst that went back
 * to the queue would meet itself there minutes later. After all else it is not tried again here, since an answer that was lost
 * must not send twice: the queue brings the mail back.
 */
export const postOffice = (
  configurationSet: string,
  client: SESClient = new SESClient({ maxAttempts: 1 }),
  pause: (attempt: number) => Promise<void> = pauseAfter,
): PostOffice => ({
  send: async ({ from, to, raw, key }) => {
    const mail = new SendRawEmailCommand({
      Source: from,
      Destinations: [to],
      RawMessage: { Data: raw },
      ConfigurationSetName: configurationSet,
      Tags: [{ Name: KEY_TAG, Value: tagValue(key) }],
    });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { MessageId } = await client.send(mail);
        if (MessageId === undefined) throw new Error('SES took the mail without naming it.');
        return MessageId;
      } catch (error) {
        const status = statusOf(error);
        if (status === undefined || status < 400 || status >= 500) throw error;
        if (attempt === ATTEMPTS || !isTooFast(error)) throw new NothingSent({ cause: error });
        await pause(attempt);
      }
    }
  },
});

/** The same name says that the quota of the day is used up (Amazon SES guide, "Errors related to sending quotas"): that lasts. */
const isTooFast = (error: unknown): boolean =>
  error instanceof Error && error.name === 'Throttling' && !/daily/i.test(error.message);

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
