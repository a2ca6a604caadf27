import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NESTED, readAssembly, type StackTemplate } from './assembly.ts';
import type { Deployment, Resource } from './contract.ts';
import { TemplateError } from './error.ts';
import { type Identity, identities } from './identities.ts';
import { holds, resolve, type Scope } from './intrinsics.ts';
import { generatedName } from './naming.ts';
import { isObject, isText, objectAt, textAt } from './values.ts';

export interface DeploymentOptions {
  /** Folder of the cloud assembly, e.g. `cdk.out`. */
  assembly: string;
  /** Base URLs without trailing slash; they end up in ApiEndpoint and in queue URLs. */
  httpUrl: string;
  awsUrl: string;
}

/** A deployment with what only the start-up and the control API ask. */
export interface LocalDeployment extends Deployment {
  stacks: string[];
  all(): Resource[];
  /** Types of the template that the runtime cannot name, hence not run; sorted. */
  unknownTypes: string[];
  /** Values of the stacks' outputs by output key. */
  outputs(): Record<string, unknown>;
}

/** Resources that exist for CloudFormation or the CDK alone. */
const IGNORED = new Set(['AWS::CDK::Metadata', NESTED]);

/** One stack whose resources get their names and values when first asked for. */
class StackScope implements Scope {
  readonly stack: string;
  readonly template: StackTemplate['template'];
  private readonly identified = new Map<string, Identity>();
  private readonly naming: string[] = [];
  private readonly options: DeploymentOptions;
  private readonly exported: (name: string) => unknown;

  constructor(stack: StackTemplate, options: DeploymentOptions, exported: (name: string) => unknown) {
    this.stack = stack.name;
    this.template = stack.template;
    this.options = options;
    this.exported = exported;
  }

  imported(name: string): unknown {
    return this.exported(name);
  }

  ref(logicalId: string): string | undefined {
    return this.identity(logicalId)?.ref;
  }

  attribute(logicalId: string, name: string): string {
    const identity = this.identity(logicalId);
    if (!identity) throw new TemplateError(`${this.stack}: there is no resource ${logicalId} to take ${name} from`);
    const value = identity.attributes[name];
    if (value === undefined) {
      const type = textAt(this.definition(logicalId), 'Type');
      throw new TemplateError(
        `${this.stack}: the local runtime does not know attribute ${name} of ${logicalId} (${type})`,
      );
    }
    return value;
  }

  identity(logicalId: string): Identity | undefined {
    const definition = this.definition(logicalId);
    if (!definition) return undefined;
    const known = this.identified.get(logicalId);
    if (known) return known;
    if (this.naming.includes(logicalId)) {
      throw new TemplateError(`${this.stack}: names depend on each other: ${[...this.naming, logicalId].join(' → ')}`);
    }
    this.naming.push(logicalId);
    const name = identities[textAt(definition, 'Type') ?? ''];
    const identity = name?.({
      stack: this.stack,
      logicalId,
      property: (property) => resolve(objectAt(definition, 'Properties')[property], this),
      httpUrl: this.options.httpUrl,
      awsUrl: this.options.awsUrl,
    }) ?? { ref: generatedName(this.stack, logicalId, 255), attributes: {} };
    this.naming.pop();
    this.identified.set(logicalId, identity);
    return identity;
  }

  /** The resource's definition, unless its condition is false. */
  definition(logicalId: string): Record<string, unknown> | undefined {
    const definition = objectAt(this.template, 'Resources')[logicalId];
    if (!isObject(definition)) return undefined;
    const condition = definition.Condition;
    return isText(condition) && !holds(condition, this) ? undefined : definition;
  }

  resources(): Resource[] {
    return Object.keys(objectAt(this.template, 'Resources')).flatMap((logicalId) => {
      const definition = this.definition(logicalId);
      const identity = this.identity(logicalId);
      const type = textAt(definition, 'Type') ?? '';
      if (!definition || !identity || IGNORED.has(type)) return [];
      const properties = resolve(objectAt(definition, 'Properties'), this);
      const path = textAt(objectAt(definition, 'Metadata'), 'aws:cdk:path') ?? `${this.stack}/${logicalId}`;
      return [
        {
          logicalId,
          path: path.replace(/\/Resource$/, ''),
          stack: this.stack,
          type,
          properties: isObject(properties) ? properties : {},
          ref: identity.ref,
          attributes: identity.attributes,
        },
      ];
    });
  }
}

const exportsOf = (scopes: readonly StackScope[]): Map<string, () => unknown> => {
  const found = new Map<string, () => unknown>();
  for (const scope of scopes) {
    for (const output of Object.values(objectAt(scope.template, 'Outputs'))) {
      const name = resolve(objectAt(output, 'Export').Name, scope);
      if (isText(name) && isObject(output)) found.set(name, () => resolve(output.Value, scope));
    }
  }
  return found;
};

/** Reads the cloud assembly and resolves it to what would stand in the account after `cdk deploy`. */
export const loadDeployment = (options: DeploymentOptions): LocalDeployment => {
  let exported = new Map<string, () => unknown>();
  const scopes = readAssembly(options.assembly).map(
    (stack) =>
      new StackScope(stack, options, (name) => {
        const value = exported.get(name);
        if (!value) throw new TemplateError(`${stack.name}: no stack exports ${name}`);
        return value();
      }),
  );
  exported = exportsOf(scopes);
  const all = scopes.flatMap((scope) => scope.resources());
  const byType = Map.groupBy(all, (resource) => resource.type);
  const byId = new Map(all.map((resource) => [resource.logicalId, resource]));
  const byName = new Map(
    all.flatMap((resource) => {
      const arn = resource.attributes.Arn;

      const names = arn === undefined ? [resource.ref] : [arn, resource.ref];
      return names.map((name): [string, Resource] => [name, resource]);
    }),
  );
  return {
    stacks: scopes.map((scope) => scope.stack),
    all: () => all,
    resources: (type) => byType.get(type) ?? [],
    resource: (logicalId) => byId.get(logicalId),
    byArn: (arn) => byName.get(arn),
    unknownTypes: [...byType.keys()].filter((type) => !(type in identities)).sort(),
    outputs: () =>
      Object.fromEntries(
        scopes.flatMap((scope) =>
          Object.entries(objectAt(scope.template, 'Outputs')).map(([key, output]) => [
            key,
            resolve(isObject(output) ? output.Value : undefined, scope),
          ]),
        ),
      ),
    assetDirectory: (s3Key) => {
      const directory = join(options.assembly, `asset.${s3Key.replace(/\.zip$/, '').replace(/^.*\//, '')}`);
      if (!existsSync(directory)) throw new TemplateError(`The asset ${directory} is missing: synthesize again`);
      return directory;
    },
  };
};
