import type { FigureScale, Report } from './figure.ts';

const COLUMNS = [
  'figure',
  'of',
  'value',
  'unit',
  'n',
  'numerator',
  'interval low',
  'interval high',
  'target',
  'median',
  'p90',
  'small',
  'parts',
  'tickets',
  'formula',
  'from',
  'to',
  'zone',
  'scale',
] as const;

/** A report as CSV (RFC 4180), a figure a line. */
export const csvOf = ({ figures, from, to, zone }: Pick<Report, 'figures' | 'from' | 'to' | 'zone'>): string =>
  csvRows([
    COLUMNS,
    ...figures.map((figure) => [
      figure.name,
      Object.entries(figure.of ?? {})
        .map(([by, key]) => `${by} ${key}`)
        .join(' '),
      figure.value,
      figure.unit,
      figure.n,
      figure.numerator,
      figure.interval?.[0],
      figure.interval?.[1],
      figure.target,
      figure.median,
      figure.p90,
      figure.small ? 'yes' : 'no',
      Object.entries(figure.parts)
        .map(([name, { n, tickets }]) => `${name} ${n}${tickets.length === 0 ? '' : `: ${tickets.join(' ')}`}`)
        .join('; '),
      figure.tickets.join(' '),
      figure.formula,
      from,
      to,
      zone,
      figure.scale && scaleInWords(figure.scale),
    ]),
  ]);

/** Rows as CSV (RFC 4180), the first with the names of the columns. */
export const csvRows = (rows: ReadonlyArray<ReadonlyArray<string | number | undefined>>): string =>
  rows
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');

/** `effort-7, from very easy to very hard, low is good` */
const scaleInWords = ({ name, ends: [low, high], polarity }: FigureScale): string =>
  `${name}, from ${low} to ${high}, ${polarity === 'high-is-good' ? 'high' : 'low'} is good`;

/**
 * One cell. What a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, a tab or a line end in front) gets an
 * apostrophe before it, so that it stays text.
 */
export const csvCell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
