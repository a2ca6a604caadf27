import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import document from '#desk/openapi.json' with { type: 'json' };
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { routeOf } from '../_shared/http/route.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

/** What the desk's HTTP API understands, as it was deployed; a program that has it already is told so. */
export const build = (contract: object) => {
  const body = JSON.stringify(contract);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  // A deployment may change it at any time, and nobody has to know that within the minute.
  const headers = { etag, 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' };
  return async (event: Pick<APIGatewayProxyEventV2, 'headers'>): Promise<APIGatewayProxyStructuredResultV2> => {
    const known = (event.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag)) return { statusCode: 304, headers, body: '' };
    return { statusCode: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body };
  };
};

/** Every path and method that the contract has not come here too: they have no route, and get the answer that says so. */
export const handler = pageHandler(pageWords(), () => {
  readEnv(env);
  const routes = { 'GET /openapi.json': build(document) };
  return async (event) => routeOf(routes, event)(event);
});
