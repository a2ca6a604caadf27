import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let code: string | undefined;

/**
 * Writes what a function's thread begins with as one file of plain JavaScript; gives its path. A thread that had to strip
 * the types itself would load a compiler: 12 MB and some 50 ms for each.
 */
export const writeWorkerCode = (directory: string): string => {
  code ??= buildSync({
    entryPoints: [fileURLToPath(new URL('./worker/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    // CommonJS: a thread that begins with an ES module first loads what loads those.
    format: 'cjs',
    target: 'node24',
  }).outputFiles[0]?.text;
  const path = join(directory, 'worker.cjs');
  writeFileSync(path, code ?? '');
  return path;
};
