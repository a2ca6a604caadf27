import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import * as z from 'zod/mini';

export interface BundleOptions {
  /** Folder with one folder per function, each with a handler.ts. */
  functionsDir: string;
  /** Where `<name>/index.js` and meta.json go; emptied first. */
  outDir: string;
  /** Bundle the SDK as it comes, with nothing of the house in its place, to measure what that costs. */
  wholeSdk?: boolean;
}

const ours = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Puts modules of the house in the place of what the SDK carries and Lambda never runs. */
const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: ours('./lambda-credentials.ts'),
    }));
    build.onResolve({ filter: /^@aws-sdk\/endpoint-cache$/ }, () => ({ path: ours('./no-endpoint-cache.ts') }));
    build.onResolve({ filter: /^@aws-sdk\/client-dynamodb$/ }, () => ({ path: ours('./dynamodb.ts') }));
    build.onResolve({ filter: /^@aws-sdk\/client-secrets-manager$/ }, () => ({ path: ours('./secrets-manager.ts') }));
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: ours('./no-event-streams.ts') } : undefined,
    );
    // A client tells its version in its user agent, and carries all of its package.json for that: 2 KB each.
    build.onLoad({ filter: /\/@aws-sdk\/client-[a-z0-9-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(path, 'utf8')));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** The functions of a folder: every folder with a handler.ts, in alphabetical order. */
async function functionNames(functionsDir: string): Promise<string[]> {
  if (!existsSync(functionsDir)) throw new Error(`There is no folder of functions at ${functionsDir}.`);
  const entries = await readdir(functionsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(functionsDir, entry.name, 'handler.ts')))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Bundles every function in one esbuild run, so that what they share is read and parsed once. The output is CommonJS,
 * because `import 'node:http'` from ESM costs some 28 ms at each start (nodejs/node#59686); each folder says so in its own
 * package.json. Equal sources give equal bytes, hence equal asset hashes and no deployment. meta.json serves size reports.
 */
export async function bundleFunctions({ functionsDir, outDir, wholeSdk }: BundleOptions): Promise<string[]> {
  const names = await functionNames(functionsDir);
  await rm(outDir, { recursive: true, force: true });
  const result = await build({
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, join(functionsDir, name, 'handler.ts')])),
    outdir: outDir,
    bundle: true,
    minify: true,
    treeShaking: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    // Left as it is, the SDK's `import('node:http')` would load the whole of fetch beside it, since an ES module takes every
    // export at once: 30 ms of each start (nodejs/node#59686). `require` takes what is asked for.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    sourcemap: false,
    legalComments: 'none',
    metafile: true,
    charset: 'utf8',
    logLevel: 'silent',
    logOverride: { 'empty-import-meta': 'error' },
    plugins: wholeSdk ? [] : [leanSdk],
  });
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'meta.json'), JSON.stringify(result.metafile));
  await Promise.all(names.map((name) => writeFile(join(outDir, name, 'package.json'), '{"type":"commonjs"}\n')));
  return names;
}
