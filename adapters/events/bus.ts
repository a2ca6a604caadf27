import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { gathered } from '../gather.ts';

/** Tells integrations what happened. */
export interface Bus {
  /** `detailType` as `careline.resolved`; `detail` holds ids and codes, never a person's words. */
  publish(detailType: string, detail: object): Promise<void>;
}

/** Entries of one request (API reference, PutEvents). */
const MOST_ENTRIES = 10;

export const busNamed = (name: string, client: EventBridgeClient = new EventBridgeClient({ maxAttempts: 4 })): Bus => {
  const put = gathered<{ DetailType: string; Detail: string }>(MOST_ENTRIES, async (events) => {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({ Entries: events.map((event) => ({ EventBusName: name, Source: 'careline', ...event })) }),
    );
    // PutEvents answers 200 for entries it did not take.
    return events.map(({ DetailType }, index) => {
      const code = Entries[index]?.ErrorCode;
      return code === undefined ? undefined : new Error(`The event bus did not take ${DetailType}: ${code}.`);
    });
  });
  return { publish: (detailType, detail) => put({ DetailType: detailType, Detail: JSON.stringify(detail) }) };
};
