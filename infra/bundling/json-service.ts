import { createHash, createHmac } from 'node:crypto';
import { HttpRequest } from '@smithy/core/protocols';
import { isServerError, isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SdkError } from '@smithy/types';
import { defaultProvider } from './lambda-credentials.ts';

/** How a service that speaks AWS JSON is called. */
export interface Service {
  /** In signatures and in its host name, e.g. `secretsmanager`. */
  name: string;
  /** In the variable that names another endpoint, e.g. `SECRETS_MANAGER`. */
  variable: string;
  /** What stands before the operation, e.g. `DynamoDB_20120810`. */
  target: string;
  json: '1.0' | '1.1';
  /** Errors that somebody asks for by their class; all others are told apart by their name. */
  errors?: Record<string, typeof ServiceError>;
}

export interface Configuration {
  maxAttempts?: number;
  /** Named for the SDK's sake: there is no other. */
  retryMode?: 'standard';
  /** Milliseconds until a connection or an answer counts as lost; half of what a function may take by default. */
  patience?: number;
}

/** An operation and its input, which is the JSON that is sent. */
export interface Command {
  readonly operation: string;
  readonly input: object;
}

/** What the service answered instead: `name` is its code, and what else it says stands beside it. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly $metadata: { httpStatusCode: number };

  constructor(name: string, status: number, told: Record<string, unknown>) {
    super(String(told.message ?? told.Message ?? name));
    const { message, Message, __type, ...more } = told;
    Object.assign(this, more);
    this.name = name;
    this.$metadata = { httpStatusCode: status };
  }
}

/** SHA-256 and its HMAC, in the shape in which the signer asks for them. */
class Sha256 {
  private readonly hash;

  constructor(secret?: unknown) {
    const key = typeof secret === 'string' || secret instanceof Uint8Array ? secret : undefined;
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error('The signer begins anew with each hash.');
  }
}

/** As the SDK reads it: the service's own variable first, then the one for all, then the host of the region. */
const endpointOf = ({ name, variable }: Service): URL => {
  const { AWS_REGION: region = '', ...given } = process.env;
  const own = given[`AWS_ENDPOINT_URL_${variable}`] ?? given.AWS_ENDPOINT_URL;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(own ?? `https://${name}.${region}.${domain}`);
};

/**
 * A client of one service, made of the SDK's own parts: its signer, its connections and its rules for trying again. What it
 * lacks is the model of all operations, their inputs and answers, which is most of what an SDK client weighs and of what it
 * does at each start; the answers are JSON as it comes, and binary values are not part of them.
 */
export class JsonService {
  private readonly service: Service;
  private readonly endpoint: URL;
  private readonly signer: SignatureV4;
  private readonly connections: NodeHttpHandler;
  private readonly retries: StandardRetryStrategy;

  constructor(service: Service, { maxAttempts = 3, patience = 5000 }: Configuration = {}) {
    this.service = service;
    // By itself it waits for ever: a connection that died unnoticed would cost the whole call, not one attempt of it.
    this.connections = new NodeHttpHandler({
      connectionTimeout: patience,
      requestTimeout: patience,
      throwOnRequestTimeout: true,
    });
    this.endpoint = endpointOf(service);
    this.signer = new SignatureV4({
      service: service.name,
      region: process.env.AWS_REGION ?? '',
      credentials: defaultProvider(),
      sha256: Sha256,
    });
    this.retries = new StandardRetryStrategy(maxAttempts);
  }

  /** Throws what the service answered as an error of that name, once it is not to be tried again. */
  async call({ operation, input }: Command, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<unknown> {
    const body = JSON.stringify(input, refuseBinary);
    let token = await this.retries.acquireInitialRetryToken(operation);
    for (;;) {
      try {
        const answer = await this.once(operation, body, abortSignal);
        this.retries.recordSuccess(token);
        return answer;
      } catch (error) {
        if (!isError(error) || abortSignal?.aborted) throw error;
        token = await this.retries.refreshRetryTokenForRetry(token, { error, errorType: typeOf(error) }).catch(() => {
          throw error;
        });
      }
    }
  }

  private async once(operation: string, body: string, abortSignal?: AbortSignal): Promise<unknown> {
    const { protocol, hostname, port, host } = this.endpoint;
    const { target, json, errors = {} } = this.service;
    const request = new HttpRequest({
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      method: 'POST',
      path: '/',
      headers: {
        host,
        'content-type': `application/x-amz-json-${json}`,
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `${target}.${operation}`,
      },
      body,
    });
    const signed = HttpRequest.clone(await this.signer.sign(request));
    const { response } = await this.connections.handle(signed, abortSignal && { abortSignal });
    const text = await textOf(response.body);
    if (response.statusCode === 200) return JSON.parse(text);
    const told = readError(text);
    const name = String(told.__type ?? response.headers['x-amzn-errortype'] ?? 'UnknownError')
      .split(':', 1)[0]
      ?.split('#')
      .at(-1);
    const Found = (name && errors[name]) || ServiceError;
    throw new Found(name ?? 'UnknownError', response.statusCode, told);
  }

  destroy(): void {
    this.connections.destroy();
  }
}

const isError = (error: unknown): error is SdkError => error instanceof Error;

const typeOf = (error: SdkError) => {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
};

const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** A proxy between here and the service may answer with a page. */
const readError = (text: string): Record<string, unknown> => {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === 'object' && told !== null ? { ...told } : {};
  } catch {
    return {};
  }
};

const refuseBinary = (key: string, value: unknown): unknown => {
  if (value instanceof Uint8Array)
    throw new Error(`${key} is binary, which the lean clients of the bundles do not write.`);
  return value;
};
