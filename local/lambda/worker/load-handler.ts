import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommonJs } from './common-js.ts';
import { RuntimeError } from './errors.ts';

export type Handler = (event: unknown, context: unknown, callback?: unknown) => unknown;

/** The `type` of the nearest package.json within the function's own code; nothing above it counts. */
const packageType = (root: string, file: string): 'module' | 'commonjs' => {
  for (let folder = dirname(file); folder === root || folder.startsWith(root + sep); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof parsed === 'object' && parsed !== null && 'type' in parsed && parsed.type === 'module'
      ? 'module'
      : 'commonjs';
  }
  return 'commonjs';
};

/** On AWS the code lies in a folder of its own; here it lies within a project whose package.json must not matter. */
const shutOutTheProject = (root: string): void => {
  registerHooks({
    load: (url, context, next) => {
      if (!url.startsWith('file:') || !url.endsWith('.js')) return next(url, context);
      const file = fileURLToPath(url);
      if (!file.startsWith(root + sep)) return next(url, context);
      return next(url, { ...context, format: packageType(root, file) });
    },
  });
};

const isFunction = (value: unknown): value is Handler => typeof value === 'function';

const named = (exported: unknown, path: string): unknown => {
  let value = exported;
  for (const key of path.split('.')) {
    value = (typeof value === 'object' && value !== null) || isFunction(value) ? Reflect.get(value, key) : undefined;
  }
  return value;
};

/** `compiled`: as in common-js.ts; nothing of the kind is known of an ES module. */
interface Loaded {
  exports: unknown;
  compiled?: () => Uint8Array<ArrayBuffer>;
}

const load = async (root: string, name: string, compiled: Uint8Array | undefined): Promise<Loaded> => {
  const file = ['.js', '.mjs', '.cjs'].map((ending) => join(root, name + ending)).find((path) => existsSync(path));
  if (file === undefined) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
  const isModule = file.endsWith('.mjs') || (file.endsWith('.js') && packageType(root, file) === 'module');
  return isModule ? { exports: await import(pathToFileURL(file).href) } : runCommonJs(file, compiled);
};

const explain = (error: unknown): unknown => {
  if (error instanceof RuntimeError || !(error instanceof Error)) return error;
  if (error instanceof SyntaxError) return new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
  const code = 'code' in error ? error.code : undefined;
  const missing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return missing ? new RuntimeError('Runtime.ImportModuleError', String(error)) : error;
};

/** Loads `<file>.<export>`, CommonJS or ESM, as the Node.js runtime of AWS does, with its errors. */
export const loadHandler = async (
  directory: string,
  handler: string,
  before?: Uint8Array,
): Promise<{ handler: Handler } & Pick<Loaded, 'compiled'>> => {
  const [, name, path] = /^(.*?)\.([^/]+)$/.exec(handler) ?? [];
  if (name === undefined || path === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const root = realpathSync(directory);
  shutOutTheProject(root);
  const { exports: exported, compiled } = await load(root, name, before).catch((error: unknown) => {
    throw explain(error);
  });
  const found = named(exported, path) ?? named(named(exported, 'default'), path);
  if (!isFunction(found)) throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  return { handler: found, ...(compiled && { compiled }) };
};
