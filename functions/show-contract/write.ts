import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from './document.ts';

const usual = fileURLToPath(new URL('../../build/desk/openapi.json', import.meta.url));

/** Writes the description that `GET /openapi.json` serves; the desk's files have to be compiled before. */
export const writeContract = async (to: string = usual): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, `${JSON.stringify(openApiDocument())}\n`);
};
