import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import {
  ACCOUNT,
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Permission,
  REGION,
} from '../aws/contract.ts';
import { inputOf, refuse } from '../edge/input.ts';
import type { Outbox } from '../edge/outbox.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import type { Deployment } from '../template/contract.ts';
import { AlarmClock } from './alarm-clock.ts';
import { createDispatch, type Delivery } from './dispatch.ts';
import { busName, deliveriesOf, type Rule, readRules } from './rules.ts';

const entry = z.strictObject({
  Source: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  Detail: z.optional(z.string()),
  EventBusName: z.optional(z.string()),
  Resources: z.optional(z.array(z.string())),
  /** Epoch seconds on the wire, a date or ISO text from within. */
  Time: z.optional(z.union([z.number(), z.string(), z.date()])),
  TraceHeader: z.optional(z.string()),
});
type Entry = z.output<typeof entry>;

const putEvents = z.strictObject({ Entries: z.array(entry) });

const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;

/** An event on a bus, in the shape targets receive. */
export interface BusEvent {
  version: string;
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}

const bytes = (text: string | undefined): number => Buffer.byteLength(text ?? '');

/** Size as AWS counts it (EventBridge User Guide, "Calculating PutEvents event entry size"). */
const sizeOf = (given: Entry): number =>
  (given.Time === undefined ? 0 : 14) +
  bytes(given.Source) +
  bytes(given.DetailType) +
  bytes(given.Detail) +
  (given.Resources ?? []).reduce((sum, resource) => sum + bytes(resource), 0);

const instantOf = (time: Entry['Time'], now: number): number =>
  time === undefined ? now : typeof time === 'number' ? time * 1000 : new Date(time).getTime();

/** Why an entry cannot be taken, as its own error; the other entries of the call are. */
const fault = (given: Entry): { ErrorCode: string; ErrorMessage: string } | undefined => {
  for (const member of ['Source', 'DetailType', 'Detail'] as const) {
    if (given[member]) continue;
    const ErrorMessage = `Parameter ${member} is not valid. Reason: ${member} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  try {
    const detail: unknown = JSON.parse(given.Detail ?? '');
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return undefined;
  } catch {
    // Answered below, as any other text that is no JSON object.
  }
  return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
};

/** EventBridge: the template's buses and rules, events from calls and from AWS services, and scheduled rules. */
export class EventsService implements AwsService {
  readonly name = 'events';
  readonly operations = ['PutEvents'];
  private readonly kernel: Kernel;
  private readonly deployment: Deployment;
  private readonly dispatch: Outbox<Delivery>;
  private readonly alarms: AlarmClock;
  private readonly sql;
  private readonly rules: Rule[];

  constructor({
    kernel,
    aws,
    deployment,
    say = sayOnStderr,
  }: { kernel: Kernel; aws: Aws; deployment: Deployment; say?: Say }) {
    this.kernel = kernel;
    this.deployment = deployment;
    // Read before anything starts: what another service still owes a bus after a restart finds the rules in place.
    this.rules = readRules(deployment, say);
    this.dispatch = createDispatch({ kernel, aws, deployment, say, table: 'events_owed' });
    this.alarms = new AlarmClock(kernel, 'events_rule_times');
    kernel.store.exec(
      'CREATE TABLE IF NOT EXISTS events (n INTEGER PRIMARY KEY AUTOINCREMENT, bus TEXT NOT NULL, event TEXT NOT NULL)',
    );
    this.sql = {
      add: kernel.store.prepare('INSERT INTO events (bus, event) VALUES (?, ?)'),
      all: kernel.store.prepare('SELECT n, bus, event FROM events ORDER BY n'),
    };
  }

  async start(): Promise<void> {
    this.dispatch.start();
    for (const rule of this.rules) {
      if (rule.schedule === undefined) continue;
      this.alarms.set({
        id: rule.arn,
        expression: rule.schedule,
        timeZone: 'UTC',
        firesAtCreation: false,
        fire: (planned) => this.owe([rule], this.scheduled(rule, planned)),
      });
    }
  }

  async stop(): Promise<void> {
    this.alarms.stop();
    this.dispatch.stop();
  }

  /** Every event put on a bus, numbered from 1 in time order. */
  list(): Array<{ n: number; bus: string; event: unknown }> {
    return this.sql.all
      .all()
      .map((row) => ({ n: Number(row.n), bus: String(row.bus), event: JSON.parse(String(row.event)) }));
  }

  permissions({ input }: AwsRequest): Permission[] {
    const read = putEvents.safeParse(input);
    const buses = new Set(read.success ? read.data.Entries.map((each) => busName(each.EventBusName)) : ['default']);
    return [...buses].map((bus) => ({ action: 'events:PutEvents', resource: this.busArn(bus) }));
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    if (request.operation !== 'PutEvents') throw refuse(`events ${request.operation}`);
    const { Entries } = inputOf(putEvents, request, 'ValidationException');
    this.checkCall(Entries);
    const mayUseAws = request.caller.kind === 'service';
    const results: Array<Record<string, unknown>> = [];
    inTransaction(this.kernel.store, () => {
      for (const given of Entries) results.push(this.put(given, mayUseAws));
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  private checkCall(entries: Entry[]): void {
    if (entries.length < 1 || entries.length > MAX_ENTRIES) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MAX_ENTRIES}`,
      );
    }
    if (entries.reduce((sum, each) => sum + sizeOf(each), 0) > MAX_BYTES) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    for (const bus of new Set(entries.map((each) => busName(each.EventBusName)))) {
      if (!this.hasBus(bus)) throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
    }
  }

  private put(given: Entry, mayUseAws: boolean): Record<string, unknown> {
    const wrong = fault(given);
    if (wrong) return wrong;
    if (given.Source?.startsWith('aws.') && !mayUseAws) {
      return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };
    }
    const now = this.kernel.clock.now();
    const at = instantOf(given.Time, now);
    const event = this.event(
      given.Source ?? '',
      given.DetailType ?? '',
      JSON.parse(given.Detail ?? '{}'),
      at,
      given.Resources,
    );
    const bus = busName(given.EventBusName);
    this.sql.add.run(bus, JSON.stringify(event));
    const matching = this.rules.filter((rule) => rule.bus === bus && rule.matches?.(event));
    this.owe(matching, event);
    return { EventId: event.id };
  }

  private owe(rules: Rule[], event: BusEvent): void {
    for (const rule of rules) {
      for (const delivery of deliveriesOf(rule, { ...event })) this.dispatch.owe(delivery);
    }
  }

  private event(source: string, detailType: string, detail: unknown, at: number, resources: string[] = []): BusEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: ACCOUNT,
      // EventBridge keeps whole seconds.
      time: `${new Date(at).toISOString().slice(0, 19)}Z`,
      region: REGION,
      resources,
      detail,
    };
  }

  private scheduled(rule: Rule, planned: number): BusEvent {
    return this.event('aws.events', 'Scheduled Event', {}, planned, [rule.arn]);
  }

  private hasBus(name: string): boolean {
    if (name === 'default') return true;
    return this.deployment
      .resources('AWS::Events::EventBus')
      .some((bus) => bus.ref === name || bus.properties.Name === name);
  }

  private busArn(name: string): string {
    return `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${name}`;
  }
}
