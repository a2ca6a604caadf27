import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalDeployment, loadDeployment } from '../../../local/template/deployment.ts';

export interface AssemblyStack {
  name: string;
  template: Record<string, unknown>;
  dependencies?: string[];
}

/** A cloud assembly in a temporary folder; `files` are written beside the templates (e.g. assets). */
export const writeAssembly = (
  stacks: AssemblyStack[],
  files: Record<string, string> = {},
): { directory: string; remove: () => void } => {
  const directory = mkdtempSync(join(tmpdir(), 'careline-assembly-'));
  const artifacts = Object.fromEntries(
    stacks.map(({ name, dependencies }) => [
      name,
      {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: `${name}.template.json` },
        dependencies: [`${name}.assets`, ...(dependencies ?? [])],
      },
    ]),
  );
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  for (const { name, template } of stacks) {
    writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template));
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};

/** The deployment of templates that are needed only for the moment. */
export const deploymentOf = (...stacks: AssemblyStack[]): LocalDeployment => {
  const { directory, remove } = writeAssembly(stacks);
  try {
    return loadDeployment({ assembly: directory, httpUrl: 'http://127.0.0.1:8080', awsUrl: 'http://127.0.0.1:4566' });
  } finally {
    remove();
  }
};

/** The deployment of one stack called `Desk` with these resources. */
export const deploymentWith = (
  resources: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): LocalDeployment => deploymentOf({ name: 'Desk', template: { Resources: resources, ...rest } });
