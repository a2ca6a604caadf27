import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';

const [WRAP = '', UNWRAP = ''] = Module.wrap('\0').split('\0');

/** A file of CommonJS that was run, and what V8 has compiled of it so far, for the next thread of the function. */
export interface CommonJs {
  exports: unknown;
  /** Code alone: no value that a run has made is in it. */
  compiled: () => Uint8Array<ArrayBuffer>;
}

/**
 * Runs a file as `require` does. `compiled`: what an earlier thread's V8 had compiled of this very file, so that this one
 * neither parses nor compiles it again. V8 passes over what it cannot use.
 */
export const runCommonJs = (file: string, compiled: Uint8Array | undefined): CommonJs => {
  // As Node.js has it: a first line for the shell is no JavaScript.
  const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
  const script = new Script(WRAP + source + UNWRAP, {
    filename: file,
    columnOffset: -WRAP.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(compiled && { cachedData: compiled }),
  });
  const module = new Module(file);
  module.filename = file;
  const require = createRequire(file);
  require.cache[file] = module;
  script.runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file));
  module.loaded = true;
  return { exports: module.exports, compiled: () => new Uint8Array(script.createCachedData()) };
};
