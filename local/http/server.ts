import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf } from '../edge/backoff.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import { type ApiParts, createApi, REQUEST_LIMIT } from './api.ts';
import { readBody } from './body.ts';
import { receivedRequest } from './event.ts';
import { type Answer, message, notFound, nothingLocal, tooLarge } from './problem.ts';

export interface HttpServerParts extends Omit<ApiParts, 'say'> {
  /** Answers a request under `/_local/`; false when it knows no such path. */
  control: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  meter?: { http(): void };
  say?: Say;
}

export interface HttpServer {
  /** Listens on 127.0.0.1; port 0 picks a free one. Resolves with the port. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

const LOCAL = '/_local';
const ISSUER = '/_local/issuer';

const send = (response: ServerResponse, answer: Answer, withoutBody: boolean): void => {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body, 'utf8');
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('apigw-requestid', `${randomBytes(11).toString('base64url')}=`);
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', body.length);
  response.end(withoutBody ? undefined : body);
};

/** A page of another site must not steer the runtime: names other than loopback and foreign origins are refused. */
const fromHere = (request: IncomingMessage): boolean => {
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
};

/** The HTTP port: the template's API, the local issuer and the control API. */
export const createHttpServer = (parts: HttpServerParts): HttpServer => {
  const say = parts.say ?? sayOnStderr;
  const { kernel, identity, control } = parts;
  const api = createApi({ ...parts, say });

  const issuerDocument = (path: string, request: IncomingMessage): Answer => {
    const document = identity.document(path.slice(ISSUER.length), `http://${request.headers.host}${ISSUER}`);
    if (!document) return notFound();
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) };
  };

  const local = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!fromHere(request)) send(response, message(403, 'Forbidden'), false);
    else if (path.startsWith(`${ISSUER}/`)) send(response, issuerDocument(path, request), false);
    else if (!(await control(request, response))) send(response, nothingLocal(path), false);
  };

  const remote = async (request: IncomingMessage): Promise<Answer> => {
    parts.meter?.http();
    const body = await readBody(request, REQUEST_LIMIT);
    return body ? api(receivedRequest(request, body)) : tooLarge();
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // The control API waits for quiet, so it must not count as activity itself.
    if (path === LOCAL || path.startsWith(`${LOCAL}/`)) return local(path, request, response);
    send(response, await kernel.activity.track('http', remote(request)), request.method === 'HEAD');
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A caller that hangs up is no trouble of the runtime's.
      if (!request.destroyed) say(`http: ${request.method}: ${messageOf(error)}`);
      if (!response.headersSent) send(response, message(500, 'Internal Server Error'), false);
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
