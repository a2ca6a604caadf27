import { Template } from 'aws-cdk-lib/assertions';
import type { CarelineStage } from '../../../infra/stage.ts';

type Found = ReturnType<Template['findResources']>[string];

export interface Resource {
  id: string;
  stack: 'data' | 'service';
  properties: Found;
  whole: Found;
}

/** Who may do what: one statement of a role. */
export interface Permission {
  role: string;
  actions: string[];
  resources: unknown[];
}

/** Both templates of a stage, as the questions of these tests ask them. */
export class Templates {
  readonly data: Template;
  readonly service: Template;

  constructor({ data, service }: CarelineStage) {
    this.data = Template.fromStack(data);
    this.service = Template.fromStack(service);
  }

  of(type: string): Resource[] {
    return (['data', 'service'] as const).flatMap((stack) =>
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
        roles.map((role) => ({ role, actions: listOf(statement.Action), resources: listOf(statement.Resource) })),
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
      JSON.stringify(properties.Dimensions ?? []).includes(`"${logicalId}"`),
    );
  }
}

const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
