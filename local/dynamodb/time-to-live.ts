import type { StatementSync } from 'node:sqlite';
import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { isObject, type JsonObject, listAt, textAt } from '../template/values.ts';
import type { RemovalMarks } from './change-log.ts';
import type { Item } from './contract.ts';
import type { EngineClient } from './engine-client.ts';
import { itemText } from './images.ts';
import { keyOf, type TableFacts, type Tables } from './tables.ts';
import type { Write } from './writes.ts';

/** Items that expired longer ago are never removed (DynamoDB guide, "Time to Live"). */
const OLDEST_EXPIRY_MS = 5 * 365 * 86_400_000;
/** How long the origin of a removal is kept; a stream keeps its records 24 hours. */
const MARK_KEPT_MS = 48 * 3_600_000;

/** Epoch seconds in the expiry attribute; undefined for anything but a whole number. */
const expiryOf = (facts: TableFacts, item: unknown): string | undefined => {
  const value = isObject(item) && facts.expiry !== undefined ? item[facts.expiry] : undefined;
  const seconds = textAt(value, 'N');
  return seconds !== undefined && /^\d{1,11}$/.test(seconds) ? seconds : undefined;
};

/**
 * Removes items when their time is up. AWS takes up to two days; here it happens at the second, on the virtual clock. The
 * removal is conditional on the expiry that was seen, so a timer of an item that was prolonged does nothing.
 */
export class TimeToLive implements RemovalMarks {
  private readonly timers = new Map<string, TimerHandle>();
  private readonly kernel: Kernel;
  private readonly client: EngineClient;
  private readonly tables: Tables;
  private readonly mark: StatementSync;
  private readonly unmark: StatementSync;
  private readonly marked: StatementSync;
  private changed: (table: string) => void = () => undefined;

  constructor(kernel: Kernel, client: EngineClient, tables: Tables) {
    this.kernel = kernel;
    this.client = client;
    this.tables = tables;
    kernel.store.exec(
      'CREATE TABLE IF NOT EXISTS dynamodb_expired (item TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID',
    );
    this.mark = kernel.store.prepare('INSERT OR REPLACE INTO dynamodb_expired (item, at) VALUES (?, ?)');
    this.unmark = kernel.store.prepare('DELETE FROM dynamodb_expired WHERE item = ?');
    this.marked = kernel.store.prepare('SELECT 1 FROM dynamodb_expired WHERE item = ?');
  }

  /** Sets the timers of everything stored; `changed` hears of each removal. */
  async start(changed: (table: string) => void): Promise<void> {
    this.changed = changed;
    this.kernel.store.prepare('DELETE FROM dynamodb_expired WHERE at < ?').run(this.kernel.clock.now() - MARK_KEPT_MS);
    for (const table of this.tables.all()) await this.rebuild(table);
  }

  /** Sets the timers of a table anew from its items. */
  async rebuild(facts: TableFacts): Promise<void> {
    if (facts.expiry === undefined) return;
    const names = [...facts.keys, facts.expiry];
    let from: unknown;
    do {
      const page = await this.client.call('dynamodb', 'Scan', {
        TableName: facts.name,
        ProjectionExpression: names.map((_, n) => `#n${n}`).join(', '),
        FilterExpression: `attribute_exists(#n${names.length - 1})`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, n) => [`#n${n}`, name])),
        ...(isObject(from) ? { ExclusiveStartKey: from } : {}),
      });
      for (const item of listAt(page, 'Items')) if (isObject(item)) this.set(facts, keyOf(facts, item), item);
      from = page.LastEvaluatedKey;
    } while (isObject(from));
  }

  /** Follows writes that took effect. */
  async written(writes: readonly Write[]): Promise<void> {
    for (const write of writes) {
      const facts = this.tables.get(write.table);
      if (facts?.expiry === undefined) continue;
      if (write.kind === 'put') this.set(facts, write.key, write.item);
      if (write.kind === 'delete') this.set(facts, write.key, undefined);
      if (write.kind === 'update' && write.touchesExpiry) this.set(facts, write.key, await this.read(facts, write.key));
    }
  }

  isRemovalByExpiry(facts: TableFacts, key: Item, oldImage: Item): boolean {
    const expiry = expiryOf(facts, oldImage);
    return expiry !== undefined && this.marked.get(nameOf(facts, key, expiry)) !== undefined;
  }

  private async read(facts: TableFacts, key: Item): Promise<unknown> {
    const answer = await this.client.call('dynamodb', 'GetItem', {
      TableName: facts.name,
      Key: key,
      ConsistentRead: true,
    });
    return answer.Item;
  }

  private set(facts: TableFacts, key: Item, item: JsonObject | unknown): void {
    const id = nameOf(facts, key, '');
    this.timers.get(id)?.cancel();
    this.timers.delete(id);
    const expiry = expiryOf(facts, item);
    if (expiry === undefined || Number(expiry) * 1000 < this.kernel.clock.now() - OLDEST_EXPIRY_MS) return;
    const fire = (): void => {
      this.timers.delete(id);
      void this.kernel.activity.track('dynamodb expiry', this.expire(facts, key, expiry));
    };
    this.timers.set(id, this.kernel.timers.at(Number(expiry) * 1000, `expiry of ${id}`, fire));
  }

  private async expire(facts: TableFacts, key: Item, expiry: string): Promise<void> {
    const name = nameOf(facts, key, expiry);
    // Marked before it is removed: a crash in between leaves a mark without a removal, never the reverse.
    this.mark.run(name, this.kernel.clock.now());
    try {
      await this.client.call('dynamodb', 'DeleteItem', {
        TableName: facts.name,
        Key: key,
        ConditionExpression: '#expiry = :seen',
        ExpressionAttributeNames: { '#expiry': facts.expiry },
        ExpressionAttributeValues: { ':seen': { N: expiry } },
      });
      this.changed(facts.name);
    } catch (error) {
      this.unmark.run(name);
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'ConditionalCheckFailedException' || error.code === 'ResourceNotFoundException') return;
      this.set(facts, key, await this.read(facts, key).catch(() => undefined));
    }
  }
}

const nameOf = (facts: TableFacts, key: Item, expiry: string): string => `${facts.name} ${itemText(key)} ${expiry}`;
