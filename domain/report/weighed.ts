import { WHOLE_SHARE } from '../survey/credit.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { type Figure, type Part, part, rounded, wilson } from './figure.ts';

/** Something counted with its part, in ten-thousandths: a shared answer counts for each of its people by their share. */
export interface Weighed {
  ticketId: TicketId;
  weight: number;
}

export type Naming = Pick<Figure, 'name' | 'formula'> &
  Partial<Pick<Figure, 'of' | 'target' | 'scale'>> & { smallBelow: number };

const weightOf = (some: readonly Weighed[]): number => some.reduce((sum, { weight }) => sum + weight, 0) / WHOLE_SHARE;

export const partOf = (some: readonly { ticketId: TicketId }[]) => part(some.map(({ ticketId }) => ticketId));

const base = ({ smallBelow, ...named }: Naming, n: number, counted: readonly Weighed[]) => ({
  ...named,
  n,
  small: n < smallBelow,
  tickets: partOf(counted).tickets,
});

/** By key, in the order of the keys. */
export const grouped = <T>(some: readonly T[], keyOf: (one: T) => string): Array<[key: string, some: T[]]> =>
  [...Map.groupBy(some, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));

/** What there is of each kind, as the parts of a figure. */
export const partsOf = <T extends { ticketId: TicketId }>(
  some: readonly T[],
  keyOf: (one: T) => string,
): Record<string, Part> => Object.fromEntries(grouped(some, keyOf).map(([key, each]) => [key, partOf(each)]));

/** The share of what counts as good, by weight above and below the line, with the interval of Wilson. */
export const shareOf = <T extends Weighed>(
  naming: Naming,
  counted: readonly T[],
  isGood: (one: T) => boolean,
  parts: Figure['parts'] = {},
): Figure => {
  const [k, n] = [weightOf(counted.filter(isGood)), weightOf(counted)];
  const interval = wilson(k, n);
  return {
    ...base(naming, n, counted),
    ...(n > 0 && { value: rounded(k / n) }),
    unit: 'share',
    numerator: k,
    ...(interval && { interval }),
    parts,
  };
};

/** The mean of what they are worth, by weight, to so many places. */
export const meanOf = <T extends Weighed>(
  naming: Naming & { unit: Figure['unit']; places: number },
  counted: readonly T[],
  worth: (one: T) => number,
  parts: Figure['parts'] = {},
): Figure => {
  const { unit, places, ...named } = naming;
  const n = weightOf(counted);
  const sum = counted.reduce((total, one) => total + worth(one) * one.weight, 0) / WHOLE_SHARE;
  return {
    ...base(named, n, counted),
    ...(n > 0 && { value: Math.round((sum / n) * 10 ** places) / 10 ** places }),
    unit,
    parts,
  };
};

/** How many there are. A count is no estimate: it is never shown grey. */
export const countOf = (
  naming: Omit<Naming, 'smallBelow'>,
  counted: readonly { ticketId: TicketId }[],
  parts: Figure['parts'] = {},
): Figure => ({
  ...naming,
  value: counted.length,
  unit: 'count',
  n: counted.length,
  small: false,
  tickets: partOf(counted).tickets,
  parts,
});
