import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';

/** The variables a function asks for; optional ones may be left out of its environment. */
export interface EnvironmentKeys {
  required: readonly string[];
  optional: readonly string[];
}

/** Set on every function by the house, whether its schema names them or not. */
const houseVariables = ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_LOG_LEVEL'] as const;

export type HouseVariable = (typeof houseVariables)[number];

const isHouse = (key: string) => houseVariables.some((house) => house === key);

/** Reads which variables `functions/<name>/env.ts` asks for, from the zod schema that it exports as `env`. */
export async function environmentKeysOf(functionsDir: string, name: string): Promise<EnvironmentKeys> {
  const file = join(functionsDir, name, 'env.ts');
  if (!existsSync(file)) throw new Error(`${name} has no env.ts: every function states its variables in ${file}.`);
  const { env }: { env?: unknown } = await import(pathToFileURL(file).href);
  if (!(env instanceof z.ZodMiniObject)) {
    throw new Error(`${file} must export \`env\`, a z.object of zod/mini that names the function's variables.`);
  }
  const required: string[] = [];
  const optional: string[] = [];
  for (const [key, schema] of Object.entries(env.def.shape)) {
    if (isHouse(key)) continue;
    (z.safeParse(schema, undefined).success ? optional : required).push(key);
  }
  return { required, optional };
}

/** Throws, by name, for a variable the function asks for and does not get, or gets and does not ask for. */
export function checkEnvironment(name: string, keys: EnvironmentKeys, given: readonly string[]): void {
  const missing = keys.required.filter((key) => !given.includes(key));
  const extra = given.filter((key) => !keys.required.includes(key) && !keys.optional.includes(key));
  const faults = [
    ...missing.map((key) => `${key} is missing`),
    ...extra.map((key) => `${key} is given, but functions/${name}/env.ts does not ask for it`),
  ];
  if (faults.length > 0) throw new Error(`Environment of ${name}: ${faults.join('; ')}.`);
}
