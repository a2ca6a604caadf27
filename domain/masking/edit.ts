/** What was masked, as agents see it beside a message. */
export type SecretKind = 'card-number' | 'card-code' | 'password' | 'one-time-code' | 'api-key' | 'private-key';

/** One replacement in a text: characters `start` (inclusive) to `end` (exclusive) become `by`, never more bytes than they were. */
export interface Edit {
  start: number;
  end: number;
  by: string;
  kind: SecretKind;
}

/** Edits in order, none overlapping: of two that do, the earlier one stays and is widened over both. */
export const withoutOverlaps = (edits: readonly Edit[]): Edit[] => {
  const ordered = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Edit[] = [];
  for (const edit of ordered) {
    const last = kept.at(-1);
    if (last === undefined || edit.start >= last.end) kept.push({ ...edit });
    else if (edit.end > last.end) last.end = edit.end;
  }
  return kept;
};

export const kindsOf = (edits: readonly Edit[]): SecretKind[] => [...new Set(edits.map(({ kind }) => kind))].sort();
