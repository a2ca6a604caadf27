/** Waits for a random share of a span that doubles with each attempt, so that twins do not meet again. */
export const jitteredPause = (attempt: number, baseMs = 25, atMostMs = 400): Promise<void> => {
  const span = Math.min(atMostMs, baseMs * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * span));
};
