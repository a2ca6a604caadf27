import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { ConcurrentChange } from '../../domain/errors.ts';
import { readEnv } from '../../functions/_shared/env.ts';
import { languagesOf, pageHandler } from '../../functions/_shared/http/page-handler.ts';
import { apiHandler, eventHandler, taskHandler } from '../../functions/_shared/middleware.ts';
import { notFound, Problem } from '../../functions/_shared/problem.ts';
import { logger, metrics } from '../../functions/_shared/telemetry.ts';
import { aDesk, aRequest, parsed } from './support.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:0:function:test',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

metrics.setThrowOnEmptyMetrics(false);

/** The middleware of the logger gives it back the level it began with: files that follow in this process would be told all. */
afterEach(() => {
  logger.setLogLevel('SILENT');
});

const failing = (error: Error) => apiHandler(() => () => Promise.reject(error));

describe('a route that fails', () => {
  test.each<[string, Error, number, object]>([
    [
      'says what was wrong',
      new Problem(422, 'No.', { errors: [{ path: 'a', message: 'b' }] }),
      422,
      { detail: 'No.', errors: [{ path: 'a', message: 'b' }] },
    ],
    ['calls a lost race a conflict', new ConcurrentChange('T-1'), 409, { title: 'Conflict' }],
    ['asks for patience when AWS throttles', Object.assign(new Error('x'), { name: 'ThrottlingException' }), 503, {}],
    [
      'keeps everything else to itself',
      new Error('arn:aws:dynamodb:eu-central-1:0:table/Desk'),
      500,
      { detail: 'Something went wrong on our side.' },
    ],
  ])('%s', async (_, error, status, body) => {
    const response = await failing(error)(aRequest({}), context);

    expect(response).toMatchObject({ statusCode: status, headers: { 'content-type': 'application/problem+json' } });
    expect(parsed(response)).toMatchObject({ type: 'about:blank', status, title: expect.any(String), ...body });
    expect(response.body).not.toContain('arn:');
  });

  test('says when to come back', async () => {
    const throttled = Object.assign(new Error('x'), { name: 'ProvisionedThroughputExceededException' });

    const response = await failing(throttled)(aRequest({}), context);

    expect(response.headers).toMatchObject({ 'retry-after': '5' });
  });
});

describe('a page that fails', () => {
  const { words } = aDesk();
  const missing = pageHandler(words, () => () => Promise.reject(notFound()));

  test('tells a person on a page in their language', async () => {
    const headers = { accept: 'text/html,*/*', 'accept-language': 'de-AT,en;q=0.5' };

    const response = await missing(aRequest({ headers }), context);

    expect(response).toMatchObject({ statusCode: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(response.body).toContain('lang="de"');
  });

  test('keeps to the language that the page was asked for in', async () => {
    const headers = { accept: 'text/html', 'accept-language': 'de' };

    const response = await missing(aRequest({ headers, query: { lang: 'fa' } }), context);

    expect(response.body).toContain('lang="fa" dir="rtl"');
  });

  test('can be asked for again with all that was posted, once there is room for it', async () => {
    const tooMuch = new Problem(429, 'Later.', { headers: { 'retry-after': '600' } });
    const full = pageHandler(words, () => () => Promise.reject(tooMuch));
    const post = (type: string) =>
      full(
        {
          ...aRequest({
            query: { lang: 'de' },
            headers: { accept: 'text/html', 'content-type': type },
            raw: 'once=k&message=Zwei+Zeilen%0D%0A%26+mehr&once=other',
          }),
          rawPath: '/help',
          rawQueryString: 'lang=de',
        },
        context,
      );

    const [form, other] = [await post('application/x-www-form-urlencoded'), await post('text/plain')];

    expect(form).toMatchObject({ statusCode: 429, headers: { 'retry-after': '600' } });
    expect(form.body).toContain('in 10 Minuten');
    expect(form.body).toContain('action="/help?lang=de"');
    expect(form.body).toContain('name="message" value="Zwei Zeilen\r\n&amp; mehr"');
    expect(form.body).toContain('name="once" value="k"');
    expect(other.body).not.toContain('<form');
  });

  test('tells a program as a problem', async () => {
    const response = await missing(aRequest({ headers: { accept: 'application/json' } }), context);

    expect(response).toMatchObject({ statusCode: 404, headers: { 'content-type': 'application/problem+json' } });
  });

  test('reads the languages of a browser', () => {
    expect(languagesOf({ headers: { 'accept-language': 'fa-IR, en;q=0.8' } })).toEqual(['fa-IR', 'en']);
    expect(languagesOf({ headers: {} })).toEqual([]);
  });
});

describe('a task', () => {
  test('takes only what its contract knows, and fails by name otherwise', async () => {
    const handler = taskHandler('climb-the-ladder', () => () => Promise.reject(new Error('called')));

    await expect(handler({ ticketId: 'T-7K2M9Q' }, context)).rejects.toMatchObject({ name: 'WrongTaskInput' });
    await expect(handler({ ticketId: 'T-IIIIII', cycle: 1 }, context)).rejects.toMatchObject({
      name: 'WrongTaskInput',
    });
  });

  test('lets errors travel up by name', async () => {
    const handler = taskHandler('record-outcome', () => () => Promise.reject(new ConcurrentChange('T-7K2M9Q')));
    const input = { ticketId: 'T-7K2M9Q', cycle: 1, outcome: 'recovered' };

    await expect(handler(input, context)).rejects.toMatchObject({ name: 'ConcurrentChange' });
  });
});

test('a handler is bound to its dependencies once, when the first event comes', async () => {
  let bound = 0;
  const handler = eventHandler<number, number>(() => {
    bound += 1;
    return async (given) => given * 2;
  });
  const before = bound;

  const answers = [await handler(1, context), await handler(2, context)];

  expect(before).toBe(0);
  expect(answers).toEqual([2, 4]);
  expect(bound).toBe(1);
});

test('a failing route logs the name of the error and where it was thrown, never its words', async () => {
  const logged = vi.spyOn(logger, 'error').mockImplementation(() => undefined);

  await failing(new Error('kim@example.com could not be stored'))(aRequest({}), context);

  expect(logged.mock.calls).toEqual([
    ['A request failed.', { errorName: 'Error', thrownAt: expect.arrayContaining([expect.stringMatching(/^at /)]) }],
  ]);
  expect(JSON.stringify(logged.mock.calls)).not.toContain('kim@');
  logged.mockRestore();
});

describe('the environment', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('is read by the schema of the function', () => {
    vi.stubEnv('TABLE_NAME', 'Desk');

    expect(readEnv(z.object({ TABLE_NAME: z.string() }))).toEqual({ TABLE_NAME: 'Desk' });
  });

  test('that lacks something is an error that names it', () => {
    expect(() => readEnv(z.object({ NO_SUCH_NAME: z.string(), NOR_THIS: z.string() }))).toThrow(
      /NO_SUCH_NAME, NOR_THIS/,
    );
  });
});
