import { randomBytes } from 'node:crypto';
import { ACCOUNT, type Aws, AwsError, REGION } from '../aws/contract.ts';
import { messageOf } from '../edge/backoff.ts';
import type { Say } from '../edge/say.ts';
import type { Identity } from '../identity/identity.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';
import { authorize } from './authorizer.ts';
import { type Cors, corsHeaders, preflight } from './cors.ts';
import { payload2, type ReceivedRequest } from './event.ts';
import { type Answer, badRequest, internalError, notFound, tooLarge, unavailable } from './problem.ts';
import { answerOf } from './response.ts';
import { createRouter, type Match } from './routes.ts';

export interface ApiParts {
  kernel: Kernel;
  aws: Aws;
  deployment: Deployment;
  identity: Identity;
  say: Say;
}

/** The template's one HTTP API, as a function from request to answer. */
export type Api = (request: ReceivedRequest) => Promise<Answer>;

/** Largest request of an HTTP API, body and headers. */
export const REQUEST_LIMIT = 10 * 1024 * 1024;

const TIMED_OUT = Symbol('timed out');

/** Real time: the integration timeout bounds running code. */
const within = async <T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TIMED_OUT>((done) => {
    timer = setTimeout(() => done(TIMED_OUT), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const payloadOf = (output: Record<string, unknown>): unknown => {
  const { Payload } = output;
  const text = Payload instanceof Uint8Array ? Buffer.from(Payload).toString('utf8') : String(Payload ?? 'null');
  return JSON.parse(text === '' ? 'null' : text);
};

/** The stage decides on the path's prefix: `$default` has none, a named one is its first segment. */
const stageOf = (deployment: Deployment, apiId: string): string => {
  const stages = deployment
    .resources('AWS::ApiGatewayV2::Stage')
    .filter((resource) => resource.properties.ApiId === apiId)
    .map((resource) => String(resource.properties.StageName));
  return stages.find((name) => name === '$default') ?? stages[0] ?? '$default';
};

const sayThrottling = (deployment: Deployment, apiId: string, say: Say): void => {
  for (const { properties } of deployment.resources('AWS::ApiGatewayV2::Stage')) {
    const rate = properties.DefaultRouteSettings?.ThrottlingRateLimit;
    if (properties.ApiId === apiId && rate !== undefined) {
      say(`http: the stage's limit of ${rate} requests a second is not applied by the local runtime`);
    }
  }
};

export const createApi = ({ kernel, aws, deployment, identity, say }: ApiParts): Api => {
  const apis = deployment.resources('AWS::ApiGatewayV2::Api');
  if (apis.length > 1) throw new Error(`The local runtime serves one HTTP API; the template has ${apis.length}.`);
  const [api] = apis;
  if (!api) return async () => notFound();
  if (api.properties.ProtocolType !== 'HTTP')
    throw new Error('The local runtime serves HTTP APIs, not WebSocket APIs.');

  const router = createRouter(deployment, api.ref);
  sayThrottling(deployment, api.ref, say);
  const stage = stageOf(deployment, api.ref);
  const prefix = stage === '$default' ? '' : `/${stage}`;
  const cors: Cors | undefined = api.properties.CorsConfiguration;

  const invoke = async (request: ReceivedRequest, match: Match): Promise<Answer> => {
    const now = kernel.clock.now();
    const allowed = await authorize(identity, match.route, request.headers, now);
    if ('refused' in allowed) return allowed.refused;
    const requestId = `${randomBytes(11).toString('base64url')}=`;
    const event = payload2(request, match, { apiId: api.ref, stage, requestId, now, jwt: allowed.jwt });
    const call = aws.call(
      'lambda',
      'Invoke',
      {
        FunctionName: match.route.functionArn,
        InvocationType: 'RequestResponse',
        Payload: Buffer.from(JSON.stringify(event)),
      },
      {
        kind: 'service',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.ref}/${stage}/${sourcePath(match.route.key)}`,
      },
    );
    const output = await within(match.route.timeoutMs, call);
    if (output === TIMED_OUT) {
      call.catch((error: unknown) => say(`${match.route.key}: ${messageOf(error)} (after its timeout)`));
      return unavailable();
    }
    if (output.FunctionError !== undefined) return internalError();
    return { ...answerOf(payloadOf(output)) };
  };

  return async (request) => {
    const answer = preflight(cors, request.method, request.headers);
    if (answer) return answer;
    if (prefix !== '' && request.path !== prefix && !request.path.startsWith(`${prefix}/`)) return notFound();
    const reply = await route(request).catch((error: unknown) => {
      if (error instanceof AwsError && error.status === 413) return tooLarge();
      // The path stays unsaid: it may hold the token of a link.
      say(`http: ${request.method}: ${messageOf(error)}`);
      return internalError();
    });
    if (!cors) return reply;
    // With CORS configured the API's own headers replace those of the function.
    const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
    return { ...reply, headers: { ...Object.fromEntries(own), ...corsHeaders(cors, request.headers.origin) } };
  };

  async function route(request: ReceivedRequest): Promise<Answer> {
    let match: Match | undefined;
    try {
      match = router.find(request.method, request.path.slice(prefix.length) || '/');
    } catch (error) {
      if (error instanceof URIError) return badRequest();
      throw error;
    }
    return match ? invoke(request, match) : notFound();
  }
};

/** `GET /desk/{id}` as it stands in a function's permission: `GET/desk/{id}`; `$default` stays itself. */
const sourcePath = (routeKey: string): string => routeKey.replace(' ', '').replace(/^ANY/, '*');
