import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { aDeskApi, type DeskApi, FUNCTION, type Options } from './desk-api.ts';

describe('what a function receives', () => {
  let desk: DeskApi | undefined;
  const open = async (options: Options = {}) => {
    desk = await aDeskApi(options);
    return desk;
  };

  afterEach(() => desk?.close());

  test('is payload format 2.0 on the virtual clock, called by API Gateway for this route', async () => {
    const { url, events, calls } = await open();

    await fetch(`${url}/t/a%20b%2B?r=1&r=2&x=%D8%B3+y`, {
      headers: { 'User-Agent': 'tester', 'X-Two': 'a', Cookie: 'a=1; b=2' },
    });

    const [event] = events();
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /t/{token}',
      rawPath: '/t/a b+',
      rawQueryString: 'r=1&r=2&x=%D8%B3+y',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-two': 'a', 'user-agent': 'tester', 'x-forwarded-proto': 'http' },
      queryStringParameters: { r: '1,2', x: 'س y' },
      pathParameters: { token: 'a b+' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        http: { method: 'GET', path: '/t/a b+', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tester' },
        routeKey: 'GET /t/{token}',
        stage: '$default',
        time: '22/Nov/2026:09:00:00 +0000',
        timeEpoch: 1795338000000,
      },
    });
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('headers.cookie');
    expect(event).not.toHaveProperty('requestContext.authorizer');
    expect(calls[0]?.input.FunctionName).toBe(FUNCTION);
    expect(calls[0]?.caller).toEqual({
      kind: 'service',
      principal: 'apigateway.amazonaws.com',
      sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:api1/$default/GET/t/{token}',
    });
  });

  test('joins repeated headers by a comma', async () => {
    const { url, events } = await open();

    await new Promise<void>((done) => {
      const sent = request(`${url}/t/x`, (response) => response.resume().on('end', done));
      sent.setHeader('X-Many', ['a', 'b']);
      sent.end();
    });

    expect(events()[0]).toMatchObject({ headers: { 'x-many': 'a,b' } });
  });

  test.each([
    ['application/json', '{"a":1}', '{"a":1}', false],
    ['text/plain; charset=utf-8', 'سلام', 'سلام', false],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
    ['application/octet-stream', 'a', 'YQ==', true],
  ])('has a body of %s as text or base64', async (type, sent, body, isBase64Encoded) => {
    const { url, events } = await open();

    await fetch(`${url}/tickets`, { method: 'POST', body: sent, headers: { 'content-type': type } });

    expect(events()[0]).toMatchObject({ body, isBase64Encoded });
  });

  test('comes by the best route: its own path first, then a greedy one, and by no other method', async () => {
    const { url, events } = await open();

    await fetch(`${url}/files/list`);
    await fetch(`${url}/files/list`, { method: 'DELETE' });
    await fetch(`${url}/files/a/b`);
    const unrouted = await Promise.all([
      fetch(`${url}/t/x`, { method: 'HEAD' }),
      fetch(`${url}/t/x`, { method: 'POST' }),
      fetch(`${url}/t/x/`),
      fetch(`${url}/T/x`),
      fetch(`${url}/none`),
    ]);

    expect(events().map((event) => [event.routeKey, event.pathParameters])).toEqual([
      ['GET /files/list', undefined],
      ['ANY /files/{path+}', { path: 'list' }],
      ['ANY /files/{path+}', { path: 'a/b' }],
    ]);
    expect(unrouted.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await unrouted[4]?.json()).toEqual({ message: 'Not Found' });
  });

  test('goes to $default when no route of its path has its method, and to none before that', async () => {
    const { url, events } = await open({ routes: ['$default'] });

    await fetch(`${url}/files/list`);
    await fetch(`${url}/files/a/b`, { method: 'DELETE' });
    const queue = await fetch(`${url}/desk/queue`);
    await fetch(`${url}/desk/queue`, { method: 'POST' });
    await fetch(`${url}/t/x`, { method: 'HEAD' });
    await fetch(`${url}/t/x`, { method: 'OPTIONS' });
    await fetch(`${url}/none/at?all=1`);

    expect(queue.status).toBe(401);
    expect(events().map((event) => [event.routeKey, event.rawPath, event.pathParameters])).toEqual([
      ['GET /files/list', '/files/list', undefined],
      ['ANY /files/{path+}', '/files/a/b', { path: 'a/b' }],
      ['$default', '/desk/queue', undefined],
      ['$default', '/t/x', undefined],
      ['$default', '/t/x', undefined],
      ['$default', '/none/at', undefined],
    ]);
  });

  test('of a named stage has its segment before the path, and nothing is served without it', async () => {
    const { url, events } = await open({ stage: { StageName: 'dev' } });

    await fetch(`${url}/dev/t/x`);
    const without = await Promise.all([fetch(`${url}/t/x`), fetch(`${url}/developer/t/x`)]);

    expect(events()[0]).toMatchObject({
      rawPath: '/dev/t/x',
      pathParameters: { token: 'x' },
      requestContext: { stage: 'dev' },
    });
    expect(without.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('is not slowed down by the stage, and that is said', async () => {
    const { rig } = await open({ stage: { DefaultRouteSettings: { ThrottlingRateLimit: 500 } } });

    expect(rig.said).toEqual([expect.stringContaining('500 requests a second is not applied')]);
  });

  test('a path that cannot be decoded is a bad request', async () => {
    const { url } = await open();

    const answer = await fetch(`${url}/t/%E0%A4%A`);

    expect(answer.status).toBe(400);
  });

  test('a request over 10 MB never arrives', async () => {
    const { url, events } = await open();

    const whole = await fetch(`${url}/tickets`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024) });
    const over = await fetch(`${url}/tickets`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });

    expect([whole.status, over.status]).toEqual([200, 413]);
    expect(await over.json()).toEqual({ message: 'Request Entity Too Large' });
    expect(events()).toHaveLength(1);
  });
});
