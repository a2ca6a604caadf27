import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, test } from 'vitest';
import { logger } from '../../functions/_shared/telemetry.ts';
import { handler } from '../../functions/show-contract/handler.ts';
import { aRequest, parsed } from './support.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'show-contract',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:0:function:show-contract',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** The middleware of the logger gives it back the level it began with: files that follow in this process would be told all. */
afterEach(() => {
  logger.setLogLevel('SILENT');
});

const BROWSER = { accept: 'text/html,application/xhtml+xml' };

/** As API Gateway calls the function for what no route matches. */
const asked = (method: string, headers: Record<string, string> = {}, raw?: string) => {
  const event = aRequest({ headers, ...(raw !== undefined && { raw }) });
  const { requestContext } = event;
  return handler(
    { ...event, rawPath: '/no/such', requestContext: { ...requestContext, http: { ...requestContext.http, method } } },
    context,
  );
};

describe('where there is no route', () => {
  test.each(['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS'])(
    'a program that asks by %s reads a problem',
    async (method) => {
      const answer = await asked(method);

      expect(answer).toMatchObject({ statusCode: 404, headers: { 'content-type': 'application/problem+json' } });
      expect(parsed(answer)).toEqual({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'There is nothing here, or it is not yours to see.',
      });
    },
  );

  test.each([
    ['en', 'ltr'],
    ['de', 'ltr'],
    ['fa', 'rtl'],
  ])('a browser in %s gets a page in its language that leads on', async (code, dir) => {
    const answer = await asked('GET', { ...BROWSER, 'accept-language': code });

    expect(answer).toMatchObject({ statusCode: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer.body).toContain(`<html lang="${code}" dir="${dir}"`);
    expect(answer.body).toContain(`href="/help?lang=${code}"`);
  });

  test('nothing that was posted comes back, and a form too large for any route is no error of ours', async () => {
    const form = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };

    const small = await asked('POST', form, 'body=hello-there');
    const large = await asked('POST', form, `body=${'x'.repeat(300 * 1024)}`);

    expect([small.statusCode, large.statusCode]).toEqual([404, 404]);
    expect(small.body).not.toContain('hello-there');
  });
});
