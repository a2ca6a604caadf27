import { AwsError, type AwsRequest, type AwsService, type Permission } from '../aws/contract.ts';
import { isObject, isText, type JsonObject, listAt, textAt } from '../template/values.ts';
import type { TableChangeLog } from './change-log.ts';
import type { EngineClient } from './engine-client.ts';

/** Where an iterator stands; `after` undefined is the beginning. */
interface Position {
  arn: string;
  after?: string;
}

const encode = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url');

const decode = (iterator: unknown): Position => {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(iterator), 'base64url').toString('utf8'));
    const arn = textAt(value, 'arn');
    const after = textAt(value, 'after');
    if (arn !== undefined) return { arn, ...(after === undefined ? {} : { after }) };
  } catch {
    // Refused below like every other text that is no iterator.
  }
  throw new AwsError('ValidationException', 'Invalid ShardIterator');
};

/** One before the given sequence number, so that reading after it begins with that record. */
const before = (sequence: string): string => String(BigInt(sequence) - 1n);

/** DynamoDB Streams for clients from outside; event source mappings read the change log directly. */
export class StreamsService implements AwsService {
  readonly name = 'streams.dynamodb';
  readonly operations = ['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords'];
  private readonly client: EngineClient;
  private readonly log: TableChangeLog;

  constructor(client: EngineClient, log: TableChangeLog) {
    this.client = client;
    this.log = log;
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const action = `dynamodb:${operation}`;
    if (operation === 'ListStreams') return [{ action, resource: '*' }];
    const arn = operation === 'GetRecords' ? decode(input.ShardIterator).arn : String(input.StreamArn);
    return [{ action, resource: arn }];
  }

  async handle({ operation, input }: AwsRequest): Promise<JsonObject> {
    switch (operation) {
      case 'GetShardIterator':
        return { ShardIterator: encode(await this.position(input)) };
      case 'GetRecords':
        return this.records(input);
      case 'DescribeStream':
        return this.describe(input);
      default:
        return this.client.describe('streams', operation, input);
    }
  }

  private async describe(input: JsonObject): Promise<JsonObject> {
    const engineArn = this.log.engineArn(String(input.StreamArn));
    const answer = await this.client.describe('streams', 'DescribeStream', { StreamArn: engineArn });
    const description = answer.StreamDescription;
    if (!isObject(description)) return answer;
    // The stream is open: a shard that still grows tells no last number, and ours differ from the engine's.
    const Shards = listAt(description, 'Shards')
      .filter(isObject)
      .map((shard) => ({ ...shard, SequenceNumberRange: { StartingSequenceNumber: FIRST } }));
    return { StreamDescription: { ...description, Shards } };
  }

  private async position(input: JsonObject): Promise<Position> {
    const arn = String(input.StreamArn);
    const sequence = input.SequenceNumber;
    switch (input.ShardIteratorType) {
      case 'TRIM_HORIZON':
        return { arn };
      case 'LATEST': {
        const after = await this.log.latest(arn);
        return after === undefined ? { arn } : { arn, after };
      }
      case 'AFTER_SEQUENCE_NUMBER':
        if (isText(sequence)) return { arn, after: sequence };
        break;
      case 'AT_SEQUENCE_NUMBER':
        if (isText(sequence)) return { arn, after: before(sequence) };
        break;
      default:
        throw new AwsError('ValidationException', `Unknown ShardIteratorType ${String(input.ShardIteratorType)}`);
    }
    throw new AwsError('ValidationException', 'SequenceNumber is missing');
  }

  private async records(input: JsonObject): Promise<JsonObject> {
    const { arn, after } = decode(input.ShardIterator);
    const { records, last } = await this.log.read(arn, after, Number(input.Limit ?? 1000));
    return {
      Records: records.map(({ eventSourceARN: _, ...record }) => record),
      NextShardIterator: encode(last === undefined ? { arn } : { arn, after: last }),
    };
  }
}

/** The first number a stream can give. */
const FIRST = String(10n ** 20n + 1n);
