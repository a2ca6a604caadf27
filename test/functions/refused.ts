import { expect } from 'vitest';
import { problemOf } from '../../functions/_shared/middleware.ts';
import type { Problem } from '../../functions/_shared/problem.ts';

/** The problem that a request is refused with. Fails when it is answered. */
export const problemIn = (answer: Promise<unknown>): Promise<Problem> =>
  answer.then(() => expect.fail('It was answered.'), problemOf);

/** The status that a request is refused with. Fails when it is answered. */
export const statusOf = async (refused: Promise<unknown>): Promise<number> => (await problemIn(refused)).status;
