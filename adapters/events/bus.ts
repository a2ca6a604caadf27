import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** Tells integrations what happened. */
export interface Bus {
  /** `detailType` as `careline.resolved`; `detail` holds ids and codes, never a person's words. */
  publish(detailType: string, detail: object): Promise<void>;
}

export const busNamed = (name: string, client: EventBridgeClient = new EventBridgeClient({ maxAttempts: 4 })): Bus => ({
  publish: async (detailType, detail) => {
    const { Entries } = await client.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: name, Source: 'careline', DetailType: detailType, Detail: JSON.stringify(detail) }],
      }),
    );
    // PutEvents answers 200 for entries it did not take.
    const refused = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused) throw new Error(`The event bus did not take ${detailType}: ${refused.ErrorCode}.`);
  },
});
