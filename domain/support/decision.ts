/** What a rule answers: the thing decided, or a refusal the caller can tell the person about. Never a thrown error. */
export type Decision<T, R extends string = string> = { ok: true; value: T } | { ok: false; refusal: R; detail: string };

export const decided = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refused = <R extends string>(refusal: R, detail: string): { ok: false; refusal: R; detail: string } => ({
  ok: false,
  refusal,
  detail,
});
