import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './error.ts';
import { isObject, isText, type JsonObject, listAt, objectAt, textAt } from './values.ts';

/** One stack of the cloud assembly with its parsed template. */
export interface StackTemplate {
  name: string;
  template: JsonObject;
}

export const NESTED = 'AWS::CloudFormation::Stack';

const parseFile = (file: string): JsonObject => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new TemplateError(`${file} is not readable JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (!isObject(value)) throw new TemplateError(`${file} does not hold a JSON object`);
  return value;
};

/** Depth first along `dependencies`, so that a stack comes after those it imports from. */
const inDependencyOrder = (artifacts: JsonObject): string[] => {
  const ordered: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    if (ordered.includes(id) || !(id in artifacts)) return;
    if (path.includes(id)) throw new TemplateError(`The stacks depend on each other: ${[...path, id].join(' → ')}`);
    for (const needed of listAt(artifacts[id], 'dependencies')) if (isText(needed)) visit(needed, [...path, id]);
    ordered.push(id);
  };
  for (const id of Object.keys(artifacts)) visit(id, []);
  return ordered;
};

/** The stacks of a cloud assembly (the folder `cdk synth` writes), nested stages included, in dependency order. */
export const readAssembly = (directory: string): StackTemplate[] => {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new TemplateError(`There is no cloud assembly in ${directory}: synthesize it first (npx cdk synth)`);
  }
  const artifacts = objectAt(parseFile(manifestFile), 'artifacts');
  return inDependencyOrder(artifacts).flatMap((id) => {
    const artifact = artifacts[id];
    const properties = objectAt(artifact, 'properties');
    const type = textAt(artifact, 'type');
    if (type === 'cdk:cloud-assembly') return readAssembly(join(directory, textAt(properties, 'directoryName') ?? id));
    if (type !== 'aws:cloudformation:stack') return [];
    const file = textAt(properties, 'templateFile');
    if (file === undefined) throw new TemplateError(`Stack ${id} in ${manifestFile} names no templateFile`);
    const template = parseFile(join(directory, file));
    refuseNestedWork(directory, template);
    return [{ name: textAt(properties, 'stackName') ?? id, template }];
  });
};

/** Nested stacks are not played: one that holds more than alarms and dashboards would be missed. */
const refuseNestedWork = (directory: string, template: JsonObject): void => {
  for (const [id, resource] of Object.entries(objectAt(template, 'Resources'))) {
    if (textAt(resource, 'Type') !== NESTED) continue;
    const file = textAt(objectAt(resource, 'Metadata'), 'aws:asset:path') ?? '';
    const types = Object.values(objectAt(parseFile(join(directory, file)), 'Resources')).map((each) =>
      textAt(each, 'Type'),
    );
    const work = types.find((type) => type !== 'AWS::CDK::Metadata' && !type?.startsWith('AWS::CloudWatch::'));
    if (work !== undefined)
      throw new TemplateError(
        `The nested stack ${id} holds ${work}: only alarms and dashboards may stand in one here.`,
      );
  }
};
