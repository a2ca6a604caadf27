import { AwsError } from '../aws/contract.ts';
import type { Resource } from '../template/contract.ts';
import { isObject, type JsonObject, listAt, objectAt } from '../template/values.ts';
import { EngineError } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { canonicalText } from './images.ts';

/** Properties of a table that CreateTable takes as they stand. */
const TAKEN = ['AttributeDefinitions', 'KeySchema', 'LocalSecondaryIndexes'] as const;

const createInput = ({ ref, properties }: Resource): JsonObject => {
  const input: JsonObject = { TableName: ref, BillingMode: 'PAY_PER_REQUEST' };
  for (const name of TAKEN) if (properties[name] !== undefined) input[name] = properties[name];
  const indexes = listAt(properties, 'GlobalSecondaryIndexes').filter(isObject);
  if (indexes.length > 0) {
    input.GlobalSecondaryIndexes = indexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
  }
  const stream = objectAt(properties, 'StreamSpecification');
  if ('StreamViewType' in stream) {
    input.StreamSpecification = { StreamEnabled: true, StreamViewType: stream.StreamViewType };
  }
  // In a global table the protection is that of the replica, in a plain one its own.
  const [replica] = listAt(properties, 'Replicas');
  const guarded = isObject(replica) ? replica.DeletionProtectionEnabled : properties.DeletionProtectionEnabled;
  if (guarded === true) input.DeletionProtectionEnabled = true;
  return input;
};

/** Keys and indexes as text, to compare a stored table with the template's. */
const shapeOf = (table: JsonObject): string => {
  const indexes = [...listAt(table, 'GlobalSecondaryIndexes'), ...listAt(table, 'LocalSecondaryIndexes')].filter(
    isObject,
  );
  return canonicalText({
    keys: table.KeySchema,
    indexes: Object.fromEntries(
      indexes.map(({ IndexName, KeySchema, Projection }) => [String(IndexName), { KeySchema, Projection }]),
    ),
  });
};

/** Creates the template's tables where the engine has none yet; a stored one of another shape is refused. */
export const createTemplateTables = async (client: EngineClient, tables: readonly Resource[]): Promise<void> => {
  for (const table of tables) {
    const input = createInput(table);
    try {
      await client.call('dynamodb', 'CreateTable', input);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ResourceInUseException') throw error;
      const stored = objectAt(await client.call('dynamodb', 'DescribeTable', { TableName: table.ref }), 'Table');
      if (shapeOf(stored) !== shapeOf(input)) {
        throw new EngineError(
          `The stored table ${table.ref} has other keys or indexes than the template: remove the --data folder, or start with --memory`,
        );
      }
    }
    await setExpiry(client, table);
  }
};

const setExpiry = async (client: EngineClient, { ref, properties }: Resource): Promise<void> => {
  const wanted = objectAt(properties, 'TimeToLiveSpecification');
  if (wanted.Enabled !== true) return;
  const told = await client.call('dynamodb', 'DescribeTimeToLive', { TableName: ref });
  if (objectAt(told, 'TimeToLiveDescription').AttributeName === wanted.AttributeName) return;
  await client.call('dynamodb', 'UpdateTimeToLive', {
    TableName: ref,
    TimeToLiveSpecification: { Enabled: true, AttributeName: wanted.AttributeName },
  });
};
