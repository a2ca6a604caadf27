/** One measured figure with the value it must not exceed, or must reach. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  target: number;
  /** More is better: the target is the least. */
  atLeast?: boolean;
}

/** Wall-clock seconds that the work took. */
export const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
