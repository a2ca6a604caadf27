import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const workflowsDir = join(repository, 'workflows');
export const functionsDir = join(repository, 'functions');

/** A fresh folder under .cache/, from which packages resolve as they do from the repository. */
export function temporaryFolder(): { path: string; remove: () => void } {
  mkdirSync(join(repository, '.cache'), { recursive: true });
  const path = mkdtempSync(join(repository, '.cache', 'infra-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Writes a folder of functions with the names and variables of the real ones and handlers of one line: a template shows
 * what a function may do, not what it does.
 */
export function standInFunctions(into: string): string {
  const dir = join(into, 'functions');
  for (const name of readdirSync(functionsDir)) {
    const env = join(functionsDir, name, 'env.ts');
    if (name.startsWith('_') || !existsSync(env)) continue;
    writeFunction(dir, name, {
      env: `export { env } from ${JSON.stringify(pathToFileURL(env).href)};`,
      handler: `export const handler = async () => ${JSON.stringify(name)};`,
    });
  }
  return dir;
}

/** Writes or replaces one function of a folder. */
export function writeFunction(dir: string, name: string, source: { env?: string; handler?: string }): void {
  mkdirSync(join(dir, name), { recursive: true });
  if (source.env) writeFileSync(join(dir, name, 'env.ts'), source.env);
  if (source.handler) writeFileSync(join(dir, name, 'handler.ts'), source.handler);
}

/** A copy of the workflows in which one file's text is changed. */
export function changedWorkflow(into: string, file: string, change: (text: string) => string, text: string): string {
  const dir = join(into, 'workflows');
  cpSync(workflowsDir, dir, { recursive: true });
  writeFileSync(join(dir, `${file}.asl.json`), change(text));
  return dir;
}
