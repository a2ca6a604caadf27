import * as z from 'zod/mini';
import { type Aws, AwsError, type Caller } from '../aws/contract.ts';
import type { ChangeLog, StreamRecord } from '../dynamodb/contract.ts';
import type { Store } from '../kernel/store.ts';
import type { Deployment } from '../template/contract.ts';
import { passes } from './mapping-config.ts';
import { Span } from './span.ts';
import { type LaneParts, StreamLane } from './stream-lane.ts';

const prepare = (store: Store) => ({
  get: store.prepare('SELECT position FROM lambda_stream_positions WHERE mapping = ?'),
  put: store.prepare('INSERT OR REPLACE INTO lambda_stream_positions (mapping, position) VALUES (?, ?)'),
});

const row = z.object({ position: z.nullable(z.string()) });

/** Records read at once whose fate is known together: the position moves past a page when all of it is settled. */
interface Page {
  last: string | undefined;
  open: number;
}

const LARGEST_READ = 1000;
/** Records in memory beyond which reading waits for the function. */
const BACKLOG = 2000;

/**
 * Feeds a table's changes to a function in order per partition key, at least once: the position is stored only behind
 * records that the function has done, the filter has refused or the failure destination has taken.
 */
export class StreamMapping {
  private readonly lanes: StreamLane[];
  private readonly pages: Page[] = [];
  private reading = false;
  private again = false;
  private stopped = false;
  private backlog = 0;
  private cursor: string | undefined;
  private unsubscribe: () => void = () => {};
  private readonly statements: ReturnType<typeof prepare>;
  private readonly parts: LaneParts & { changeLog: ChangeLog; aws: Aws; deployment: Deployment };
  private readonly partitionKey: string | undefined;

  constructor(parts: LaneParts & { changeLog: ChangeLog; aws: Aws; deployment: Deployment }) {
    this.parts = parts;
    this.lanes = Array.from({ length: parts.config.lanes }, () => new StreamLane(parts));
    this.partitionKey = partitionKeyOf(parts.deployment, parts.config.sourceArn);
    const { store } = parts.kernel;
    store.exec('CREATE TABLE IF NOT EXISTS lambda_stream_positions (mapping TEXT PRIMARY KEY, position TEXT);');
    this.statements = prepare(store);
  }

  /** Checks stream and role, takes up the stored position, and reads what is there. */
  async start(): Promise<void> {
    const { config, changeLog } = this.parts;
    if (!changeLog.streamArns().includes(config.sourceArn)) {
      throw new AwsError('InvalidParameterValueException', `${config.path}: Stream not found: ${config.sourceArn}`);
    }
    await this.checkRole();
    const stored = this.statements.get.get(config.id);
    if (stored !== undefined) this.cursor = row.parse(stored).position ?? undefined;
    else {
      if (config.startingPosition === 'LATEST') await this.skipToEnd();
      this.statements.put.run(config.id, this.cursor ?? null);
    }
    this.unsubscribe = changeLog.onChange(config.sourceArn, () => this.read());
    this.read();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    for (const lane of this.lanes) lane.stop();
  }

  private async skipToEnd(): Promise<void> {
    for (;;) {
      const { records, last } = await this.parts.changeLog.read(this.parts.config.sourceArn, this.cursor, LARGEST_READ);
      if (last !== undefined) this.cursor = last;
      if (records.length === 0) return;
    }
  }

  /** CreateEventSourceMapping refuses a role that may not read the stream; so does the start. */
  private async checkRole(): Promise<void> {
    const { config, registry, aws } = this.parts;
    const { name, roleArn } = registry.get(config.functionName).config;
    const caller: Caller = { kind: 'role', roleArn, holder: name };
    const StreamArn = config.sourceArn;
    const { StreamDescription } = described.parse(
      await aws.call('streams.dynamodb', 'DescribeStream', { StreamArn }, caller),
    );
    const [shard] = StreamDescription.Shards;
    if (shard === undefined) return;
    const input = { StreamArn, ShardId: shard.ShardId, ShardIteratorType: 'LATEST' };
    const { ShardIterator } = iterator.parse(await aws.call('streams.dynamodb', 'GetShardIterator', input, caller));
    await aws.call('streams.dynamodb', 'GetRecords', { ShardIterator, Limit: 1 }, caller);
  }

  private read(): void {
    if (this.stopped) return;
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    const span = new Span(this.parts.kernel, `stream of ${this.parts.config.functionName}`);
    void this.drain().finally(() => {
      this.reading = false;
      if (this.again) this.read();
      span.end();
    });
  }

  private async drain(): Promise<void> {
    const { config, changeLog } = this.parts;
    this.again = false;
    while (!this.stopped && this.backlog < BACKLOG) {
      const limit = Math.min(Math.max(config.batchSize * config.lanes, 100), LARGEST_READ);
      const { records, last } = await changeLog.read(config.sourceArn, this.cursor, limit).catch((error: unknown) => {
        // The table may stop while it is being read.
        if (this.stopped) return { records: [], last: undefined };
        throw error;
      });
      // A read of nothing may still have moved on, past writes that changed nothing.
      this.cursor = last ?? this.cursor;
      if (records.length === 0) return;
      this.distribute(records, last);
    }
  }

  private distribute(records: StreamRecord[], last: string | undefined): void {
    const page: Page = { last, open: records.length };
    this.pages.push(page);
    this.backlog += records.length;
    const settle = (): void => {
      page.open -= 1;
      this.backlog -= 1;
      this.checkpoint();
      // Reading stopped for a full backlog: go on when half of it is done.
      if (this.backlog === BACKLOG / 2) this.read();
    };
    for (const record of records) {
      if (passes(this.parts.config.filters, record)) this.laneOf(record)?.push({ record, settle });
      else settle();
    }
    for (const lane of this.lanes) lane.kick();
  }

  /** Moves the stored position past every leading page that is settled. */
  private checkpoint(): void {
    if (this.pages[0]?.open !== 0) return;
    let position: string | undefined;
    while (this.pages[0]?.open === 0) position = this.pages.shift()?.last;
    if (position !== undefined) this.statements.put.run(this.parts.config.id, position);
  }

  private laneOf({ dynamodb: { Keys } }: StreamRecord): StreamLane | undefined {
    const key = JSON.stringify(this.partitionKey === undefined ? Keys : Keys[this.partitionKey]);
    let hash = 0;
    for (const character of key) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
    return this.lanes[hash % this.lanes.length];
  }
}

const described = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const iterator = z.object({ ShardIterator: z.string() });

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

/** Order is kept per partition key, which a record's keys alone do not tell from the sort key. */
const partitionKeyOf = (deployment: Deployment, streamArn: string): string | undefined => {
  const table = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']
    .flatMap((type) => deployment.resources(type))
    .find(({ attributes }) => attributes.StreamArn === streamArn);
  if (table === undefined) return undefined;
  return keySchema.parse(table.properties.KeySchema).find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
};
