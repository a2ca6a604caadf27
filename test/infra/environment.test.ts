import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Bundles } from '../../infra/bundling/bundles.ts';
import { checkEnvironment, environmentKeysOf } from '../../infra/bundling/environment-keys.ts';
import { kebabCase } from '../../infra/constructs/handler-function.ts';
import { carelineStage } from '../../infra/stage.ts';
import { standInFunctions, temporaryFolder, workflowsDir, writeFunction } from './support/stand-ins.ts';

const folder = temporaryFolder();
const functions = standInFunctions(folder.path);

afterAll(() => folder.remove());

const zod = "import * as z from 'zod/mini';";

test('a variable that a function asks for and the stack does not give fails the synthesis by name', async () => {
  writeFunction(functions, 'close-quietly', {
    env: `${zod} export const env = z.object({ TABLE_NAME: z.string(), MOON_PHASE: z.string() });`,
  });
  const bundles = await Bundles.of(functions, join(folder.path, 'bundles'));

  const stage = () => carelineStage({ bundles, workflowsDir, outdir: join(folder.path, 'cdk.out') });

  expect(stage).toThrow(/Environment of close-quietly: MOON_PHASE is missing; LINK_SECRET_ARN is given, but/);
});

test('a function the stack names and the repository lacks is refused by name', () => {
  const none = new Bundles('functions', new Map());

  expect(() => none.get('climb-the-ladder')).toThrow('There is no function climb-the-ladder');
});

test('variables of the house need not be named, and one with a default may be left out', async () => {
  writeFunction(functions, 'with-defaults', {
    env: `${zod} export const env = z.object({ TABLE_NAME: z.string(), POWERTOOLS_LOG_LEVEL: z.string(), PAGE: z.optional(z.string()) });`,
  });

  const keys = await environmentKeysOf(functions, 'with-defaults');

  expect(keys).toEqual({ required: ['TABLE_NAME'], optional: ['PAGE'] });
  expect(() => checkEnvironment('with-defaults', keys, ['TABLE_NAME'])).not.toThrow();
});

test('a function without a schema of its variables is refused', async () => {
  writeFunction(functions, 'without-schema', { env: 'export const env = {};' });

  await expect(environmentKeysOf(functions, 'without-schema')).rejects.toThrow('must export `env`');
  await expect(environmentKeysOf(functions, 'nowhere')).rejects.toThrow('nowhere has no env.ts');
});

test('folder and construct share one name', () => {
  expect(kebabCase('ClimbTheLadder')).toBe('climb-the-ladder');
  expect(kebabCase('AskAHuman')).toBe('ask-a-human');
  expect(kebabCase('DeskApi')).toBe('desk-api');
});
