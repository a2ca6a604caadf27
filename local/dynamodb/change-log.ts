import { createHash } from 'node:crypto';
import { ACCOUNT, AwsError, REGION } from '../aws/contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { STREAM_LABEL } from '../template/identities.ts';
import { isObject, isText, type JsonObject, listAt, objectAt, textAt } from '../template/values.ts';
import type { ChangeLog, Item, StreamRecord } from './contract.ts';
import type { EngineClient } from './engine-client.ts';
import { sameItem } from './images.ts';
import { type TableFacts, type Tables, tableName } from './tables.ts';

/** Whether a removal was the work of Time to Live. */
export interface RemovalMarks {
  isRemovalByExpiry(table: TableFacts, key: Item, oldImage: Item): boolean;
}

/** Sequence numbers of AWS have 21 digits or more; the engine counts from 1. */
const FIRST_SEQUENCE = 10n ** 20n;
const toSequence = (engine: string): string => String(FIRST_SEQUENCE + BigInt(engine));
const toEngineSequence = (sequence: string): string => String(BigInt(sequence) - FIRST_SEQUENCE);

/** The most records one GetRecords returns (DynamoDB Streams API reference). */
const MOST_RECORDS = 1000;
/** Remembered instants and iterators, oldest dropped first. */
const MOST_REMEMBERED = 20_000;

const remember = <V>(map: Map<string, V>, key: string, value: V): void => {
  if (map.size >= MOST_REMEMBERED) map.delete(map.keys().next().value ?? '');
  map.set(key, value);
};

const isItem = (value: unknown): value is Item => isObject(value) && Object.values(value).every(isObject);

const itemAt = (value: JsonObject, key: string): Item | undefined => {
  const member = value[key];
  return isItem(member) ? member : undefined;
};

const eventName = (value: unknown): StreamRecord['eventName'] => {
  if (value === 'INSERT' || value === 'MODIFY' || value === 'REMOVE') return value;
  throw new Error(`The DynamoDB engine wrote a stream record of kind ${String(value)}`);
};

/** Reads the engine's streams as DynamoDB Streams would tell them. */
export class TableChangeLog implements ChangeLog {
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly shards = new Map<string, string>();
  /** When a record was first read, which is at once after its write: the engine only knows the real time. */
  private readonly seen = new Map<string, number>();
  /** The engine's iterator behind a position. */
  private readonly iterators = new Map<string, string>();
  private readonly client: EngineClient;
  private readonly tables: Tables;
  private readonly clock: Clock;
  private readonly marks: RemovalMarks;

  constructor(parts: { client: EngineClient; tables: Tables; clock: Clock; marks: RemovalMarks }) {
    this.client = parts.client;
    this.tables = parts.tables;
    this.clock = parts.clock;
    this.marks = parts.marks;
  }

  streamArns(): string[] {
    return this.tables.all().flatMap((table) => (table.engineStream === undefined ? [] : [streamArn(table.name)]));
  }

  async read(
    arn: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ records: StreamRecord[]; last: string | undefined }> {
    const table = this.table(arn);
    let last = after;
    for (;;) {
      const page = await this.page(table, arn, last, Math.min(limit, MOST_RECORDS));
      const raw = listAt(page, 'Records').filter(isObject);
      const final = textAt(objectAt(raw.at(-1), 'dynamodb'), 'SequenceNumber');
      if (final === undefined) return { records: [], last };
      last = toSequence(final);
      const next = page.NextShardIterator;
      if (isText(next)) remember(this.iterators, `${arn}@${last}`, next);
      const records = raw.flatMap((record) => this.record(table, arn, record));
      // A page of nothing but unchanged items is no end of the stream: read on.
      if (records.length > 0) return { records, last };
    }
  }

  onChange(arn: string, listener: () => void): () => void {
    const listeners = this.listeners.get(arn) ?? new Set();
    this.listeners.set(arn, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Tells the listeners of a table's stream that it was written to. */
  changed(table: string): void {
    for (const listener of this.listeners.get(streamArn(table)) ?? []) listener();
  }

  /** The position behind the newest record; undefined if the stream is empty. */
  async latest(arn: string): Promise<string | undefined> {
    const shard = await this.describeShard(this.table(arn));
    const final = textAt(objectAt(shard, 'SequenceNumberRange'), 'EndingSequenceNumber');
    return final === undefined ? undefined : toSequence(final);
  }

  /** The ARN by which the engine knows a stream. */
  engineArn(arn: string): string | undefined {
    return this.table(arn).engineStream;
  }

  private table(arn: string): TableFacts {
    const table = this.tables.get(tableName(arn));
    if (table?.engineStream === undefined || arn !== streamArn(table.name)) {
      throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
    }
    return table;
  }

  private async describeShard(table: TableFacts): Promise<JsonObject> {
    const answer = await this.client.call('streams', 'DescribeStream', { StreamArn: table.engineStream });
    const [shard] = listAt(objectAt(answer, 'StreamDescription'), 'Shards');
    return isObject(shard) ? shard : {};
  }

  private async page(table: TableFacts, arn: string, after: string | undefined, limit: number): Promise<JsonObject> {
    const iterator = this.iterators.get(`${arn}@${after ?? ''}`) ?? (await this.iterator(table, after));
    return this.client.call('streams', 'GetRecords', { ShardIterator: iterator, Limit: limit });
  }

  private async iterator(table: TableFacts, after: string | undefined): Promise<string> {
    const shard = this.shards.get(table.name) ?? textAt(await this.describeShard(table), 'ShardId');
    if (shard === undefined) throw new Error(`The DynamoDB engine names no shard for ${table.name}`);
    this.shards.set(table.name, shard);
    const where =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: toEngineSequence(after) };
    const answer = await this.client.call('streams', 'GetShardIterator', {
      StreamArn: table.engineStream,
      ShardId: shard,
      ...where,
    });
    return String(answer.ShardIterator);
  }

  /** None for a write that changed nothing: AWS writes no record then, the engine does. */
  private record(table: TableFacts, arn: string, raw: JsonObject): StreamRecord[] {
    const change = objectAt(raw, 'dynamodb');
    const keys = itemAt(change, 'Keys') ?? {};
    const newImage = itemAt(change, 'NewImage');
    const oldImage = itemAt(change, 'OldImage');
    if (newImage && oldImage && sameItem(newImage, oldImage)) return [];
    const sequence = toSequence(String(change.SequenceNumber));
    const expired =
      oldImage !== undefined && newImage === undefined && this.marks.isRemovalByExpiry(table, keys, oldImage);
    return [
      {
        eventID: createHash('md5').update(`${arn}${sequence}`).digest('hex'),
        eventName: eventName(raw.eventName),
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: REGION,
        eventSourceARN: arn,
        dynamodb: {
          ApproximateCreationDateTime: this.seenAt(arn, sequence),
          Keys: keys,
          ...(newImage ? { NewImage: newImage } : {}),
          ...(oldImage ? { OldImage: oldImage } : {}),
          SequenceNumber: sequence,
          SizeBytes: Number(change.SizeBytes ?? 0),
          StreamViewType: String(change.StreamViewType),
        },
        ...(expired ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
      },
    ];
  }

  private seenAt(arn: string, sequence: string): number {
    const key = `${arn}@${sequence}`;
    const known = this.seen.get(key);
    if (known !== undefined) return known;
    const now = Math.floor(this.clock.now() / 1000);
    remember(this.seen, key, now);
    return now;
  }
}

/** The ARN of a table's stream; its label is the same in every run, so that a template can hold it. */
export const streamArn = (table: string): string =>
  `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/${STREAM_LABEL}`;
