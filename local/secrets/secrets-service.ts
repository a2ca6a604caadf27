import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { ACCOUNT, AwsError, type AwsRequest, type AwsService, type Permission, REGION } from '../aws/contract.ts';
import { inputOf, refuse } from '../edge/input.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment, Resource } from '../template/contract.ts';
import { generateSecret } from './password.ts';
import { type Secret, SecretsTable, type SecretVersion } from './secrets-table.ts';

const INVALID = 'InvalidParameterException';

const schemas = {
  CreateSecret: z.strictObject({
    Name: z.string(),
    Description: z.optional(z.string()),
    SecretString: z.optional(z.string()),
    SecretBinary: z.optional(z.string()),
    ClientRequestToken: z.optional(z.string()),
  }),
  GetSecretValue: z.strictObject({
    SecretId: z.string(),
    VersionId: z.optional(z.string()),
    VersionStage: z.optional(z.string()),
  }),
  DescribeSecret: z.strictObject({ SecretId: z.string() }),
  PutSecretValue: z.strictObject({
    SecretId: z.string(),
    SecretString: z.optional(z.string()),
    SecretBinary: z.optional(z.string()),
    ClientRequestToken: z.optional(z.string()),
    VersionStages: z.optional(z.array(z.string())),
  }),
  ListSecrets: z.strictObject({ MaxResults: z.optional(z.number()) }),
};

const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-${randomBytes(3).toString('hex')}`;

/** The name in a secret's ARN, which ends in a dash and six random characters. */
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1, -7);

const seconds = (ms: number): number => ms / 1000;

/** AWS Secrets Manager: the secrets of the template, generated once and kept, and those made by a call. */
export class SecretsService implements AwsService {
  readonly name = 'secretsmanager';
  readonly operations = Object.keys(schemas);
  private readonly kernel: Kernel;
  private readonly deployment: Deployment;
  private readonly table: SecretsTable;

  constructor({ kernel, deployment }: { kernel: Kernel; deployment: Deployment }) {
    this.kernel = kernel;
    this.deployment = deployment;
    this.table = new SecretsTable(kernel.store);
  }

  /** Creates the template's secrets that are not there yet; a generated value stays what it was. */
  async start(): Promise<void> {
    for (const resource of this.deployment.resources('AWS::SecretsManager::Secret')) {
      if (!this.table.find(resource.ref)) this.create(resource);
    }
  }

  async stop(): Promise<void> {}

  /** Every secret with its current value, for the person who runs the desk here. */
  secrets(): Array<{ name: string; arn: string; path: string; value: string | undefined }> {
    return this.table.list().map((secret) => ({
      name: secret.name,
      arn: secret.arn,
      path: this.deployment.byArn(secret.arn)?.path ?? '',
      value: this.table.versions(secret.arn).find((version) => version.stages.includes('AWSCURRENT'))?.string,
    }));
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    const id = typeof input.SecretId === 'string' ? input.SecretId : input.Name;
    const resource = typeof id === 'string' ? (this.table.find(id)?.arn ?? id) : '*';
    return [{ action: `secretsmanager:${operation}`, resource }];
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    switch (request.operation) {
      case 'GetSecretValue':
        return this.get(inputOf(schemas.GetSecretValue, request, INVALID));
      case 'DescribeSecret':
        return this.describe(this.find(inputOf(schemas.DescribeSecret, request, INVALID).SecretId));
      case 'PutSecretValue':
        return this.put(inputOf(schemas.PutSecretValue, request, INVALID));
      case 'CreateSecret':
        return this.createByCall(inputOf(schemas.CreateSecret, request, INVALID));
      case 'ListSecrets':
        inputOf(schemas.ListSecrets, request, INVALID);
        return { SecretList: this.table.list().map((secret) => this.describe(secret)) };
      default:
        throw refuse(`secretsmanager ${request.operation}`);
    }
  }

  private create(resource: Resource): void {
    const { Name, Description, SecretString, GenerateSecretString } = resource.properties;
    const now = this.kernel.clock.now();
    const value: string | undefined =
      SecretString ?? (GenerateSecretString ? generateSecret(GenerateSecretString) : undefined);
    this.table.add(
      { arn: resource.ref, name: Name ?? nameIn(resource.ref), description: Description, createdAt: now },
      value === undefined ? undefined : this.newVersion({ SecretString: value }, ['AWSCURRENT']),
    );
  }

  private newVersion(
    value: {
      SecretString?: string | undefined;
      SecretBinary?: string | undefined;
      ClientRequestToken?: string | undefined;
    },
    stages: string[],
  ): SecretVersion {
    return {
      id: value.ClientRequestToken ?? randomUUID(),
      string: value.SecretString,
      binary: value.SecretBinary,
      createdAt: this.kernel.clock.now(),
      stages,
    };
  }

  private find(id: string): Secret {
    const secret = this.table.find(id);
    if (!secret) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }

  private version(secret: Secret, id: string | undefined, stage: string | undefined): SecretVersion {
    const found = this.table
      .versions(secret.arn)
      .find((version) => (!id || version.id === id) && (!stage || version.stages.includes(stage)));
    if (found) return found;
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${id ? `VersionId: ${id}` : `staging label: ${stage}`}`,
    );
  }

  private get(input: z.output<typeof schemas.GetSecretValue>): Record<string, unknown> {
    const secret = this.find(input.SecretId);
    const stage = input.VersionStage ?? (input.VersionId ? undefined : 'AWSCURRENT');
    const version = this.version(secret, input.VersionId, stage);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: version.stages,
      CreatedDate: seconds(version.createdAt),
      ...(version.string !== undefined && { SecretString: version.string }),
      ...(version.binary !== undefined && { SecretBinary: version.binary }),
    };
  }

  private describe(secret: Secret): Record<string, unknown> {
    const staged = this.table.versions(secret.arn).filter((version) => version.stages.length > 0);
    return {
      ARN: secret.arn,
      Name: secret.name,
      ...(secret.description !== undefined && { Description: secret.description }),
      CreatedDate: seconds(secret.createdAt),
      LastChangedDate: seconds(Math.max(secret.createdAt, ...staged.map((version) => version.createdAt))),
      VersionIdsToStages: Object.fromEntries(staged.map((version) => [version.id, version.stages])),
    };
  }

  private put(input: z.output<typeof schemas.PutSecretValue>): Record<string, unknown> {
    const secret = this.find(input.SecretId);
    const repeated = this.table.versions(secret.arn).find((version) => version.id === input.ClientRequestToken);
    const same = repeated?.string === input.SecretString && repeated?.binary === input.SecretBinary;
    if (repeated && !same) {
      throw new AwsError(
        'ResourceExistsException',
        "You can't use ClientRequestToken that was used for a different value.",
      );
    }
    const version = repeated ?? this.newVersion(input, input.VersionStages ?? ['AWSCURRENT']);
    if (!repeated) this.table.addVersion(secret.arn, version);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
  }

  private createByCall(input: z.output<typeof schemas.CreateSecret>): Record<string, unknown> {
    if (this.table.find(input.Name)) {
      throw new AwsError(
        'ResourceExistsException',
        `The operation failed because the secret ${input.Name} already exists.`,
      );
    }
    const secret: Secret = {
      arn: secretArn(input.Name),
      name: input.Name,
      description: input.Description,
      createdAt: this.kernel.clock.now(),
    };
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const version = hasValue ? this.newVersion(input, ['AWSCURRENT']) : undefined;
    this.table.add(secret, version);
    return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.id }) };
  }
}
