import * as z from 'zod/mini';
import type { Say } from '../edge/say.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import type { Resource } from '../template/contract.ts';
import type { ObjectsTable } from './objects-table.ts';

interface Expiration {
  prefix: string;
  /** Every one of them has to be on the object. */
  tags: Array<{ Key: string; Value: string }>;
  days: number;
}

const tagFilter = z.object({ Key: z.string(), Value: z.string() });
const DAY_MS = 86_400_000;
const KNOWN = new Set(['Id', 'Status', 'Prefix', 'TagFilters', 'ExpirationInDays', 'AbortIncompleteMultipartUpload']);

/** The expirations of a bucket; parts of a rule that the runtime leaves out are said in one line. */
const expirationsOf = (bucket: Resource, say: Say): Expiration[] => {
  const rules: Array<Record<string, unknown>> = bucket.properties.LifecycleConfiguration?.Rules ?? [];
  return rules.flatMap((rule) => {
    if (rule.Status !== 'Enabled') return [];
    const unknown = Object.keys(rule).filter((key) => !KNOWN.has(key));
    if (unknown.length > 0) {
      say(`s3: the lifecycle of ${bucket.ref} also has ${unknown.join(', ')}, which the local runtime leaves out`);
      return [];
    }
    const { ExpirationInDays: days, Prefix: prefix } = rule;
    const tags = z.array(tagFilter).parse(rule.TagFilters ?? []);
    return days === undefined ? [] : [{ days: Number(days), prefix: String(prefix ?? ''), tags }];
  });
};

/** Expiration by age: the next midnight UTC after the object's days (S3 User Guide, "Lifecycle rules: based on age"). */
export class Lifecycle {
  private readonly kernel: Kernel;
  private readonly table: ObjectsTable;
  private readonly say: Say;
  private readonly rules = new Map<string, Expiration[]>();
  private timer: { due: number; handle: TimerHandle } | undefined;

  constructor(kernel: Kernel, table: ObjectsTable, say: Say) {
    this.kernel = kernel;
    this.table = table;
    this.say = say;
  }

  add(bucket: Resource): void {
    this.rules.set(bucket.ref, expirationsOf(bucket, this.say));
  }

  /** When an object written at `now` with these tags expires, epoch ms. */
  expiry(bucket: string, key: string, tags: Record<string, string>, now: number): number | undefined {
    const days = (this.rules.get(bucket) ?? [])
      .filter((rule) => key.startsWith(rule.prefix) && rule.tags.every(({ Key, Value }) => tags[Key] === Value))
      .map((rule) => rule.days);
    return days.length === 0 ? undefined : Math.ceil((now + Math.min(...days) * DAY_MS) / DAY_MS) * DAY_MS;
  }

  /** One timer stands for the earliest expiry. */
  arm(): void {
    const due = this.table.firstExpiry();
    if (this.timer?.due === due) return;
    this.timer?.handle.cancel();
    this.timer = due === undefined ? undefined : { due, handle: this.kernel.timers.at(due, 's3', () => this.expire()) };
  }

  stop(): void {
    this.timer?.handle.cancel();
    this.timer = undefined;
  }

  private expire(): void {
    this.timer = undefined;
    this.table.expire(this.kernel.clock.now());
    this.arm();
  }
}
