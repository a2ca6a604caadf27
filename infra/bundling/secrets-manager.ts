import { type Command, type Configuration, JsonService, ServiceError } from './json-service.ts';

/** Stands in for `@aws-sdk/client-secrets-manager` in every bundle, as ./dynamodb.ts does for the table's client. */
export class GetSecretValueCommand implements Command {
  readonly operation = 'GetSecretValue';
  readonly input: object;

  constructor(input: object) {
    this.input = input;
  }
}

export class ResourceNotFoundException extends ServiceError {}

export class SecretsManagerClient {
  private readonly service: JsonService;

  constructor(configuration: Configuration = {}) {
    this.service = new JsonService(
      {
        name: 'secretsmanager',
        variable: 'SECRETS_MANAGER',
        target: 'secretsmanager',
        json: '1.1',
        errors: { ResourceNotFoundException },
      },
      configuration,
    );
  }

  send(sent: Command, options: { abortSignal?: AbortSignal } = {}): Promise<unknown> {
    return this.service.call(sent, options);
  }
}
