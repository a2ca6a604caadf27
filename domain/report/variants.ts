import { type Figure, rounded } from './figure.ts';

/** Two wordings of one purpose beside each other: the difference of a share, and whether it may be chance. */
export interface Comparison {
  name: string;
  variants: [string, string];
  /** The first less the second. */
  difference: number;
  /** 95 %, by Newcombe from the intervals of Wilson. */
  interval: [low: number, high: number];
  /** Zero lies outside: the two differ by more than chance explains. */
  apart: boolean;
}

/**
 * Each pair of variants, by the share of tops and of answers. The shares are compared, never pooled: each stays with the
 * series of its own wording.
 */
export const comparisonsOf = (figures: readonly Figure[]): Comparison[] => {
  const comparable = figures.filter(({ name, of }) => of?.variant !== undefined && NAMES.includes(name));
  return [...Map.groupBy(comparable, ({ name }) => name)].flatMap(([name, some]) =>
    some.flatMap((a, index) => some.slice(index + 1).flatMap((b) => compared(name, a, b))),
  );
};

const NAMES: readonly string[] = ['csat', 'response-rate'];

const compared = (name: string, a: Figure, b: Figure): Comparison[] => {
  const variants: [string, string] = [a.of?.variant ?? '', b.of?.variant ?? ''];
  // One variant may have answers of two series, when its wording was changed under way: that is no pair.
  if (variants[0] === variants[1]) return [];
  const [p, q] = [a.value, b.value];
  if (p === undefined || q === undefined || a.interval === undefined || b.interval === undefined) return [];
  const [[low, high], [otherLow, otherHigh]] = [a.interval, b.interval];
  const interval: [number, number] = [
    rounded(p - q - Math.hypot(p - low, otherHigh - q)),
    rounded(p - q + Math.hypot(high - p, q - otherLow)),
  ];
  return [{ name, variants, difference: rounded(p - q), interval, apart: interval[0] > 0 || interval[1] < 0 }];
};
