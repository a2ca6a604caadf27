import type { Decision } from '../../domain/support/decision.ts';

/** What was decided; a refusal fails the test with its own words. */
export const granted = <T>(decision: Decision<T>): T => {
  if (!decision.ok) throw new Error(`Refused: ${decision.refusal}. ${decision.detail}`);
  return decision.value;
};
