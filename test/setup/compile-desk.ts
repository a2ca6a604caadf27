import { join } from 'node:path';
import { compileDesk } from '../../desk/compile.ts';

// Journeys start the runtime some hundred times: each start after the first finds its own code compiled.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '..', '..', '.cache', 'compiled');

/** Handlers import the desk's files as compiled, and the description of the API; a fresh checkout has none yet. Runs once, before any test file. */
export default async (): Promise<void> => {
  await compileDesk();
  const { writeContract } = await import('../../functions/show-contract/write.ts');
  await writeContract();
};
