/** One item of a batch and its caller, who hears of this item alone. */
interface Waiting<T> {
  item: T;
  done: () => void;
  failed: (error: unknown) => void;
}

/** What became of each item, in their order: undefined when it was taken. */
export type Refusals = ReadonlyArray<Error | undefined>;

/**
 * Joins calls that are made at the same time into requests of at most `most` items: AWS bills some services by the request,
 * and each costs a signature and a round trip. A caller waits for its own item and hears of its own failure; a request that
 * fails as a whole fails for all of its items.
 */
export const gathered = <T>(most: number, send: (items: readonly T[]) => Promise<Refusals>) => {
  let waiting: Waiting<T>[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += most) void deliver(all.slice(from, from + most), send);
  };
  return (item: T): Promise<void> =>
    new Promise((done, failed) => {
      // After the promises that are settling now, so that calls which follow from one event of the stream share a
      // request.
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, done, failed });
    });
};

const deliver = async <T>(batch: readonly Waiting<T>[], send: (items: readonly T[]) => Promise<Refusals>) => {
  try {
    const refusals = await send(batch.map(({ item }) => item));
    for (const [index, { done, failed }] of batch.entries()) {
      const refusal = refusals[index];
      if (refusal === undefined) done();
      else failed(refusal);
    }
  } catch (error) {
    for (const { failed } of batch) failed(error);
  }
};
