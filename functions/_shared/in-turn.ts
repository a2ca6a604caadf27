import { jitteredPause } from '../../adapters/pause.ts';
import { ConcurrentChange } from '../../domain/errors.ts';

/** Attempts, before the caller's own retry has to take over. */
const TURNS = 24;

/** Pauses between attempts: enough for some tens of writers to get their turn. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [10, 120];

/**
 * Decides and stores, and decides again on fresh facts when somebody else was faster. From the second turn on there is a
 * crowd: `lot` is given, so that those who choose at once do not all choose the same.
 */
export const inTurn = async <T>(decide: (lot: string | undefined) => Promise<T>, who: string): Promise<T> => {
  for (let turn = 1; ; turn += 1) {
    try {
      return await decide(turn === 1 ? undefined : `${who}#${turn}`);
    } catch (error) {
      if (!(error instanceof ConcurrentChange) || turn === TURNS) throw error;
      await jitteredPause(turn, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    }
  }
};
