import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The desk table and the client it is reached with: what every store of this folder is made from. */
export interface Table {
  client: DynamoDBClient;
  name: string;
}

/**
 * The client retries faults of the network and throttled calls itself, with jitter; a cancelled transaction is handled in
 * transact.ts. Nothing above retries again within one invocation.
 */
export const deskTable = (name: string): Table => ({
  client: new DynamoDBClient({ maxAttempts: 4, retryMode: 'standard' }),
  name,
});
