import { compileDesk } from '../../desk/compile.ts';

/** Handlers import the desk's files as compiled, and the description of the API; a fresh checkout has none yet. Runs once, before any test file. */
export default async (): Promise<void> => {
  await compileDesk();
  const { writeContract } = await import('../../functions/show-contract/write.ts');
  await writeContract();
};
