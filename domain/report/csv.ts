import type { SlaReport } from './sla.ts';

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
] as const;

/** A report as CSV (RFC 4180), a figure a line. */
export const csvOf = ({ figures, from, to, zone }: SlaReport): string =>
  [
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
    ]),
  ]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');

/**
 * One cell. What a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, a tab or a line end in front) gets an
 * apostrophe before it, so that it stays text.
 */
export const csvCell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
