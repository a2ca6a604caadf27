import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

export const factsAboutRoutes = (templates: () => Templates) =>
  describe('the HTTP API', () => {
    const routes = () => templates().of('AWS::ApiGatewayV2::Route');
    const keysOf = (guarded: boolean) =>
      routes()
        .filter(({ properties }) => (properties.AuthorizationType === 'JWT') === guarded)
        .map(({ properties }) => properties.RouteKey)
        .sort();

    test('asks a token of the team for every desk route, and for no other', () => {
      expect(keysOf(true).every((key) => / \/desk\//.test(key))).toBe(true);
      expect(keysOf(true)).toHaveLength(15);
      expect(keysOf(false)).toEqual([
        'GET /i/{token}',
        'GET /s/{token}',
        'GET /t/{token}',
        'GET /u/{token}',
        'POST /channels/chat',
        'POST /channels/phone',
        'POST /channels/sms',
        'POST /channels/social',
        'POST /i/{token}',
        'POST /s/{token}',
        'POST /t/{token}/messages',
        'POST /t/{token}/ratings',
        'POST /t/{token}/reopen',
        'POST /tickets',
        'POST /u/{token}',
      ]);
    });

    test('has no route that matches more than it says', () => {
      expect(routes().filter(({ properties }) => /\$default|ANY|\+\}/.test(properties.RouteKey))).toEqual([]);
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

    test('lets no other site call it', () => {
      const [api] = templates().of('AWS::ApiGatewayV2::Api');

      expect(api?.properties.CorsConfiguration).toBeUndefined();
    });
  });
