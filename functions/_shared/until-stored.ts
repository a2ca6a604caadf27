import { ConcurrentChange } from '../../domain/errors.ts';

/** Attempts, before the lost race is thrown for the caller to repeat. */
const ATTEMPTS = 8;

const isOvertaken = (error: unknown): boolean => error instanceof ConcurrentChange;

/**
 * Decides and stores, and decides again on fresh facts while somebody else is faster. For the few who may write one ticket
 * at once; where crowds meet, `inTurn` pauses in between.
 *
 * @param decide is told which attempt it is, from 1
 * @param again whether an error says that somebody else was faster: `ConcurrentChange`, if nothing else is given
 */
export const untilStored = async <T>(
  decide: (attempt: number) => Promise<T>,
  again: (error: unknown) => boolean = isOvertaken,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await decide(attempt);
    } catch (error) {
      if (!again(error) || attempt === ATTEMPTS) throw error;
    }
  }
};
