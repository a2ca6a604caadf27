import problem from '#desk/words/problem.json' with { type: 'json' };
import { deskWords } from './words.ts';

/** The words of these groups beside those by which every page tells what went wrong; see `deskWords`. */
export const pageWords = <const T extends ReadonlyArray<Record<string, Record<string, string>>>>(...groups: T) =>
  deskWords(problem, ...groups);
