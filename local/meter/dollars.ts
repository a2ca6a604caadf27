import type { MeterReading } from './meter.ts';

/** List prices in us-east-1, without free tiers. */
const PRICES = {
  transition: 0.025 / 1000,
  /** A request and its shortest bill of duration: 100 ms at 64 MB. */
  express: 1.0 / 1e6 + 0.1 * 0.0625 * 0.00001667,
  httpRequest: 1.0 / 1e6,
  invocation: 0.2 / 1e6,
  /** arm64 */
  gigabyteSecond: 0.0000133334,
  write: 0.625 / 1e6,
  read: 0.125 / 1e6,
  mail: 0.1 / 1000,
  busEvent: 1.0 / 1e6,
  queueRequest: 0.4 / 1e6,
} as const;

/** Memory of a function nobody knows, in MB: the least Lambda gives. */
const LEAST_MEMORY = 128;

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** What the reading costs on AWS, in dollars by kind of use; `memory` gives a function's size in MB. */
export const dollarsOf = (
  reading: MeterReading,
  memory: (fn: string) => number | undefined,
): Record<string, number> => {
  const functions = Object.entries(reading.functions);
  const dollars = {
    mail: reading.mail * PRICES.mail,
    transitions: sum(Object.values(reading.transitions)) * PRICES.transition,
    express: sum(Object.values(reading.express)) * PRICES.express,
    functions: sum(
      functions.map(([name, { invocations, ms }]) => {
        const gigabytes = (memory(name) ?? LEAST_MEMORY) / 1024;
        return invocations * PRICES.invocation + gigabytes * (ms / 1000) * PRICES.gigabyteSecond;
      }),
    ),
    dynamodb: reading.dynamodb.wru * PRICES.write + reading.dynamodb.rru * PRICES.read,
    http: reading.http * PRICES.httpRequest,
    events: (reading.calls.events?.PutEvents ?? 0) * PRICES.busEvent,
    queues: sum(Object.values(reading.calls.sqs ?? {})) * PRICES.queueRequest,
  };
  return { ...dollars, total: sum(Object.values(dollars)) };
};
