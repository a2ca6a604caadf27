import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeskMistakes } from './compile/mistakes.ts';
import { compilePolicy } from './compile/policy.ts';
import { readSource } from './compile/source.ts';
import { fileOfVersion, versionText } from './compile/versions.ts';
import { policyFile } from './schema.ts';

/**
 * Writes what the present version of desk/policy.yaml promises by to desk/versions, for review with the change. Throws
 * `DeskMistakes` when the policy has some, or when this version is there with other promises: a version is never rewritten.
 *
 * @returns the path of the file, from the folder of the desk's files
 */
export const archiveVersion = async (from: string): Promise<string> => {
  const source = await readSource(join(from, 'policy.yaml'), 'desk/policy.yaml');
  const file = source.as(policyFile);
  const policy = file && compilePolicy(source, file, undefined);
  if (file === undefined || policy === undefined || source.mistakes.length > 0) throw new DeskMistakes(source.mistakes);
  const name = fileOfVersion(policy.version);
  const text = versionText(file, policy);
  const kept = await readFile(join(from, name), 'utf8').catch(() => undefined);
  if (kept !== undefined && kept !== text) {
    source.wrong(
      ['version'],
      `version ${policy.version} was kept with other promises; raise "version". If it was never deployed, remove desk/${name} and run this again`,
    );
    throw new DeskMistakes(source.mistakes);
  }
  await mkdir(join(from, dirname(name)), { recursive: true });
  await writeFile(join(from, name), text);
  return name;
};

// As a program: `node desk/archive.ts [from]`; exit code 1 and the mistakes on standard error.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from = dirname(fileURLToPath(import.meta.url))] = process.argv.slice(2);
  try {
    console.info(`desk/${await archiveVersion(from)}`);
  } catch (error) {
    if (!(error instanceof DeskMistakes)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
