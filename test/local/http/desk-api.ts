import { createHttpServer, type HttpServer } from '../../../local/http/server.ts';
import { createIdentity, type Identity } from '../../../local/identity/identity.ts';
import { aDeployment, aFake, aRig, bodyOf, type Call, type Rig } from '../edge/rig.ts';

const POOL = 'us-east-1_AbCdEfGhI';
export const CLIENT = 'client1';
export const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`;
export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:desk';

const aRoute = (RouteKey: string, more: Record<string, unknown> = {}) => ({
  type: 'AWS::ApiGatewayV2::Route',
  properties: { ApiId: 'api1', RouteKey, Target: 'integrations/int1', ...more },
});

const guarded = { AuthorizationType: 'JWT', AuthorizerId: 'auth1' };

export interface DeskApi {
  rig: Rig;
  url: string;
  identity: Identity;
  /** Events the function got. */
  events(): Record<string, unknown>[];
  calls: Call[];
  close(): Promise<void>;
}

export interface Options {
  api?: Record<string, unknown>;
  timeoutMs?: number;
  /** Keys of further open routes. */
  routes?: readonly string[];
  /** Name and further properties of the stage. */
  stage?: Record<string, unknown>;
  answer?: (event: Record<string, unknown>) => unknown;
  /** The whole output of Invoke, for errors and for what takes long. */
  invoke?: (call: Call) => Record<string, unknown>;
}

/** A small API before a fake function that gives `answer`'s result. */
export const aDeskApi = async ({
  api = {},
  stage = {},
  timeoutMs,
  routes = [],
  answer,
  invoke,
}: Options = {}): Promise<DeskApi> => {
  const rig = aRig();
  const lambda = aFake('lambda', ['Invoke'], (call) =>
    invoke ? invoke(call) : { StatusCode: 200, Payload: JSON.stringify(answer?.(bodyOf(call)) ?? { ok: true }) },
  );
  rig.aws.register(lambda);
  const deployment = aDeployment(
    { type: 'AWS::ApiGatewayV2::Api', ref: 'api1', properties: { ProtocolType: 'HTTP', ...api } },
    { type: 'AWS::ApiGatewayV2::Stage', properties: { ApiId: 'api1', StageName: '$default', ...stage } },
    {
      type: 'AWS::ApiGatewayV2::Integration',
      ref: 'int1',
      properties: {
        IntegrationType: 'AWS_PROXY',
        PayloadFormatVersion: '2.0',
        IntegrationUri: FUNCTION,
        ...(timeoutMs && { TimeoutInMillis: timeoutMs }),
      },
    },
    {
      type: 'AWS::ApiGatewayV2::Authorizer',
      ref: 'auth1',
      properties: {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: ISSUER, Audience: [CLIENT] },
      },
    },
    { type: 'AWS::Cognito::UserPool', ref: POOL, properties: {} },
    { type: 'AWS::Cognito::UserPoolClient', ref: CLIENT, properties: { UserPoolId: POOL } },
    aRoute('POST /tickets'),
    aRoute('GET /t/{token}'),
    aRoute('ANY /files/{path+}'),
    aRoute('GET /files/list'),
    aRoute('GET /desk/queue', guarded),
    aRoute('GET /desk/scoped', { ...guarded, AuthorizationScopes: ['desk/read'] }),
    ...routes.map((key) => aRoute(key)),
  );
  const identity = createIdentity({ kernel: rig.kernel, deployment });
  await identity.start();
  const server: HttpServer = createHttpServer({
    kernel: rig.kernel,
    aws: rig.aws,
    deployment,
    identity,
    say: rig.say,
    control: async (request, response) => {
      if (request.url !== '/_local/hello') return false;
      response.end('hello');
      return true;
    },
  });
  const port = await server.listen(0);
  return {
    rig,
    url: `http://127.0.0.1:${port}`,
    identity,
    calls: lambda.calls,
    events: () => lambda.calls.map(bodyOf),
    close: async () => {
      await server.close();
      rig.kernel.timers.stop();
      rig.kernel.store.close();
    },
  };
};
