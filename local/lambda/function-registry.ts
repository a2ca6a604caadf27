import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, sep } from 'node:path';
import { unzipSync } from 'fflate';
import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Store } from '../kernel/store.ts';
import type { Deployment } from '../template/contract.ts';
import {
  deployedFunction,
  type FunctionConfig,
  functionArn,
  functionConfig,
  functionNotFound,
} from './function-config.ts';

/** A function with its code in a directory. */
export interface RegisteredFunction {
  config: FunctionConfig;
  codeDirectory: string;
  /** SHA-256 of the zip in base64; of a template's asset, its S3 key. */
  codeSha256: string;
  codeSize: number;
  /** Epoch ms. */
  modifiedAt: number;
}

const row = z.object({
  name: z.string(),
  properties: z.string(),
  zip: z.instanceof(Uint8Array),
  modified_at: z.number(),
});
const stored = z.record(z.string(), z.unknown());

const prepare = (store: Store) => ({
  all: store.prepare('SELECT * FROM lambda_functions ORDER BY name'),
  put: store.prepare(
    'INSERT OR REPLACE INTO lambda_functions (name, properties, zip, modified_at) VALUES (?, ?, ?, ?)',
  ),
  one: store.prepare('SELECT * FROM lambda_functions WHERE name = ?'),
  remove: store.prepare('DELETE FROM lambda_functions WHERE name = ?'),
});

/** The functions of the template and those made by CreateFunction; the latter are kept in the store, zip and all. */
export class FunctionRegistry {
  private readonly functions = new Map<string, RegisteredFunction>();
  /** A temporary folder for code that has none of its own; gone after `stop`. */
  readonly directory: string;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    kernel.store.exec(`CREATE TABLE IF NOT EXISTS lambda_functions (
      name TEXT PRIMARY KEY, properties TEXT NOT NULL, zip BLOB NOT NULL, modified_at INTEGER NOT NULL);`);
    this.statements = prepare(kernel.store);
    this.directory = mkdtempSync(join(tmpdir(), 'local-functions-'));
  }

  load(deployment: Deployment): void {
    for (const resource of deployment.resources('AWS::Lambda::Function')) {
      const { config, code } = deployedFunction(resource);
      const codeDirectory =
        's3Key' in code
          ? deployment.assetDirectory(code.s3Key)
          : this.write(config.name, { 'index.js': Buffer.from(code.text) });
      const codeSha256 = 's3Key' in code ? code.s3Key.replace(/\.zip$/, '') : digest(Buffer.from(code.text));
      this.functions.set(config.name, {
        config,
        codeDirectory,
        codeSha256,
        codeSize: 0,
        modifiedAt: this.kernel.clock.now(),
      });
    }
    for (const { name, properties, zip, modified_at } of z.array(row).parse(this.statements.all.all())) {
      if (!this.functions.has(name)) this.keep(name, stored.parse(JSON.parse(properties)), zip, modified_at);
    }
  }

  get(name: string): RegisteredFunction {
    const found = this.functions.get(name);
    if (found === undefined) throw functionNotFound(functionArn(name));
    return found;
  }

  has(name: string): boolean {
    return this.functions.has(name);
  }

  list(): RegisteredFunction[] {
    return [...this.functions.values()].sort((a, b) => (a.config.name < b.config.name ? -1 : 1));
  }

  /** `properties` are the members of CreateFunction without its code. */
  create(name: string, properties: Record<string, unknown>, zip: Uint8Array): RegisteredFunction {
    if (this.functions.has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
    }
    return this.store(name, properties, zip);
  }

  /** Other code for a function made by CreateFunction; those of the template change with the template. */
  updateCode(name: string, zip: Uint8Array): RegisteredFunction {
    const found = this.statements.one.get(this.own(name));
    return this.store(name, stored.parse(JSON.parse(row.parse(found).properties)), zip);
  }

  delete(name: string): void {
    this.statements.remove.run(this.own(name));
    this.functions.delete(name);
  }

  stop(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private own(name: string): string {
    if (this.get(name).config.logicalId === undefined) return name;
    throw new AwsError('NotSupportedByLocalRuntime', `Function ${name} belongs to the template: change it there.`);
  }

  private store(name: string, properties: Record<string, unknown>, zip: Uint8Array): RegisteredFunction {
    const made = this.keep(name, properties, zip, this.kernel.clock.now());
    this.statements.put.run(name, JSON.stringify(properties), zip, made.modifiedAt);
    return made;
  }

  private keep(
    name: string,
    properties: Record<string, unknown>,
    zip: Uint8Array,
    modifiedAt: number,
  ): RegisteredFunction {
    const config = functionConfig(name, properties);
    const made = {
      config,
      codeDirectory: this.write(name, unzip(zip)),
      codeSha256: digest(zip),
      codeSize: zip.length,
      modifiedAt,
    };
    this.functions.set(name, made);
    return made;
  }

  private write(name: string, files: Record<string, Uint8Array>): string {
    const directory = mkdtempSync(join(this.directory, `${name}-`));
    for (const [path, content] of Object.entries(files)) {
      const target = normalize(join(directory, path));
      if (!target.startsWith(directory + sep)) throw unreadable();
      if (path.endsWith('/')) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    return directory;
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

const unreadable = (): AwsError =>
  new AwsError(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
  );

const unzip = (zip: Uint8Array): Record<string, Uint8Array> => {
  try {
    return unzipSync(zip);
  } catch {
    throw unreadable();
  }
};
