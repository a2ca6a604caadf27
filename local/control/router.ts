import type { IncomingMessage, ServerResponse } from 'node:http';
import { ControlProblem, malformed, notFound } from './problem.ts';

export interface ControlRequest {
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
  /** What stood at `{}` in the path, decoded. */
  argument: string;
}

/** An answer that is no JSON. */
export interface RawAnswer {
  type: string;
  bytes: Buffer;
  headers: Record<string, string>;
}

export type Handler = (request: ControlRequest) => Promise<unknown>;

/** `GET clock` → handler; one `{}` stands for a path segment. */
export type Routes = Record<string, Handler>;

/** Larger than the largest mail SES takes in. */
const LARGEST_BODY = 48 * 1024 * 1024;

export const rawAnswer = (type: string, bytes: Buffer, headers: Record<string, string> = {}): RawAnswer => ({
  type,
  bytes,
  headers,
});

const isRaw = (value: unknown): value is RawAnswer =>
  typeof value === 'object' && value !== null && 'bytes' in value && Buffer.isBuffer(value.bytes);

/** The body as JSON; an empty one is an empty object. */
export const jsonBody = (request: ControlRequest): unknown => {
  if (request.body.length === 0) return {};
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw malformed('The body is not JSON');
  }
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new ControlProblem(413, 'Too large', 'The body is over 48 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

const find = (
  routes: Routes,
  method: string,
  path: string,
): { handler: Handler; argument: string } | 405 | undefined => {
  let otherMethod = false;
  for (const [route, handler] of Object.entries(routes)) {
    const [verb = '', pattern = ''] = route.split(' ');
    const [before = '', after] = pattern.split('{}');
    const fits =
      after === undefined
        ? path === pattern
        : path.startsWith(before) && path.endsWith(after) && path.length > before.length + after.length;
    if (!fits) continue;
    if (verb !== method) otherMethod = true;
    else return { handler, argument: decode(path.slice(before.length, path.length - (after?.length ?? 0))) };
  }
  return otherMethod ? 405 : undefined;
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound(`There is nothing at ${segment}`);
  }
};

const sendJson = (response: ServerResponse, status: number, type: string, value: unknown): void => {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
};

const sendProblem = (response: ServerResponse, problem: ControlProblem): void =>
  sendJson(response, problem.status, 'application/problem+json', {
    type: 'about:blank',
    title: problem.title,
    status: problem.status,
    detail: problem.message,
  });

/** Answers a path below `/_local/`; false if no route has it. What a handler throws other than a problem goes on up. */
export const route = async (
  routes: Routes,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> => {
  try {
    const found = find(routes, request.method ?? 'GET', path);
    if (found === undefined) return false;
    if (found === 405)
      throw new ControlProblem(405, 'Method not allowed', `${request.method} is not for /_local/${path}`);
    const answer = await found.handler({
      query: new URL(request.url ?? '/', 'http://localhost').searchParams,
      headers: headersOf(request),
      body: await readBody(request),
      argument: found.argument,
    });
    if (isRaw(answer)) {
      response.writeHead(200, {
        ...answer.headers,
        'content-type': answer.type,
        'content-length': answer.bytes.length,
      });
      response.end(answer.bytes);
    } else sendJson(response, 200, 'application/json', answer);
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    sendProblem(response, error);
  }
  return true;
};
