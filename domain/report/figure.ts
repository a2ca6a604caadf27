import type { Instant } from '../support/time.ts';
import type { Polarity } from '../survey/survey.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** A group of tickets that a figure names beside its value. */
export interface Part {
  n: number;
  tickets: TicketId[];
}

/** One number of a report with everything needed to check it (a number that cannot be checked is believed by nobody). */
export interface Figure {
  /** e.g. `attainment.first-reply`. */
  name: string;
  /** What it is of, when the report is split, e.g. `{ group: 'frontline' }`. */
  of?: Record<string, string>;
  /** Absent when there is nothing to count: no share of nothing is made up. */
  value?: number;
  /** `points`: 0 to 100, or -100 to 100 of an NPS. `score`: as the scale has it. `ratio`: so many times what is allowed. */
  unit: 'share' | 'seconds' | 'points' | 'score' | 'count' | 'ratio';
  /** The denominator, and how many of it count; broken where shared answers count by shares. */
  n: number;
  numerator?: number;
  /** 95 % Wilson interval of a share. */
  interval?: [low: number, high: number];
  formula: string;
  target?: number;
  /** The scale of what is averaged, and which end of it is good. */
  scale?: FigureScale;
  /** Too few to say much: shown grey. */
  small: boolean;
  /** Those in the denominator. */
  tickets: TicketId[];
  parts: Record<string, Part>;
  median?: number;
  p90?: number;
}

export interface FigureScale {
  name: string;
  /** The ends of the axis in the words of the definition, lowest value first. */
  ends: [low: string, high: string];
  polarity: Polarity;
}

export interface Report {
  from: Instant;
  to: Instant;
  /** The period as it was asked for, in the zone of the named calendar. */
  zone: string;
  calendar: string;
  by?: string;
  figures: Figure[];
}

const Z = 1.959964;

/** The 95 % Wilson score interval of `k` of `n`; undefined for nothing. */
export const wilson = (k: number, n: number): [number, number] | undefined => {
  if (n === 0) return undefined;
  const p = k / n;
  const middle = p + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  return [rounded(Math.max(0, (middle - half) / scale)), rounded(Math.min(1, (middle + half) / scale))];
};

/** Four places: a tenth of a per cent is read, the rest is noise. */
export const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

/** The value under which `share` of them lie, between neighbours in proportion; of none, undefined. */
export const quantile = (values: readonly number[], share: number): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? undefined : low + (high - low) * (place - Math.floor(place));
};

export const part = (tickets: readonly TicketId[]): Part => ({
  n: tickets.length,
  tickets: [...new Set(tickets)].sort(),
});
