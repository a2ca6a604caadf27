import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerOf } from '../iam/credentials.ts';
import { AwsError, type Caller, type RawRequest, type RawResponse } from './contract.ts';
import type { AwsGate } from './gate.ts';
import { isJsonTarget, jsonAnswer, jsonError, parseJsonCall } from './json-protocol.ts';
import { isQuery, parseQuery, queryAnswer, queryError } from './query-protocol.ts';
import { restError, restService } from './rest-protocol.ts';
import { type Signature, signatureOf } from './signature.ts';

/** The largest request an emulated service takes: a 40 MB mail in base64 with its form around it. */
const LARGEST_BODY = 64 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new AwsError('RequestEntityTooLarge', 'The request body is over 64 MiB', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readHead = (request: IncomingMessage): RawRequest => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.alloc(0),
  };
};

/** An error of the runtime itself is told to the person who runs it and answered as AWS's own failure. */
const asAwsError = (error: unknown, report: (error: unknown) => void): AwsError => {
  if (error instanceof AwsError) return error;
  report(error);
  return new AwsError('InternalFailure', 'The local runtime failed; its output says why', 500);
};

/** Answers requests of every wire protocol the AWS SDKs speak, on one port. */
export class AwsEndpoint {
  private readonly gate: AwsGate;
  private readonly report: (error: unknown) => void;

  private readonly now: () => number;

  /**
   * `report` hears of errors that are no AWS errors: mistakes in the runtime. `now`: the clock of the runtime, in epoch ms.
   * An SDK sets its own clock by the `Date` of answers, and would sign for another time than the function lives in.
   */
  constructor(gate: AwsGate, report: (error: unknown) => void, now: () => number = Date.now) {
    this.gate = gate;
    this.report = report;
    this.now = now;
  }

  readonly handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const raw = readHead(request);
    const signature = signatureOf(raw);
    const answer = await this.answer(request, raw, signature, requestId);
    const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    response.writeHead(answer.status, {
      date: new Date(this.now()).toUTCString(),
      'x-amzn-requestid': requestId,
      'x-amz-request-id': requestId,
      ...(raw.method === 'HEAD' ? {} : { 'content-length': String(body.length) }),
      ...answer.headers,
    });
    response.end(raw.method === 'HEAD' ? undefined : body);
  };

  private async answer(
    request: IncomingMessage,
    raw: RawRequest,
    signature: Signature,
    requestId: string,
  ): Promise<RawResponse> {
    const caller = callerOf(signature.accessKeyId ?? '');
    if (isJsonTarget(raw)) return this.json(request, raw, caller);
    if (isQuery(raw)) return this.query(request, raw, caller, requestId);
    return this.rest(request, raw, signature, caller, requestId);
  }

  private async json(request: IncomingMessage, raw: RawRequest, caller: Caller): Promise<RawResponse> {
    try {
      raw.body = await readBody(request);
      const { service, operation, input } = parseJsonCall(raw);
      return jsonAnswer(raw, await this.gate.call(service, operation, input, caller));
    } catch (error) {
      return jsonError(raw, asAwsError(error, this.report));
    }
  }

  private async query(
    request: IncomingMessage,
    raw: RawRequest,
    caller: Caller,
    requestId: string,
  ): Promise<RawResponse> {
    try {
      raw.body = await readBody(request);
      const call = parseQuery(raw);
      return queryAnswer(call, await this.gate.call(call.service, call.operation, call.input, caller), requestId);
    } catch (error) {
      return queryError(asAwsError(error, this.report), requestId);
    }
  }

  private async rest(
    request: IncomingMessage,
    raw: RawRequest,
    signature: Signature,
    caller: Caller,
    requestId: string,
  ): Promise<RawResponse> {
    const name = restService(raw, signature);
    try {
      raw.body = await readBody(request);
      const service = name === undefined ? undefined : this.gate.service(name);
      if (!service?.http) {
        const what = signature.service ?? name;
        throw new AwsError(
          'NotSupportedByLocalRuntime',
          `The local runtime has no ${what} (${raw.method} ${raw.path})`,
          501,
        );
      }
      return await service.http(raw, caller);
    } catch (error) {
      return restError(name ?? 'lambda', raw, asAwsError(error, this.report), requestId);
    }
  }
}
