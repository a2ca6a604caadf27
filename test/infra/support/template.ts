import { Template } from 'aws-cdk-lib/assertions';
import type { CarelineStage } from '../../../infra/stage.ts';

type Found = ReturnType<Template['findResources']>[string];

export interface Resource {
  id: string;
  stack: 'data' | 'service' | 'watch';
  properties: Found;
  whole: Found;
}

/** Who may do what: one statement of a role. */
export interface Permission {
  role: string;
  actions: string[];
  resources: unknown[];
  /** As IAM writes them; absent without any. */
  conditions?: unknown;
}

/** The templates of a stage, as the questions of these tests ask them. */
export class Templates {
  readonly data: Template;
  readonly service: Template;
  readonly watch: Template;
  /** What the service hands to the stack that watches it: parameter to value. */
  private readonly handed: Record<string, unknown>;

  constructor({ data, service, watch }: CarelineStage) {
    this.data = Template.fromStack(data);
    this.service = Template.fromStack(service);
    this.watch = Template.fromStack(watch);
    const [nested] = Object.values(this.service.findResources('AWS::CloudFormation::Stack'));
    this.handed = nested?.Properties.Parameters ?? {};
  }

  of(type: string): Resource[] {
    return (['data', 'service', 'watch'] as const).flatMap((stack) =>
      Object.entries(this[stack].findResources(type)).map(([id, whole]) => ({
        id,
        stack,
        whole,
        properties: whole.Properties ?? {},
      })),
    );
  }

  /** Every statement that allows something, by the role that has it. */
  permissions(): Permission[] {
    const allowed = (roles: string[], document: Found): Permission[] =>
      document.Statement.flatMap((statement: Found) =>
        roles.map((role) => ({
          role,
          actions: listOf(statement.Action),
          resources: listOf(statement.Resource),
          conditions: statement.Condition,
        })),
      );
    return [
      ...this.of('AWS::IAM::Policy').flatMap(({ properties }) =>
        allowed(
          properties.Roles.map((role: Found) => role.Ref),
          properties.PolicyDocument,
        ),
      ),
      ...this.of('AWS::IAM::Role').flatMap(({ id, properties }) =>
        (properties.Policies ?? []).flatMap((policy: Found) => allowed([id], policy.PolicyDocument)),
      ),
    ];
  }

  /** Roles that have an action, `dynamodb:Scan`, by itself or by a wildcard; named as the functions are. */
  rolesWith(action: string): string[] {
    const [service] = action.split(':');
    const roles = this.permissions()
      .filter(({ actions }) => actions.some((given) => given === action || given === `${service}:*` || given === '*'))
      .map(({ role }) => role.replace(/Role[0-9A-F]{8}$/, ''));
    return [...new Set(roles)].sort();
  }

  /** Alarms whose metric has a dimension with a resource as its value. */
  alarmsOn(logicalId: string): Resource[] {
    return this.of('AWS::CloudWatch::Alarm').filter(({ properties }) =>
      JSON.stringify(this.asHanded(properties.Dimensions ?? [])).includes(`"${logicalId}"`),
    );
  }

  /** A value with each parameter in the words of the stack that hands it over. */
  private asHanded(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
      const name = typeof part === 'object' && part !== null && 'Ref' in part ? String(part.Ref) : '';
      return this.handed[name] ?? part;
    });
  }
}

const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
