import { compileDesk } from '../../desk/compile.ts';

/** Handlers import the desk's files as compiled; a fresh checkout has none yet. Runs once, before any test file. */
export default async (): Promise<void> => {
  await compileDesk();
};
