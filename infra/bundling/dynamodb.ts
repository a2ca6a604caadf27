import { randomUUID } from 'node:crypto';
import { type Command, type Configuration, JsonService, ServiceError } from './json-service.ts';

/**
 * Stands in for `@aws-sdk/client-dynamodb` in every bundle (docs/decisions/0032-lean-clients.md): the operations the desk
 * calls, and no other. One that is missing here fails the build by its name.
 */
const command = (operation: string) =>
  class implements Command {
    readonly operation = operation;
    readonly input: object;

    constructor(input: object) {
      this.input = input;
    }
  };

export const BatchGetItemCommand = command('BatchGetItem');
export const BatchWriteItemCommand = command('BatchWriteItem');
export const DeleteItemCommand = command('DeleteItem');
export const GetItemCommand = command('GetItem');
export const PutItemCommand = command('PutItem');
export const QueryCommand = command('Query');
export const UpdateItemCommand = command('UpdateItem');

/** With a token, as the SDK gives it one: tried again after a lost answer, a transaction is still one. */
export class TransactWriteItemsCommand extends command('TransactWriteItems') {
  constructor(input: object) {
    super({ ClientRequestToken: randomUUID(), ...input });
  }
}

export class TransactionCanceledException extends ServiceError {
  declare readonly CancellationReasons?: Array<{ Code?: string; Message?: string }>;
}

export class DynamoDBClient {
  private readonly service: JsonService;

  constructor(configuration: Configuration = {}) {
    this.service = new JsonService(
      {
        name: 'dynamodb',
        variable: 'DYNAMODB',
        target: 'DynamoDB_20120810',
        json: '1.0',
        errors: { TransactionCanceledException },
      },
      configuration,
    );
  }

  send(sent: Command, options: { abortSignal?: AbortSignal } = {}): Promise<unknown> {
    return this.service.call(sent, options);
  }

  destroy(): void {
    this.service.destroy();
  }
}

interface Page {
  LastEvaluatedKey?: object;
}

/** The pages of a query, one after the other. */
export async function* paginateQuery({ client }: { client: DynamoDBClient }, input: object): AsyncGenerator<Page> {
  let from: object | undefined;
  do {
    // The shape of a page is the service's; whoever asked reads it.
    const page = (await client.send(new QueryCommand({ ...input, ...(from && { ExclusiveStartKey: from }) }))) as Page;
    yield page;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
