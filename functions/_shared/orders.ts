import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/**
 * The messages of a queue, side by side and each by itself: one that cannot be carried out comes back alone, not with its
 * batch (the event source mapping reports batch item failures).
 *
 * @param carryOut takes the JSON of a message
 * @param putOff says so when one has to come back
 */
export const eachOrder =
  (carryOut: (order: unknown) => Promise<void>, putOff: (error: unknown) => void) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      Records.map(async ({ body, messageId }) => {
        try {
          await carryOut(JSON.parse(body));
          return [];
        } catch (error) {
          putOff(error);
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };
