import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Store } from '../kernel/store.ts';
import { DEFAULT_ATTRIBUTES, type QueueAttributes, queueArn, queueNameOf, withAttributes } from './queue-attributes.ts';

/** A queue that exists; instants in epoch ms. */
export interface QueueRecord {
  name: string;
  arn: string;
  attributes: QueueAttributes;
  createdAt: number;
  modifiedAt: number;
}

const row = z.object({ name: z.string(), attributes: z.string(), created_at: z.number(), modified_at: z.number() });

const stored = z.record(z.string(), z.unknown());

const prepare = (store: Store) => ({
  all: store.prepare('SELECT * FROM sqs_queues ORDER BY name'),
  put: store.prepare(
    `INSERT INTO sqs_queues (name, attributes, created_at, modified_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes, modified_at = excluded.modified_at`,
  ),
  remove: store.prepare('DELETE FROM sqs_queues WHERE name = ?'),
});

/** Which queues there are, kept in the store. */
export class QueueRegistry {
  private readonly queues = new Map<string, QueueRecord>();
  private readonly statements: ReturnType<typeof prepare>;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    kernel.store.exec(`CREATE TABLE IF NOT EXISTS sqs_queues (
      name TEXT PRIMARY KEY, attributes TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL);`);
    this.statements = prepare(kernel.store);
    for (const found of z.array(row).parse(this.statements.all.all())) {
      const { kept, ...attributes } = stored.parse(JSON.parse(found.attributes));
      const restored = withAttributes(DEFAULT_ATTRIBUTES, { ...attributes, ...z.optional(stored).parse(kept) });
      this.queues.set(found.name, this.record(found.name, restored, found.created_at, found.modified_at));
    }
  }

  /** Makes the queue, or gives it these attributes if it is there. */
  put(name: string, attributes: QueueAttributes): QueueRecord {
    this.checkRedrive(name, attributes);
    const now = this.kernel.clock.now();
    const record = this.record(name, attributes, this.queues.get(name)?.createdAt ?? now, now);
    this.statements.put.run(name, JSON.stringify(attributes), record.createdAt, now);
    this.queues.set(name, record);
    return record;
  }

  remove(name: string): void {
    this.statements.remove.run(name);
    this.queues.delete(name);
  }

  find(name: string): QueueRecord | undefined {
    return this.queues.get(name);
  }

  list(): QueueRecord[] {
    return [...this.queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private record(name: string, attributes: QueueAttributes, createdAt: number, modifiedAt: number): QueueRecord {
    return { name, arn: queueArn(name), attributes, createdAt, modifiedAt };
  }

  /** A dead-letter queue may refuse to serve a source (SQS guide, "RedriveAllowPolicy"). */
  private checkRedrive(name: string, attributes: QueueAttributes): void {
    const target = attributes.RedrivePolicy?.deadLetterTargetArn;
    if (target === undefined) return;
    const allow = this.queues.get(queueNameOf(target))?.attributes.RedriveAllowPolicy;
    if (allow === undefined || allow.redrivePermission === 'allowAll') return;
    if (allow.redrivePermission === 'byQueue' && allow.sourceQueueArns?.includes(queueArn(name))) return;
    throw new AwsError(
      'InvalidAttributeValue',
      `The dead-letter queue ${target} does not allow ${queueArn(name)} as a source (RedriveAllowPolicy).`,
    );
  }
}
