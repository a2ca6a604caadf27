import * as z from 'zod/mini';
import { dollarsOf } from '../meter/dollars.ts';
import type { ControlParts } from './contract.ts';
import { unprocessable } from './problem.ts';
import { jsonBody, type Routes } from './router.ts';

/** Names that people try first, and what the endpoint calls them. */
const ALSO: Readonly<Record<string, string>> = { stepfunctions: 'states', sfn: 'states', eventbridge: 'events' };

const SERVICES = [
  ...['dynamodb', 'streams.dynamodb', 'states', 'lambda', 'sqs', 's3', 'ses', 'sns', 'events', 'scheduler'],
  ...['secretsmanager', 'streams', 'function'],
];

const rule = z
  .strictObject({
    service: z.pipe(
      z.pipe(
        z.string(),
        z.transform((name: string) => ALSO[name] ?? name),
      ),
      z.enum(SERVICES, `is none of ${SERVICES.join(', ')}`),
    ),
    operation: z.optional(z.string()),
    error: z.optional(z.string()),
    after: z.optional(z.boolean()),
    latencyMs: z.optional(z.number().check(z.nonnegative())),
    kill: z.optional(z.boolean()),
    twice: z.optional(z.boolean()),
    rate: z.optional(z.number().check(z.nonnegative(), z.maximum(1))),
    times: z.optional(z.int().check(z.positive())),
  })
  .check(
    z.refine(
      ({ error, latencyMs, kill, twice }) =>
        [error !== undefined, latencyMs !== undefined, kill === true, twice === true].filter(Boolean).length === 1,
      'say exactly one of error, latencyMs, kill and twice',
    ),
    z.refine(
      ({ service, kill }) => kill !== true || service === 'lambda' || service === 'function',
      'kill is for the service lambda',
    ),
    z.refine(
      ({ service, twice }) => (twice === true) === (service === 'streams'),
      'twice is for streams, and streams know nothing else',
    ),
  );

const rules = z.array(rule);

/** Leaves out members that are undefined, so that an absent member is absent. */
const given = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  JSON.parse(JSON.stringify(value));

/** The meter with its price, and the faults to come. */
export const meterRoutes = ({ meter, faults, deployment }: ControlParts): Routes => ({
  'GET meter': async () => {
    const reading = meter.read();
    const memory = (name: string): number | undefined => {
      const size: unknown = deployment.byArn(name)?.properties.MemorySize;
      return typeof size === 'number' ? size : undefined;
    };
    return { ...reading, dollars: dollarsOf(reading, memory) };
  },
  'DELETE meter': async () => {
    meter.reset();
    return {};
  },
  'GET faults': async () => ({ faults: faults.list() }),
  'POST faults': async (request) => {
    const read = rules.safeParse(jsonBody(request));
    if (!read.success) {
      const [first] = read.error.issues;
      throw unprocessable(`${first?.path.join('.') || 'faults'}: ${first?.message}`);
    }
    faults.add(read.data.map(given));
    return { faults: faults.list() };
  },
  'DELETE faults': async () => {
    faults.clear();
    return {};
  },
});
