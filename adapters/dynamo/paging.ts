/** A page of rows in order, and where the next one begins if there is one: the key of the last row shown. */
export const pageOf = <T>(
  rows: ReadonlyArray<{ key: string; ticket: T }>,
  limit: number,
): { tickets: T[]; next?: string } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { tickets: shown.map(({ ticket }) => ticket), ...(rows.length > limit && last && { next: last.key }) };
};

/** So many at a time: no batch read takes more than 100 keys. */
export const batches = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
