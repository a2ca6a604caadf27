import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Store } from '../kernel/store.ts';

const row = z.object({
  id: z.number(),
  queue: z.string(),
  message_id: z.string(),
  body: z.string(),
  attributes: z.string(),
  trace_header: z.nullable(z.string()),
  sender: z.string(),
  sent_at: z.number(),
  visible_at: z.number(),
  receipt: z.nullable(z.string()),
  receive_count: z.number(),
  first_received_at: z.nullable(z.number()),
  source_arn: z.nullable(z.string()),
});

/** A message at rest; instants in epoch ms; `receipt` is set by the latest receive. */
export type MessageRow = z.infer<typeof row>;

const counts = z.object({ visible: z.number(), in_flight: z.number(), delayed: z.number() });

const prepare = (store: Store) => ({
  insert: store.prepare(
    `INSERT INTO sqs_messages (queue, message_id, body, attributes, trace_header, sender, sent_at, visible_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  visible: store.prepare('SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? ORDER BY id LIMIT ?'),
  take: store.prepare(
    `UPDATE sqs_messages SET visible_at = ?, receipt = ?, receive_count = receive_count + 1,
         first_received_at = coalesce(first_received_at, ?) WHERE id = ? RETURNING *`,
  ),
  move: store.prepare(
    `UPDATE sqs_messages SET queue = ?, visible_at = ?, receipt = NULL, receive_count = 0, first_received_at = NULL,
         source_arn = ? WHERE id = ?`,
  ),
  held: store.prepare('SELECT * FROM sqs_messages WHERE id = ? AND queue = ? AND receipt = ?'),
  remove: store.prepare('DELETE FROM sqs_messages WHERE id = ? AND queue = ? AND receipt = ?'),
  postpone: store.prepare('UPDATE sqs_messages SET visible_at = ? WHERE id = ?'),
  expire: store.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent_at <= ?'),
  purge: store.prepare('DELETE FROM sqs_messages WHERE queue = ?'),
  all: store.prepare('SELECT * FROM sqs_messages WHERE queue = ? ORDER BY id'),
  next: store.prepare('SELECT min(visible_at) AS due FROM sqs_messages WHERE queue = ? AND visible_at > ?'),
  counts: store.prepare(
    `SELECT coalesce(sum(visible_at <= ?1), 0) AS visible,
                coalesce(sum(visible_at > ?1 AND receipt IS NOT NULL), 0) AS in_flight,
                coalesce(sum(visible_at > ?1 AND receipt IS NULL), 0) AS delayed
         FROM sqs_messages WHERE queue = ?2`,
  ),
});

/** The messages of all queues, in one table. Statements only; rules live in `queue.ts`. */
export class MessageStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(store: Store) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS sqs_messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
        attributes TEXT NOT NULL, trace_header TEXT, sender TEXT NOT NULL, sent_at INTEGER NOT NULL,
        visible_at INTEGER NOT NULL, receipt TEXT, receive_count INTEGER NOT NULL DEFAULT 0, first_received_at INTEGER,
        source_arn TEXT
      );
      CREATE INDEX IF NOT EXISTS sqs_messages_visible ON sqs_messages (queue, visible_at);`);
    this.statements = prepare(store);
  }

  insert(message: {
    queue: string;
    body: string;
    attributes: string;
    traceHeader: string | undefined;
    sender: string;
    sentAt: number;
    visibleAt: number;
  }): string {
    const messageId = randomUUID();
    const { queue, body, attributes, traceHeader, sender, sentAt, visibleAt } = message;
    this.statements.insert.run(queue, messageId, body, attributes, traceHeader ?? null, sender, sentAt, visibleAt);
    return messageId;
  }

  /** Messages that can be received now, oldest first. */
  visible(queue: string, now: number, limit: number): MessageRow[] {
    return z.array(row).parse(this.statements.visible.all(queue, now, limit));
  }

  /** Hides a message until `visibleAt` under a new receipt. */
  take(id: number, visibleAt: number, now: number): MessageRow {
    return row.parse(this.statements.take.get(visibleAt, randomUUID(), now, id));
  }

  /** To another queue, as if it had never been received. */
  move(id: number, queue: string, now: number, sourceArn: string | null): void {
    this.statements.move.run(queue, now, sourceArn, id);
  }

  held(id: number, queue: string, receipt: string): MessageRow | undefined {
    const found = this.statements.held.get(id, queue, receipt);
    return found === undefined ? undefined : row.parse(found);
  }

  remove(id: number, queue: string, receipt: string): void {
    this.statements.remove.run(id, queue, receipt);
  }

  postpone(id: number, visibleAt: number): void {
    this.statements.postpone.run(visibleAt, id);
  }

  /** Forgets what was sent at or before an instant. */
  expire(queue: string, sentBefore: number): void {
    this.statements.expire.run(queue, sentBefore);
  }

  purge(queue: string): void {
    this.statements.purge.run(queue);
  }

  all(queue: string): MessageRow[] {
    return z.array(row).parse(this.statements.all.all(queue));
  }

  /** When the next hidden message comes into sight. */
  nextVisible(queue: string, now: number): number | undefined {
    return z.object({ due: z.nullable(z.number()) }).parse(this.statements.next.get(queue, now)).due ?? undefined;
  }

  counts(queue: string, now: number): z.infer<typeof counts> {
    return counts.parse(this.statements.counts.get(now, queue));
  }
}
