import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { jitteredPause } from '../pause.ts';
import type { Table } from './table.ts';

/** One write of a transaction, and what it means when its condition does not hold. */
export interface GuardedWrite {
  write: TransactWriteItem;
  refusal?: (cause: Error) => Error;
}

const ATTEMPTS = 6;

/** Reasons that say "not now", as against a condition that does not hold. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * All writes or none. A condition that does not hold is thrown as the refusal of the first write it belongs to. A
 * transaction that met another one on the same item is tried again after a jittered pause: the SDK does not do that, and
 * nothing was written. What still meets others after that is thrown as it came.
 */
export const transact = async ({ client }: Table, writes: readonly GuardedWrite[]): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: writes.map(({ write }) => write) }));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
      const refused = codes.indexOf('ConditionalCheckFailed');
      if (refused >= 0) throw writes[refused]?.refusal?.(error) ?? error;
      if (attempt === ATTEMPTS || !codes.some((code) => passing.has(code))) throw error;
      await jitteredPause(attempt);
    }
  }
};
