import { AwsError, type AwsRequest, type AwsService, type Permission } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Meter } from '../meter/meter.ts';
import type { Deployment } from '../template/contract.ts';
import { isText, type JsonObject } from '../template/values.ts';
import { capacityOf, capacityOfRefusal, consumesCapacity } from './capacity.ts';
import { TableChangeLog } from './change-log.ts';
import type { ChangeLog } from './contract.ts';
import { Engine } from './engine.ts';
import { EngineClient } from './engine-client.ts';
import { dynamodbPermissions } from './permissions.ts';
import { StreamsService } from './streams-service.ts';
import { Tables, tableName } from './tables.ts';
import { createTemplateTables } from './template-tables.ts';
import { TimeToLive } from './time-to-live.ts';
import { writesOf } from './writes.ts';

const ON_ITEMS = [
  'PutItem',
  'GetItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'TransactGetItems',
];
const PARTIQL = ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'];
const CHANGING_TABLES = ['CreateTable', 'UpdateTable', 'DeleteTable', 'UpdateTimeToLive'];
const DESCRIBING = [
  'DescribeTable',
  'ListTables',
  'DescribeTimeToLive',
  'TagResource',
  'UntagResource',
  'ListTagsOfResource',
];

export interface DynamoDbOptions {
  kernel: Kernel;
  deployment: Deployment;
  meter: Meter;
  /** File of the engine's tables; in memory when undefined. */
  file?: string;
  /** Hears when the engine is lost for good. */
  onLoss: (message: string) => void;
}

/** DynamoDB: the engine's answers, with the roles, the meter, the streams and Time to Live that the engine lacks. */
export class DynamoDbService implements AwsService {
  readonly name = 'dynamodb';
  readonly operations = [...ON_ITEMS, ...PARTIQL, ...CHANGING_TABLES, ...DESCRIBING];
  readonly streams: StreamsService;
  private readonly log: TableChangeLog;
  private readonly engine: Engine;
  private readonly client: EngineClient;
  private readonly tables: Tables;
  private readonly expiry: TimeToLive;
  private readonly kernel: Kernel;
  private readonly deployment: Deployment;
  private readonly meter: Meter;

  constructor(options: DynamoDbOptions) {
    this.kernel = options.kernel;
    this.deployment = options.deployment;
    this.meter = options.meter;
    this.engine = new Engine({
      onLoss: options.onLoss,
      ...(options.file === undefined ? {} : { file: options.file }),
    });
    this.client = new EngineClient(this.engine);
    this.tables = new Tables(this.client);
    this.expiry = new TimeToLive(this.kernel, this.client, this.tables);
    this.log = new TableChangeLog({
      client: this.client,
      tables: this.tables,
      clock: this.kernel.clock,
      marks: this.expiry,
    });
    this.streams = new StreamsService(this.client, this.log);
  }

  get changes(): ChangeLog {
    return this.log;
  }

  async start(): Promise<void> {
    await this.engine.start();
    await createTemplateTables(this.client, [
      ...this.deployment.resources('AWS::DynamoDB::GlobalTable'),
      ...this.deployment.resources('AWS::DynamoDB::Table'),
    ]);
    await this.tables.learnAll();
    await this.expiry.start((table) => this.log.changed(table));
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.engine.stop();
  }

  permissions(request: AwsRequest): Permission[] {
    return dynamodbPermissions(this.tables, request.operation, request.input);
  }

  handle({ operation, input }: AwsRequest): Promise<JsonObject> {
    return this.kernel.activity.track(`dynamodb ${operation}`, this.carryOut(operation, byName(input)));
  }

  private carryOut(operation: string, input: JsonObject): Promise<JsonObject> {
    if (CHANGING_TABLES.includes(operation)) return this.changeTable(operation, input);
    if (PARTIQL.includes(operation)) return this.partiql(operation, input);
    if (consumesCapacity(operation)) return this.onItems(operation, input);
    return this.client.describe('dynamodb', operation, input);
  }

  private async onItems(operation: string, input: JsonObject): Promise<JsonObject> {
    const wanted = input.ReturnConsumedCapacity;
    const told = wanted !== undefined && wanted !== 'NONE';
    let output: JsonObject;
    try {
      output = await this.client.call(
        'dynamodb',
        operation,
        told ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' },
      );
    } catch (error) {
      if (error instanceof AwsError) {
        const { rru, wru } = capacityOfRefusal(operation, error.code, input);
        this.meter.dynamodb(rru, wru);
      }
      throw error;
    }
    const { rru, wru } = capacityOf(operation, output);
    this.meter.dynamodb(rru, wru);
    const writes = writesOf(this.tables, operation, input);
    await this.expiry.written(writes);
    for (const table of new Set(writes.map((write) => write.table))) this.log.changed(table);
    if (!told) delete output.ConsumedCapacity;
    return output;
  }

  /** What a statement wrote is not read out of its text: every stream and every expiry is looked at again. */
  private async partiql(operation: string, input: JsonObject): Promise<JsonObject> {
    const output = await this.client.call('dynamodb', operation, input);
    for (const table of this.tables.all()) {
      await this.expiry.rebuild(table);
      this.log.changed(table.name);
    }
    return output;
  }

  private async changeTable(operation: string, input: JsonObject): Promise<JsonObject> {
    const output = await this.client.describe('dynamodb', operation, input);
    const name = tableName(input.TableName);
    if (operation === 'DeleteTable') this.tables.forget(name);
    else await this.expiry.rebuild(await this.tables.learn(name));
    return output;
  }
}

/** The engine knows tables by their names only. */
const byName = (input: JsonObject): JsonObject =>
  isText(input.TableName) ? { ...input, TableName: tableName(input.TableName) } : input;
