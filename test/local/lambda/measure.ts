import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { aFunction, aWorld } from './world.ts';

// Prints what an invocation costs beside the handler, and what threads with the desk's AWS clients take. Run it with node.
const COUNT = 2000;
const CREWS = 14;

const bundle = (): string => {
  const [output] = buildSync({
    stdin: {
      contents: `import { marshall } from '@aws-sdk/util-dynamodb'; import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { SESClient } from '@aws-sdk/client-ses'; import { Logger } from '@aws-lambda-powertools/logger'; import middy from '@middy/core'; import * as z from 'zod/mini';
        const db = new DynamoDBClient(); const ses = new SESClient(); const log = new Logger();
        export const handler = middy().handler(async (e) => ({ e, ok: [db, marshall, ses, log, z].length }));`,
      resolveDir: process.cwd(),
    },
    ...{ bundle: true, minify: true, write: false, platform: 'node', format: 'cjs', target: 'node24' },
  }).outputFiles;
  return output?.text ?? '';
};

const rss = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
const percentile = (sorted: number[], share: number): string =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3);

const names = Array.from({ length: CREWS }, (_, n) => `f${n}`);
const code = Object.fromEntries(names.map((name) => [name, bundle()]));
const echo = 'exports.handler = async (event) => event;';
const world = await aWorld({
  code: { echo, ...code },
  resources: [aFunction('echo'), ...names.map((name) => aFunction(name, { MemorySize: 256 }))],
  speed: 1,
});

await world.invoke('echo', {});
const times: number[] = [];
const event = { ticket: 'T-7K2M9Q', text: 'x'.repeat(1000) };
const began = performance.now();
for (let n = 0; n < COUNT; n += 1) {
  const start = performance.now();
  await world.invoke('echo', event);
  times.push(performance.now() - start);
}
const sequential = COUNT / ((performance.now() - began) / 1000);
times.sort((a, b) => a - b);
const parallelBegan = performance.now();
await Promise.all(Array.from({ length: COUNT }, () => world.invoke('echo', event)));
const parallel = COUNT / ((performance.now() - parallelBegan) / 1000);
console.log(
  `warm invocation of 1 KB: p50 ${percentile(times, 0.5)} ms, p99 ${percentile(times, 0.99)} ms, ${sequential.toFixed(0)}/s in turn, ${parallel.toFixed(0)}/s at once`,
);

const before = rss();
const cold: number[] = [];
for (const name of names) {
  const start = performance.now();
  const { payload } = await world.invoke(name, { n: 1 });
  if (typeof payload !== 'object') throw new Error('the bundle does not run');
  cold.push(performance.now() - start);
}
cold.sort((a, b) => a - b);
const { threads } = world.lambda.stats();
console.log(
  `cold start of a ${(code.f0?.length ?? 0) >> 10} KB bundle: p50 ${percentile(cold, 0.5)} ms, worst ${percentile(cold, 0.999)} ms`,
);
console.log(
  `${threads} threads: ${rss().toFixed(0)} MB resident, ${((rss() - before) / (threads - 1)).toFixed(1)} MB a thread`,
);
await world.stop();
