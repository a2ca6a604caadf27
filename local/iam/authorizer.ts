import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT, AwsError, type Caller, type Permission, REGION } from '../aws/contract.ts';
import type { Authorizer } from '../aws/gate.ts';
import type { Deployment } from '../template/contract.ts';
import { resourcePolicyAllows } from './resource-policies.ts';
import { conditionKeysOf, type NamedPolicy, policiesOf } from './roles.ts';

type RoleCaller = Extract<Caller, { kind: 'role' }>;
type ServiceCaller = Extract<Caller, { kind: 'service' }>;

interface Role {
  policies: NamedPolicy[];
  conditionKeys: Set<string>;
}

/** Decisions kept; an S3 key or an execution name makes a new one each, so the oldest are dropped. */
const MOST_DECISIONS = 20_000;

const sessionArn = (caller: RoleCaller): string =>
  `arn:aws:sts::${ACCOUNT}:assumed-role/${caller.roleArn.replace(/^.*\//, '')}/${caller.holder}`;

const denied = (who: string, permission: Permission, because: string): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${permission.action} on resource: ${permission.resource} because ${because}`,
  );

/**
 * Checks calls against the roles and resource policies of the template, the way IAM decides within one account (IAM guide,
 * "Policy evaluation logic"). The account's root passes, and so does what root made by call with a role that the template
 * does not have.
 */
export class TemplateAuthorizer implements Authorizer {
  private readonly roles = new Map<string, Role>();
  private readonly decisions = new Map<string, Promise<boolean>>();
  private readonly deployment: Deployment;

  constructor(deployment: Deployment) {
    this.deployment = deployment;
  }

  async authorize(caller: Caller, permission: Permission): Promise<void> {
    if (caller.kind === 'role') await this.authorizeRole(caller, permission);
    if (caller.kind === 'service') this.authorizeService(caller, permission);
  }

  private authorizeService(caller: ServiceCaller, permission: Permission): void {
    const { principal, sourceArn } = caller;
    const request = { principal, permission, ...(sourceArn === undefined ? {} : { sourceArn }) };
    if (!resourcePolicyAllows(this.deployment, request)) {
      throw denied(principal, permission, `no resource-based policy allows the ${permission.action} action`);
    }
  }

  private async authorizeRole(caller: RoleCaller, permission: Permission): Promise<void> {
    const role = this.role(caller.roleArn);
    if (!role) return;
    refuseUnknownKeys(role, permission);
    const context = Object.entries(permission.context ?? {}).filter(([key]) => role.conditionKeys.has(key));
    const key = JSON.stringify([caller.roleArn, permission.action, permission.resource, context]);
    let decision = this.decisions.get(key);
    if (!decision) {
      decision = decide(sessionArn(caller), role.policies, permission, Object.fromEntries(context));
      if (this.decisions.size >= MOST_DECISIONS) this.decisions.delete(this.decisions.keys().next().value ?? '');
      this.decisions.set(key, decision);
    }
    if (!(await decision)) {
      throw denied(sessionArn(caller), permission, `no identity-based policy allows the ${permission.action} action`);
    }
  }

  /** Nothing for a role that is not in the template: there is no call that makes one, so no grant could be written for it. */
  private role(roleArn: string): Role | undefined {
    const known = this.roles.get(roleArn);
    if (known) return known;
    const policies = policiesOf(this.deployment, roleArn);
    if (!policies) return undefined;
    const role = { policies, conditionKeys: conditionKeysOf(policies) };
    this.roles.set(roleArn, role);
    return role;
  }
}

/** Keys of every request (IAM guide, "Global condition keys") that the runtime knows the value of. */
const GLOBAL_CONTEXT = {
  'aws:SecureTransport': 'true',
  'aws:RequestedRegion': REGION,
  'aws:PrincipalAccount': ACCOUNT,
  'aws:ResourceAccount': ACCOUNT,
};

/** A condition nobody can answer would deny without saying why: say it. */
const refuseUnknownKeys = (role: Role, { action, context }: Permission): void => {
  for (const key of role.conditionKeys) {
    const ours = key.startsWith('aws:') || key.split(':')[0] === action.split(':')[0];
    if (!ours || key in GLOBAL_CONTEXT || key in (context ?? {})) continue;
    throw new AwsError('NotSupportedByLocalRuntime', `The local runtime does not know ${key} of ${action}`, 501);
  }
};

const decide = async (
  principal: string,
  policies: NamedPolicy[],
  permission: Permission,
  context: Record<string, string | string[]>,
): Promise<boolean> => {
  const ask = (resource: string) =>
    runSimulation(
      {
        request: {
          principal,
          action: permission.action,
          resource: { resource, accountId: ACCOUNT },
          contextVariables: { ...GLOBAL_CONTEXT, ...context },
        },
        identityPolicies: policies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
  let answer = await ask(permission.resource);
  // Actions without a resource type can only be asked on everything.
  if (answer.resultType === 'error' && answer.errors.message === 'must.use.wildcard') answer = await ask('*');
  if (answer.resultType === 'error') {
    const why = JSON.stringify(answer.errors);
    throw new Error(`IAM cannot decide ${permission.action} on ${permission.resource}: ${why}`);
  }
  return answer.overallResult === 'Allowed';
};
