import { afterEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/aws/contract.ts';
import { aDeskApi, type DeskApi, type Options } from './desk-api.ts';

describe('what a caller gets', () => {
  let desk: DeskApi | undefined;
  const ask = async (options: Options, init: RequestInit = {}) => {
    desk = await aDeskApi(options);
    return fetch(`${desk.url}/t/x`, init);
  };

  afterEach(() => desk?.close());

  test('is the function’s status, headers, cookies and body', async () => {
    const answer = await ask({
      answer: () => ({
        statusCode: 201,
        headers: { 'X-A': 'b', Count: 2 },
        cookies: ['a=1', 'b=2; Secure'],
        body: 'سلام',
      }),
    });

    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-a')).toBe('b');
    expect(answer.headers.get('count')).toBe('2');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2; Secure']);
    expect(answer.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect(await answer.text()).toBe('سلام');
  });

  test('is decoded when it is base64', async () => {
    const answer = await ask({ answer: () => ({ statusCode: 200, body: 'AP8=', isBase64Encoded: true }) });

    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255]);
  });

  test.each([
    [{ a: 1 }, '{"a":1}'],
    ['text', 'text'],
    [[1], '[1]'],
  ])('of a result without a status is a 200 with JSON: %j', async (result, text) => {
    const answer = await ask({ answer: () => result });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toBe(text);
  });

  test.each([
    { statusCode: 'ok' },
    { statusCode: 99 },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: { a: { b: 1 } } },
    { statusCode: 200, cookies: 'a=1' },
  ])('of a response of a wrong shape is a 500: %j', async (result) => {
    const answer = await ask({ answer: () => result });

    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('of a function that failed is a 500 that tells nothing', async () => {
    const answer = await ask({
      invoke: () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"errorMessage":"secret"}' }),
    });

    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('{"message":"Internal Server Error"}');
  });

  test('of a call that Lambda refused is a 500, and the reason is said', async () => {
    const answer = await ask({
      invoke: () => {
        throw new AwsError('AccessDeniedException', 'not allowed', 403);
      },
    });

    expect(answer.status).toBe(500);
    expect(desk?.rig.said).toEqual(['http: GET: not allowed']);
  });

  test('of a request that is too large for the function is a 413', async () => {
    const answer = await ask({
      invoke: () => {
        throw new AwsError('RequestEntityTooLargeException', 'too large', 413);
      },
    });

    expect(answer.status).toBe(413);
  });

  test('of a function that takes too long is a 503', async () => {
    const never = new Promise<Record<string, unknown>>(() => undefined);
    const answer = await ask({ timeoutMs: 50, invoke: () => never as unknown as Record<string, unknown> });

    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ message: 'Service Unavailable' });
  });

  test('of an API with CORS are its own CORS headers, and preflights are answered without the function', async () => {
    const cors = {
      AllowOrigins: ['https://desk.example.com'],
      AllowMethods: ['GET'],
      AllowHeaders: ['authorization'],
      MaxAge: 60,
    };
    const answer = await ask(
      {
        api: { CorsConfiguration: cors },
        answer: () => ({ statusCode: 200, headers: { 'access-control-allow-origin': '*' }, body: '' }),
      },
      { headers: { origin: 'https://desk.example.com' } },
    );
    const preflight = await fetch(`${desk?.url}/t/x`, {
      method: 'OPTIONS',
      headers: { origin: 'https://desk.example.com', 'access-control-request-method': 'GET' },
    });
    const stranger = await fetch(`${desk?.url}/t/x`, { headers: { origin: 'https://evil.example.com' } });

    expect(answer.headers.get('access-control-allow-origin')).toBe('https://desk.example.com');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET');
    expect(preflight.headers.get('access-control-max-age')).toBe('60');
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    expect(desk?.events()).toHaveLength(2);
  });

  test('under /_local/ comes from the control API, and only for a page of this server', async () => {
    await ask({});

    const hello = await fetch(`${desk?.url}/_local/hello`);
    const unknown = await fetch(`${desk?.url}/_local/none`);
    const foreign = await fetch(`${desk?.url}/_local/hello`, { headers: { origin: 'https://evil.example.com' } });
    expect(await hello.text()).toBe('hello');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(foreign.status).toBe(403);
  });
});

test('a request counts as activity until it is answered, the control API does not', async () => {
  let release: (output: Record<string, unknown>) => void = () => undefined;
  const pending = new Promise<Record<string, unknown>>((done) => {
    release = done;
  });
  const desk = await aDeskApi({ invoke: () => pending as unknown as Record<string, unknown> });
  const asked = fetch(`${desk.url}/t/x`);
  while (desk.calls.length === 0) await new Promise((done) => setImmediate(done));

  const during = desk.rig.kernel.activity.describe();
  release({ StatusCode: 200, Payload: '{}' });
  await asked;
  await fetch(`${desk.url}/_local/hello`);
  await desk.rig.kernel.timeMachine.settle();

  expect(during).toEqual({ http: 1 });
  expect(desk.rig.kernel.activity.describe()).toEqual({});
  await desk.close();
});
