import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { aFunction, aWorld } from '../test/local/lambda/world.ts';
import { type Figure, median } from './figure.ts';

const INVOCATIONS = 2000;
/** More functions than threads are kept, so that the pool is full when it is looked at. */
const FUNCTIONS = 14;

/** A handler with the clients and the libraries that most functions of the desk start with. */
const CLIENTS = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { SESClient } from '@aws-sdk/client-ses';
  import { marshall } from '@aws-sdk/util-dynamodb';
  import { Logger } from '@aws-lambda-powertools/logger';
  import middy from '@middy/core';
  import * as z from 'zod/mini';
  const kept = [new DynamoDBClient(), new SESClient(), new Logger(), marshall, z];
  export const handler = middy().handler(async () => kept.length);`;

const bundle = (): string => {
  const { outputFiles } = buildSync({
    stdin: { contents: CLIENTS, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
  });
  return outputFiles[0]?.text ?? '';
};

/** Megabytes of this process and its threads. */
const resident = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** What an invocation costs beside its handler, and what a thread takes that the runtime keeps for a function. */
export const threads = async (): Promise<Figure[]> => {
  const names = Array.from({ length: FUNCTIONS }, (_, nth) => `f${nth}`);
  const code = bundle();
  const world = await aWorld({
    code: {
      echo: 'exports.handler = async (event) => event;',
      ...Object.fromEntries(names.map((name) => [name, code])),
    },
    resources: [aFunction('echo'), ...names.map((name) => aFunction(name, { MemorySize: 256 }))],
    speed: 1,
  });
  const event = { ticket: 'T-7K2M9Q', text: 'x'.repeat(1000) };
  await world.invoke('echo', event);
  const times: number[] = [];
  for (let nth = 0; nth < INVOCATIONS; nth += 1) {
    const from = performance.now();
    await world.invoke('echo', event);
    times.push(performance.now() - from);
  }
  const [alone, before] = [world.lambda.stats().threads, resident()];
  for (const name of names) await world.invoke(name, {});
  const each = (resident() - before) / (world.lambda.stats().threads - alone);
  await world.stop();
  return [
    { what: 'a warm invocation of 1 KB, median', value: median(times) * 1000, unit: 'µs', target: 1000 },
    { what: 'a thread with the AWS clients of the desk', value: each, unit: 'MB', target: 50 },
  ];
};
