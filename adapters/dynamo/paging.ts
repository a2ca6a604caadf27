/** A page of rows in order, and where the next one begins if there is one: the key of the last row shown. */
export const pageOf = <T extends { key: string }>(rows: readonly T[], limit: number): { shown: T[]; next?: string } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, ...(rows.length > limit && last && { next: last.key }) };
};
