import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerFunction } from './handler-function.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

const methods = { GET: HttpMethod.GET, HEAD: HttpMethod.HEAD, POST: HttpMethod.POST, DELETE: HttpMethod.DELETE };

/** `GET /t/{token}`: method and path as the web contract writes them. */
export type Route = `${keyof typeof methods} /${string}`;

/** The key of what no other route matches. */
const ANYTHING_ELSE = '$default';

/**
 * The log of requests names the route, never the path: a path may hold the token of a link. It has no address either.
 */
const accessLogLine = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/** Requests a second, and how many may come at once. */
interface Throttle {
  rateLimit: number;
  burstLimit: number;
}

/** Longer than any function behind a route may take: nobody is told of a failure while their request still succeeds. */
const patience = Duration.seconds(29);

/** The HTTP API. Each route is written out, so that an unknown path or method never reaches a function that acts on one. */
export class PublicApi extends Construct {
  readonly api: HttpApi;
  private readonly stage: HttpStage;
  private readonly throttles: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }> = {};
  private readonly integrations = new Map<HandlerFunction, HttpLambdaIntegration>();
  private readonly routes = new Map<Route | typeof ANYTHING_ELSE, HttpRoute>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Http', {
      description: 'Careline: what customers and the desk call',
      createDefaultStage: false,
    });
    const logGroup = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLogLine)),
      },
    });
    new ImpactAlarm(this, 'ServerErrors', {
      metric: this.api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      impact: 'somebody who asked the desk for something got an error instead',
      runbook: 'public-api',
    });
  }

  /** Base URL without a slash at its end. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Routes anybody may call; `reason` says what stands in for a login. */
  open(handler: HandlerFunction, routes: readonly Route[], reason: string): void {
    for (const added of this.add(handler, routes)) {
      Validations.of(added).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    }
  }

  /**
   * Who answers where there is no route, so that it is said as everything else is. Unknown paths are asked for by whoever
   * looks for weak spots: they may take no more of the account's functions than `limit` a second.
   */
  otherwise(handler: HandlerFunction, limit: Throttle, reason: string): void {
    const route = new HttpRoute(this, 'AnythingElse', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: this.integrationOf(handler),
    });
    // It is called for by stage and key alone: what lets a route of method and path in does not let this one.
    handler.addPermission('InvokeForAnythingElse', {
      scope: this,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: `*/${ANYTHING_ELSE}`,
      }),
    });
    Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    this.routes.set(ANYTHING_ELSE, route);
    this.throttle(ANYTHING_ELSE, limit);
  }

  /** Routes that need a token of the authorizer. */
  guarded(handler: HandlerFunction, routes: readonly Route[], authorizer: IHttpRouteAuthorizer): void {
    this.add(handler, routes, authorizer);
  }

  /** Fewer requests a second than the whole API takes, for a route that costs more than its answer. */
  throttle(route: Route | typeof ANYTHING_ELSE, { rateLimit, burstLimit }: Throttle): void {
    const stage = this.stage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('The stage of the HTTP API has no resource of its own.');
    this.throttles[route] = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
    stage.routeSettings = this.throttles;
    const limited = this.routes.get(route);
    if (!limited) throw new Error(`${route} cannot be throttled before it is a route.`);
    // API Gateway refuses the settings of a route that is not there yet ("Unable to find Route by key").
    this.stage.node.addDependency(limited);
  }

  private add(handler: HandlerFunction, routes: readonly Route[], authorizer?: IHttpRouteAuthorizer) {
    return routes.flatMap((route) => {
      const { method, path } = parseRoute(route);
      const added = this.api.addRoutes({
        path,
        methods: [method],
        integration: this.integrationOf(handler),
        ...(authorizer ? { authorizer } : {}),
      });
      for (const each of added) this.routes.set(route, each);
      return added;
    });
  }

  /** One integration and one permission for each function, however many routes it has. */
  private integrationOf(handler: HandlerFunction): HttpLambdaIntegration {
    const known = this.integrations.get(handler);
    if (known) return known;
    const integration = new HttpLambdaIntegration(handler.node.id, handler, {
      scopePermissionToRoute: false,
      timeout: patience,
    });
    this.integrations.set(handler, integration);
    return integration;
  }
}

function parseRoute(route: Route): { method: HttpMethod; path: string } {
  const [, method] = Object.entries(methods).find(([name]) => route.startsWith(`${name} `)) ?? [];
  if (!method) throw new Error(`${route} names no method.`);
  return { method, path: route.slice(route.indexOf('/')) };
}
