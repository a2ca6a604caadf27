import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileDesk } from '../../desk/compile.ts';
import { bundleFunctions } from '../../infra/bundling/bundle-functions.ts';
import { functionsDir, temporaryFolder } from './support/stand-ins.ts';

const folder = temporaryFolder();
let names: string[];

beforeAll(async () => {
  await compileDesk();
  names = await bundleFunctions({ functionsDir, outDir: folder.path });
});

afterAll(() => folder.remove());

const bytes = (name: string) => statSync(join(folder.path, name, 'index.js')).size;

test('the function that takes in tickets weighs at most 400 KB, since somebody waits while it starts', () => {
  expect(bytes('receive-ticket')).toBeLessThanOrEqual(400_000);
});

test('no function weighs more than 650 KB', () => {
  expect(names.filter((name) => bytes(name) > 650_000)).toEqual([]);
});
