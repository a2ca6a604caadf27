/** Asks once and keeps the answer for a while: for what changes once a week and is asked for all day. */
export const keptFor = <T>(ms: number, now: () => number, ask: () => Promise<T>): (() => Promise<T>) => {
  let kept: { answer: T; until: number } | undefined;
  return async () => {
    if (kept === undefined || now() >= kept.until) kept = { answer: await ask(), until: now() + ms };
    return kept.answer;
  };
};
