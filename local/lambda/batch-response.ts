import * as z from 'zod/mini';
import type { Invocation } from './invoker.ts';

const response = z.object({
  batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))),
});

/** What became of a batch: `failed` holds the identifiers to do again. */
export type BatchOutcome = { kind: 'done' } | { kind: 'failed' } | { kind: 'partly'; failed: ReadonlySet<string> };

/**
 * Reads a function's answer to a batch (Lambda guide, "Implementing partial batch responses"): nothing or an empty list is
 * success of all; a list that names an unknown item, or is malformed, is failure of all.
 */
export const batchOutcome = (
  invocation: Invocation,
  reportsItems: boolean,
  identifiers: ReadonlySet<string>,
): BatchOutcome => {
  if (invocation.functionError !== undefined) return { kind: 'failed' };
  if (!reportsItems) return { kind: 'done' };
  const answer: unknown = JSON.parse(invocation.payload);
  if (answer === null) return { kind: 'done' };
  const parsed = response.safeParse(answer);
  if (!parsed.success) return { kind: 'failed' };
  const failed = new Set((parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if (failed.size === 0) return { kind: 'done' };
  return [...failed].every((identifier) => identifiers.has(identifier))
    ? { kind: 'partly', failed }
    : { kind: 'failed' };
};
