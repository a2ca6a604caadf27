import FindMyWay from 'find-my-way';
import type { Deployment, Resource } from '../template/contract.ts';

/** A route of the template with everything that stands behind it. */
export interface Route {
  /** `GET /desk/tickets/{id}` or `$default`. */
  key: string;
  functionArn: string;
  /** Real milliseconds the function may take. */
  timeoutMs: number;
  authorizer: JwtAuthorizer | undefined;
  /** Scopes of which a token must carry one. */
  scopes: string[];
}

export interface JwtAuthorizer {
  issuer: string;
  audience: string[];
  /** Header that carries the token, lower-case. */
  header: string;
}

export interface Match {
  route: Route;
  /** Decoded values of the path's variables. */
  parameters: Record<string, string>;
}

export interface Router {
  /** `path` percent-encoded, without the query; undefined: no such route; throws `URIError` when it cannot be decoded. */
  find(method: string, path: string): Match | undefined;
}

/** What HTTP APIs accept as the method of a route; `ANY` stands for all of them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const MAX_TIMEOUT_MS = 30_000;

const authorizerOf = (deployment: Deployment, id: unknown): JwtAuthorizer | undefined => {
  if (id === undefined) return undefined;
  const resource = deployment.resources('AWS::ApiGatewayV2::Authorizer').find((each) => each.ref === id);
  const { AuthorizerType, JwtConfiguration, IdentitySource } = resource?.properties ?? {};
  if (AuthorizerType !== 'JWT')
    throw new Error(`The local HTTP API knows JWT authorizers only, not ${AuthorizerType}.`);
  const source = String(IdentitySource?.[0] ?? '');
  const header = /^\$request\.header\.(.+)$/.exec(source)?.[1];
  if (!header) throw new Error(`The local HTTP API reads tokens from a header only, not ${source}.`);
  return { issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience ?? [], header: header.toLowerCase() };
};

/** The function's ARN in an integration URI, which may be bare or inside API Gateway's invocation path. */
const functionArn = (uri: string): string => /arn:aws:lambda:[^/]+/.exec(uri)?.[0] ?? uri;

const routeOf = (deployment: Deployment, resource: Resource): Route => {
  const { RouteKey, Target, AuthorizerId, AuthorizationScopes, AuthorizationType = 'NONE' } = resource.properties;
  const integrationId = String(Target).replace(/^integrations\//, '');
  const integration = deployment
    .resources('AWS::ApiGatewayV2::Integration')
    .find((each) => each.ref === integrationId)?.properties;
  if (integration?.IntegrationType !== 'AWS_PROXY' || integration.PayloadFormatVersion !== '2.0') {
    throw new Error(
      `The local HTTP API runs functions with payload format 2.0 only; ${RouteKey} has another integration.`,
    );
  }
  if (AuthorizationType !== 'NONE' && AuthorizationType !== 'JWT') {
    throw new Error(`The local HTTP API does not know the authorization ${AuthorizationType} of ${RouteKey}.`);
  }
  return {
    key: RouteKey,
    functionArn: functionArn(String(integration.IntegrationUri)),
    timeoutMs: Math.min(integration.TimeoutInMillis ?? MAX_TIMEOUT_MS, MAX_TIMEOUT_MS),
    authorizer: AuthorizationType === 'JWT' ? authorizerOf(deployment, AuthorizerId) : undefined,
    scopes: AuthorizationScopes ?? [],
  };
};

/** `/t/{token}/{rest+}` in the router's words, with the names of its variables in order. */
const patternOf = (path: string): { pattern: string; names: string[] } => {
  const names: string[] = [];
  const segments = path.split('/').map((segment) => {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (!variable) return segment.replaceAll(':', '::');
    names.push(variable[1] ?? '');
    return variable[2] ? '*' : `:p${names.length - 1}`;
  });
  return { pattern: segments.join('/'), names };
};

const valuesOf = (names: string[], params: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(names.map((name, at) => [name, params[`p${at}`] ?? params['*'] ?? '']));

/**
 * The routes of one API. A full match comes before a greedy one and both before `$default`; a method of its own before
 * `ANY` (API Gateway Developer Guide, "Routing API requests"). There is no implicit HEAD or OPTIONS.
 */
export const createRouter = (deployment: Deployment, apiId: string): Router => {
  const router = FindMyWay({ maxParamLength: 8192, caseSensitive: true, ignoreTrailingSlash: false });
  let fallback: Route | undefined;
  const routes = deployment
    .resources('AWS::ApiGatewayV2::Route')
    .filter((resource) => resource.properties.ApiId === apiId)
    .map((resource) => routeOf(deployment, resource));
  const ownMethods = new Set(routes.map((route) => route.key));
  for (const route of routes) {
    if (route.key === '$default') {
      fallback = route;
      continue;
    }
    const [method = '', path = ''] = route.key.split(' ');
    const { pattern, names } = patternOf(path);
    const methods =
      method === 'ANY'
        ? METHODS.filter((each) => !ownMethods.has(`${each} ${path}`))
        : METHODS.filter((each) => each === method);
    for (const each of methods) router.on(each, pattern, () => undefined, { route, names });
  }
  return {
    find(method, path) {
      decodeURIComponent(path);
      const known = METHODS.find((each) => each === method);
      const found = known && router.find(known, path);
      if (found) return { route: found.store.route, parameters: valuesOf(found.store.names, found.params) };
      return fallback && { route: fallback, parameters: {} };
    },
  };
};
