import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bundleFunctions } from './bundle-functions.ts';
import { environmentKeysOf } from './environment-keys.ts';

// Prints what each bundle weighs and how long it takes to load, with the lean SDK of the house and with the SDK as it comes:
//   node infra/bundling/report.ts --runs 21 receive-ticket send-mail

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { functions: { type: 'string', default: 'functions' }, runs: { type: 'string', default: '21' } },
});
const functionsDir = resolve(values.functions);
const runs = Number(values.runs);
const run = promisify(execFile);

/** Variables with which a bundle loads: those it asks for, without meaning. */
async function anyEnvironment(name: string): Promise<Record<string, string>> {
  const { required } = await environmentKeysOf(functionsDir, name);
  return { AWS_REGION: 'us-east-1', ...Object.fromEntries(required.map((key) => [key, 'any'])) };
}

/** Milliseconds from before the first line of a bundle to after its last, in a fresh process. */
async function loadingTime(bundle: string, env: Record<string, string>): Promise<number> {
  const script = 'const t = performance.now(); require(process.argv[1]); console.log(performance.now() - t)';
  const { stdout } = await run(process.execPath, ['-e', script, bundle], { env });
  return Number(stdout);
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const folder = await mkdtemp(join(tmpdir(), 'careline-bundles-'));
try {
  const house = join(folder, 'house');
  const whole = join(folder, 'whole');
  const names = await bundleFunctions({ functionsDir, outDir: house });
  await bundleFunctions({ functionsDir, outDir: whole, wholeSdk: true });
  const rows = [];
  for (const name of positionals.length > 0 ? positionals : names) {
    const env = await anyEnvironment(name);
    const bundles = [house, whole].map((dir) => join(dir, name, 'index.js'));
    const times: [number[], number[]] = [[], []];
    // Interleaved, so that a busy moment of the machine falls on both.
    for (let round = 0; round < runs; round += 1) {
      for (const [side, bundle] of bundles.entries()) times[side]?.push(await loadingTime(bundle, env));
    }
    const sizes = await Promise.all(bundles.map(async (bundle) => Math.round((await stat(bundle)).size / 100) / 10));
    rows.push({
      function: name,
      KB: sizes[0],
      'KB, whole SDK': sizes[1],
      ms: Number(median(times[0]).toFixed(1)),
      'ms, whole SDK': Number(median(times[1]).toFixed(1)),
    });
  }
  console.table(rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}
