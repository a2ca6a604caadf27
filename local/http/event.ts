import type { IncomingMessage } from 'node:http';
import { ACCOUNT } from '../aws/contract.ts';
import type { Match } from './routes.ts';

export interface ReceivedRequest {
  method: string;
  /** Percent-encoded, without the query. */
  path: string;
  /** Without the question mark, as sent. */
  query: string;
  httpVersion: string;
  /** Lower-case names; several values joined by a comma. */
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

/** Splits the request line and gathers the headers, joining repeated ones as payload format 2.0 does. */
export const receivedRequest = (request: IncomingMessage, body: Buffer): ReceivedRequest => {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    if (name === 'cookie')
      cookies.push(...values.flatMap((value) => value.split(/;\s*/)).filter((value) => value !== ''));
    else headers[name] = values.join(',');
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    httpVersion: request.httpVersion,
    headers,
    cookies,
    body,
  };
};

/** Hands text over as text and everything else as base64; a form counts as everything else, as on AWS. */
const isText = (headers: Record<string, string>): boolean => {
  if (headers['content-encoding'] !== undefined) return false;
  const type = (headers['content-type'] ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/xml', 'application/javascript'].includes(type);
};

const decodePart = (part: string): string => {
  const spaced = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};

/** Decoded parameters, repeated ones joined by a comma; undefined without any. */
const queryParameters = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined;
  const parameters: Record<string, string> = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const at = pair.indexOf('=');
    const name = decodePart(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decodePart(pair.slice(at + 1));
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  }
  return parameters;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22/Nov/2026:09:00:00 +0000`, the form of access logs. */
const logTime = (epochMs: number): string => {
  const iso = new Date(epochMs).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

export interface EventContext {
  apiId: string;
  stage: string;
  requestId: string;
  /** Epoch ms on the virtual clock. */
  now: number;
  jwt: { claims: Record<string, string>; scopes: string[] | null } | undefined;
}

/** The event a function receives: payload format version 2.0 (API Gateway Developer Guide, "Lambda proxy integrations"). */
export const payload2 = (request: ReceivedRequest, match: Match, context: EventContext): Record<string, unknown> => {
  const path = decodeURIComponent(request.path);
  const host = request.headers.host ?? '';
  const parameters = queryParameters(request.query);
  const text = isText(request.headers);
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: path,
    rawQueryString: request.query,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers: {
      ...request.headers,
      'content-length': String(request.body.length),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: context.apiId,
      ...(context.jwt && { authorizer: { jwt: context.jwt } }),
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: match.route.key,
      stage: context.stage,
      time: logTime(context.now),
      timeEpoch: context.now,
    },
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    ...(request.body.length > 0 && { body: text ? request.body.toString('utf8') : request.body.toString('base64') }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
};
