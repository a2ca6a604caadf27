/**
 * The contract between the emulated services. Every call, from outside over the wire or from one service to another, goes
 * through `Aws.call`: there the caller's role is checked, faults are injected and the meter counts, once and for all.
 */

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** Who calls. `root` is anybody from outside with credentials of their own; a service or function calls as its role. */
export type Caller =
  | { kind: 'root' }
  | { kind: 'role'; roleArn: string /** Function or machine that holds the role, for messages. */; holder: string }
  | { kind: 'service' /** e.g. `sns.amazonaws.com` delivering to a queue. */; principal: string; sourceArn?: string };

export const ROOT: Caller = { kind: 'root' };

/** What IAM is asked: `states:StartExecution` on an ARN, or on `*` where AWS knows no resource for the action. */
export interface Permission {
  action: string;
  resource: string;
  /** Condition keys of the call, e.g. `dynamodb:LeadingKeys`. */
  context?: Record<string, string | string[]>;
}

/** Names as the endpoint knows them. */
export type ServiceName =
  | 'dynamodb'
  | 'streams.dynamodb'
  | 'states'
  | 'lambda'
  | 'sqs'
  | 'sns'
  | 's3'
  | 'ses'
  | 'events'
  | 'scheduler'
  | 'secretsmanager';

/** The part of an HTTP request that REST services (S3, Lambda) need beside the parsed input. */
export interface RawRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

/** An answer on the wire, as a REST service writes it. */
export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

export interface AwsRequest {
  /** API operation in PascalCase, e.g. `StartExecution`. */
  operation: string;
  /** Input members as in the API reference; blobs are Buffers only where a service says so. */
  input: Record<string, unknown>;
  caller: Caller;
  requestId: string;
}

export interface AwsService {
  readonly name: ServiceName;
  /** Operations this service carries out; any other is refused by name. */
  readonly operations: readonly string[];
  /** What the caller's role must allow. */
  permissions(request: AwsRequest): Permission[];
  /** The output members of the operation; throws `AwsError`. */
  handle(request: AwsRequest): Promise<Record<string, unknown>>;
  /**
   * REST services (S3, Lambda, Scheduler) read the HTTP request themselves: parse it to an operation and its input, hand
   * that to `aws.call(this.name, operation, input, caller)` (the gate asks `permissions`, then comes back to `handle`),
   * and write the output as HTTP. A thrown `AwsError` is written by the endpoint: XML for S3, REST JSON for the others.
   */
  http?(raw: RawRequest, caller: Caller): Promise<RawResponse>;
}

/** The one door between services: checks the role, injects faults, meters, and hands over. */
export interface Aws {
  call(
    service: ServiceName,
    operation: string,
    input: Record<string, unknown>,
    caller: Caller,
  ): Promise<Record<string, unknown>>;
}

/** An error as AWS answers it: `code` is the error's name on the wire and in an SDK. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error, e.g. `CancellationReasons`. */
  readonly members: Record<string, unknown>;

  constructor(code: string, message: string, status = 400, members: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
