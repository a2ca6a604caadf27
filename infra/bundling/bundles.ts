import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions } from './bundle-functions.ts';
import { type EnvironmentKeys, environmentKeysOf } from './environment-keys.ts';

export interface Bundle {
  /** Folder with index.js, ready to be an asset. */
  directory: string;
  environmentKeys: EnvironmentKeys;
}

/** The bundled functions, by name; asking for one that is not there throws. */
export class Bundles {
  private readonly byName: ReadonlyMap<string, Bundle>;
  private readonly functionsDir: string;

  constructor(functionsDir: string, byName: ReadonlyMap<string, Bundle>) {
    this.functionsDir = functionsDir;
    this.byName = byName;
  }

  /** Bundles a folder of functions and reads which variables each asks for. */
  static async of(functionsDir: string, outDir: string): Promise<Bundles> {
    const names = await bundleFunctions({ functionsDir, outDir });
    const bundles = names.map(
      async (name): Promise<[string, Bundle]> => [
        name,
        { directory: join(outDir, name), environmentKeys: await environmentKeysOf(functionsDir, name) },
      ],
    );
    return new Bundles(functionsDir, new Map(await Promise.all(bundles)));
  }

  get names(): string[] {
    return [...this.byName.keys()];
  }

  get(name: string): Bundle {
    const bundle = this.byName.get(name);
    if (bundle && existsSync(bundle.directory)) return bundle;
    throw new Error(`There is no function ${name}: ${join(this.functionsDir, name, 'handler.ts')} does not exist.`);
  }
}
