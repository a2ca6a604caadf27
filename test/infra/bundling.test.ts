import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { bundleFunctions } from '../../infra/bundling/bundle-functions.ts';
import { defaultProvider } from '../../infra/bundling/lambda-credentials.ts';
import { temporaryFolder, writeFunction } from './support/stand-ins.ts';

const folder = temporaryFolder();
const functionsDir = join(folder.path, 'functions');
const outDir = join(folder.path, 'bundles');
const whole = join(folder.path, 'whole');
const bundle = (name: string, dir = outDir) => join(dir, name, 'index.js');

beforeAll(async () => {
  writeFunction(functionsDir, 'greet', {
    handler: `export const unused = () => 'nobody calls this'; export const handler = async () => 'hello';`,
  });
  writeFunction(functionsDir, 'store', {
    handler: `import { SQSClient } from '@aws-sdk/client-sqs';
      const client = new SQSClient({ region: 'eu-central-1' });
      export const handler = () => client.config.credentials();`,
  });
  await bundleFunctions({ functionsDir, outDir });
  await bundleFunctions({ functionsDir, outDir: whole, wholeSdk: true });
});

afterAll(() => folder.remove());
afterEach(() => vi.unstubAllEnvs());

test('a bundle is CommonJS and says so, so that it loads from a project of ES modules', () => {
  const { handler } = createRequire(import.meta.url)(bundle('greet'));

  expect(handler).toBeTypeOf('function');
  expect(JSON.parse(readFileSync(join(outDir, 'greet', 'package.json'), 'utf8'))).toEqual({ type: 'commonjs' });
});

test('equal sources give equal bytes, so that nothing unchanged is deployed', async () => {
  const again = join(folder.path, 'again');
  await bundleFunctions({ functionsDir, outDir: again });

  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

  expect(hash(bundle('store', again))).toBe(hash(bundle('store')));
});

test('import.meta, which CommonJS does not have, is an error and not undefined at run time', async () => {
  const dir = join(folder.path, 'with-import-meta');
  writeFunction(dir, 'lost', { handler: 'export const handler = async () => import.meta.url;' });

  await expect(bundleFunctions({ functionsDir: dir, outDir: join(folder.path, 'lost') })).rejects.toThrow(
    'import.meta',
  );
});

test('a bundle finds its credentials in the environment, and carries no other way to find them', () => {
  expect(readFileSync(bundle('store', whole), 'utf8')).toContain('sso_start_url');
  expect(readFileSync(bundle('store'), 'utf8')).not.toContain('sso_start_url');
  expect(statSync(bundle('store')).size).toBeLessThan(statSync(bundle('store', whole)).size);
});

test('a bundle leaves out event streams, which nothing here reads', () => {
  const bundled = (dir: string) => readFileSync(bundle('store', dir), 'utf8');

  expect(bundled(outDir)).toContain('EventStreamsNotBundled');
  expect(bundled(outDir)).not.toContain(':message-type');
  expect(bundled(whole)).toContain(':message-type');
});

test('meta.json says what each bundle is made of', () => {
  const { outputs } = JSON.parse(readFileSync(join(outDir, 'meta.json'), 'utf8'));

  expect(Object.keys(outputs).map((path) => path.split('/').at(-2))).toEqual(['greet', 'store']);
});

test('credentials are those that Lambda sets, and a lack of them is said by name', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  const given = await defaultProvider()();
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  const missing = defaultProvider()();

  expect(given).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token' });
  await expect(missing).rejects.toMatchObject({ name: 'CredentialsMissing' });
});
