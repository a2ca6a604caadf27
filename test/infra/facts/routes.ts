import { describe, expect, test } from 'vitest';
import { describedRoutes } from '../../../functions/show-contract/document.ts';
import type { Templates } from '../support/template.ts';

/** Routes that anybody may call, by the reason for which no login and no signature stands before them. */
const forAnybody: Record<string, readonly string[]> = {
  'whoever needs help may ask for it': [
    'GET /help',
    'POST /help',
    'POST /help/draft',
    'GET /forms.js',
    'POST /tickets',
    'POST /uploads',
    'POST /uploads/{id}/done',
    'GET /uploads/box/{box}',
    'POST /uploads/box/{box}',
  ],
  'whoever wants to say what they think of the desk may': [
    'GET /feedback',
    'GET /feedback/thanks',
    'POST /feedback',
    'POST /feedback/draft',
  ],
  'articles are public, and whether one helped moves a counter': [
    'GET /kb',
    'GET /kb/suggest',
    'GET /kb/{slug}',
    'POST /kb/{slug}/helpful',
  ],
  'what the desk understands is no secret': ['GET /openapi.json'],
  'fonts and the logo are the same for everybody': ['GET /assets/{name}'],
  'that there is nothing may be said to anybody': ['$default'],
};

export const factsAboutRoutes = (templates: () => Templates) =>
  describe('the HTTP API', () => {
    const routes = () => templates().of('AWS::ApiGatewayV2::Route');
    const keysOf = (guarded: boolean): string[] =>
      routes()
        .filter(({ properties }) => (properties.AuthorizationType === 'JWT') === guarded)
        .map(({ properties }) => properties.RouteKey)
        .sort();
    /** The variables of the functions behind routes, by route. */
    const variablesBehind = (isMeant: (key: string) => boolean): Array<[string, object]> =>
      routes()
        .filter(({ properties }) => isMeant(properties.RouteKey))
        .map(({ properties }) => {
          const integration = JSON.stringify(properties.Target);
          const { properties: target } =
            templates()
              .of('AWS::ApiGatewayV2::Integration')
              .find(({ id }) => integration.includes(`"${id}"`)) ?? {};
          const name = target?.IntegrationUri['Fn::GetAtt'][0];
          const [behind] = templates()
            .of('AWS::Lambda::Function')
            .filter(({ id }) => id === name);
          return [properties.RouteKey, behind?.properties.Environment.Variables ?? {}];
        });

    test('asks a token of the team for every desk route, and for no other', () => {
      const everyDeskRoute = routes()
        .map(({ properties }) => properties.RouteKey)
        .filter((key) => / \/desk(\/|$)/.test(key));

      expect(keysOf(true)).toEqual(everyDeskRoute.sort());
      expect(keysOf(true)).toEqual(expect.arrayContaining(['GET /desk/queue', 'POST /desk/tickets/{id}/replies']));
    });

    test('is open without a login only for a signed link, a signed post, or a reason', () => {
      const signed = (key: string) => key.includes('{token}') || key.startsWith('POST /channels/');
      const unsigned = keysOf(false).filter((key) => !signed(key));

      expect(unsigned).toEqual(Object.values(forAnybody).flat().sort());
    });

    test('leads every signed link to a function that has the key to check it', () => {
      const behind = variablesBehind((key) => key.includes('{token}'));

      expect(behind.length).toBeGreaterThan(0);
      for (const [key, variables] of behind) expect(Object.keys(variables), key).toContain('LINK_SECRET_ARN');
    });

    test('leads every post of a channel to a function that has that channel’s secret', () => {
      const behind = variablesBehind((key) => key.startsWith('POST /channels/'));
      const secrets = behind.map(([, variables]) => JSON.stringify({ CHANNEL_SECRET_ARN: '', ...variables }));

      expect(behind.length).toBeGreaterThan(0);
      for (const [key, variables] of behind) expect(Object.keys(variables), key).toContain('CHANNEL_SECRET_ARN');
      expect(new Set(secrets).size).toBe(behind.length);
    });

    test('describes every route that there is, and none that is not', () => {
      const named = [...keysOf(true), ...keysOf(false)].filter((key) => key !== '$default');

      expect(Object.keys(describedRoutes).sort()).toEqual(named.sort());
    });

    test('has one route that matches more than it says, to a function that can ask nobody for anything', () => {
      const more = (key: string) => /\$default|ANY|\+\}/.test(key);
      const [[key, variables] = []] = variablesBehind(more);

      expect(variablesBehind(more)).toHaveLength(1);
      expect(key).toBe('$default');
      expect(Object.keys(variables ?? {}).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
    });

    test('takes tokens of the team’s own client only', () => {
      const [authorizer] = templates().of('AWS::ApiGatewayV2::Authorizer');

      expect(authorizer?.properties.AuthorizerType).toBe('JWT');
      expect(authorizer?.properties.JwtConfiguration.Audience).toHaveLength(1);
    });

    test('is throttled, and its log never holds a path, which may hold a token, nor an address', () => {
      const [stage] = templates().of('AWS::ApiGatewayV2::Stage');
      const format = stage?.properties.AccessLogSettings.Format;

      expect(stage?.properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 500 });
      expect(format).toContain('$context.requestId');
      expect(format).not.toMatch(/\$context\.(path|identity|http)/);
    });

    test('sets the limits of a route when it is there, which API Gateway asks for', () => {
      const [stage] = templates().of('AWS::ApiGatewayV2::Stage');
      const limited = Object.keys(stage?.properties.RouteSettings);
      const waitedFor = routes()
        .filter(({ id }) => stage?.whole.DependsOn?.includes(id))
        .map(({ properties }) => properties.RouteKey);

      expect(limited.sort()).toEqual(['$default', 'POST /uploads']);
      expect(waitedFor.sort()).toEqual(limited);
    });

    test('waits for each function until that has ended', () => {
      const functions = templates().of('AWS::Lambda::Function');

      for (const { id, properties } of templates().of('AWS::ApiGatewayV2::Integration')) {
        const behind = functions.find((each) => each.id === properties.IntegrationUri['Fn::GetAtt'][0]);
        expect(properties.TimeoutInMillis, id).toBeGreaterThan(1000 * behind?.properties.Timeout);
      }
    });

    test('lets no other site call it', () => {
      const [api] = templates().of('AWS::ApiGatewayV2::Api');

      expect(api?.properties.CorsConfiguration).toBeUndefined();
    });
  });
