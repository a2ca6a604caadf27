import { isObject, isText, type JsonObject, listAt, objectAt, textAt } from '../template/values.ts';
import type { Item } from './contract.ts';
import type { EngineClient } from './engine-client.ts';

/** What the runtime must know of a table beside its items. */
export interface TableFacts {
  name: string;
  /** Key attributes, partition key first. */
  keys: string[];
  /** Partition key by index name. */
  indexes: Map<string, string>;
  /** The attribute of Time to Live, when it is on. */
  expiry?: string;
  /** The ARN by which the engine knows the table's stream, when there is one. */
  engineStream?: string;
}

const keyNames = (description: unknown): string[] =>
  listAt(description, 'KeySchema')
    .toSorted((a, b) => (textAt(a, 'KeyType') ?? '').localeCompare(textAt(b, 'KeyType') ?? ''))
    .flatMap((key) => textAt(key, 'AttributeName') ?? []);

/** The tables of the engine, learnt at the start and kept up with every change of a table. */
export class Tables {
  private readonly known = new Map<string, TableFacts>();
  private readonly client: EngineClient;

  constructor(client: EngineClient) {
    this.client = client;
  }

  get(name: string): TableFacts | undefined {
    return this.known.get(name);
  }

  all(): TableFacts[] {
    return [...this.known.values()];
  }

  async learnAll(): Promise<void> {
    let from: unknown;
    do {
      const page = await this.client.call(
        'dynamodb',
        'ListTables',
        isText(from) ? { ExclusiveStartTableName: from } : {},
      );
      for (const name of listAt(page, 'TableNames').filter(isText)) await this.learn(name);
      from = page.LastEvaluatedTableName;
    } while (isText(from));
  }

  async learn(name: string): Promise<TableFacts> {
    const table = objectAt(await this.client.call('dynamodb', 'DescribeTable', { TableName: name }), 'Table');
    const ttl = objectAt(
      await this.client.call('dynamodb', 'DescribeTimeToLive', { TableName: name }),
      'TimeToLiveDescription',
    );
    const indexes = [...listAt(table, 'GlobalSecondaryIndexes'), ...listAt(table, 'LocalSecondaryIndexes')];
    const expiry = ttl.TimeToLiveStatus === 'ENABLED' ? textAt(ttl, 'AttributeName') : undefined;
    const streaming = objectAt(table, 'StreamSpecification').StreamEnabled === true;
    const engineStream = streaming ? textAt(table, 'LatestStreamArn') : undefined;
    const facts: TableFacts = {
      name,
      keys: keyNames(table),
      indexes: new Map(indexes.map((index) => [textAt(index, 'IndexName') ?? '', keyNames(index)[0] ?? ''])),
      ...(expiry === undefined ? {} : { expiry }),
      ...(engineStream === undefined ? {} : { engineStream }),
    };
    this.known.set(name, facts);
    return facts;
  }

  forget(name: string): void {
    this.known.delete(name);
  }
}

/** Tables may be named by their ARN. */
export const tableName = (nameOrArn: unknown): string =>
  String(nameOrArn)
    .replace(/^arn:[^/]*:table\//, '')
    .replace(/\/.*$/, '');

/** The key of an item. */
export const keyOf = (facts: TableFacts, item: JsonObject): Item =>
  Object.fromEntries(
    facts.keys.flatMap((name) => {
      const value = item[name];
      return isObject(value) ? [[name, value]] : [];
    }),
  );
