import { afterEach, describe, expect, test, vi } from 'vitest';
import { aFunction, aWorld, functionArn, START, type World, type WorldOptions } from './world.ts';

let world: World;
afterEach(() => {
  vi.unstubAllEnvs();
  return world.stop();
});

const open = async (code: NonNullable<WorldOptions['code']>, properties: Record<string, unknown> = {}, more = {}) => {
  world = await aWorld({ code, resources: Object.keys(code).map((name) => aFunction(name, properties)), ...more });
  return world;
};

describe('an invocation', () => {
  test('answers the result and reports itself to the meter', async () => {
    await open({ echo: 'exports.handler = async (event) => ({ got: event });' });

    const { answer, payload } = await world.invoke('echo', { a: 1 });

    expect(payload).toEqual({ got: { a: 1 } });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(world.meter.read().functions.echo).toMatchObject({ invocations: 1, errors: 0 });
  });

  test.each([
    'echo',
    functionArn('echo'),
    `${functionArn('echo')}:$LATEST`,
    '000000000000:function:echo',
    'echo:$LATEST',
  ])('finds the function by %s', async (name) => {
    await open({ echo: 'exports.handler = async () => 1;' });

    const { payload } = await world.invoke(name);

    expect(payload).toBe(1);
  });

  test('does not find an unknown function or version', async () => {
    await open({ echo: 'exports.handler = async () => 1;' });

    await expect(world.invoke('nobody')).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    await expect(world.invoke('echo:7')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(world.invoke('echo', {}, { Qualifier: 'live' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('gives the handler the whole context', async () => {
    await open({
      ctx: `exports.handler = async (_, c) => ({ ...c, left: c.getRemainingTimeInMillis(), client: c.clientContext });`,
    });

    const client = Buffer.from('{"custom":{"a":1}}').toString('base64');
    const { payload } = await world.invoke('ctx', {}, { ClientContext: client });

    expect(payload).toMatchObject({
      functionName: 'ctx',
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn('ctx'),
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/ctx',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client: { custom: { a: 1 } },
      left: expect.toSatisfy((left: number) => left > 5000 && left <= 10_000),
    });
  });

  test('has its own environment and nothing of the machine', async () => {
    vi.stubEnv('SECRET_OF_THE_HOST', 'x');
    await open(
      { env: 'exports.handler = async () => ({ ...process.env });' },
      { Environment: { Variables: { STAGE: 'local' } } },
    );

    const { payload } = await world.invoke('env');

    expect(payload).toMatchObject({
      STAGE: 'local',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
    });
    expect(payload).not.toHaveProperty('SECRET_OF_THE_HOST');
  });

  test('keeps what the module remembers while the thread lives', async () => {
    await open({ count: 'let n = 0; exports.handler = async () => ++n;' });

    await world.invoke('count');
    const { payload } = await world.invoke('count');

    expect(payload).toBe(2);
    expect(world.lambda.stats().coldStarts).toEqual({ count: 1 });
  });

  test('with no payload is given an empty object', async () => {
    await open({ echo: 'exports.handler = async (event) => event;' });

    const { payload } = await world.invoke('echo');

    expect(payload).toEqual({});
  });

  test('of a dry run runs nothing', async () => {
    await open({ echo: 'exports.handler = async () => { throw new Error(); };' });

    const { answer } = await world.invoke('echo', {}, { InvocationType: 'DryRun' });

    expect(answer).toEqual({ StatusCode: 204 });
    expect(world.lambda.logs()).toEqual([]);
  });

  test('gives the tail of its log when asked', async () => {
    await open({
      talk: "exports.handler = async () => { console.log('hello %s', 'there'); process.stdout.write('raw\\n'); };",
    });

    const { answer } = await world.invoke('talk', {}, { LogType: 'Tail' });

    const log = Buffer.from(String(answer.LogResult), 'base64').toString();
    expect(log).toMatch(/^START RequestId: \S+ Version: \$LATEST\n\S+\t\S+\tINFO\thello there\nraw\nEND RequestId/);
    expect(log).toContain('Memory Size: 128 MB');
  });

  test('of JSON keeps only lines of the level asked for', async () => {
    await open(
      {
        talk: "exports.handler = async () => { console.info('quiet'); console.warn('loud'); return process.env.AWS_LAMBDA_LOG_LEVEL; };",
      },
      { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'WARN' } },
    );

    const { payload } = await world.invoke('talk');

    expect(payload).toBe('WARN');
    expect(world.lambda.logs('talk')[0]?.lines.join()).toMatch(/^((?!quiet).)*loud((?!quiet).)*$/);
  });

  test('writes its console as JSON if the function asks for it', async () => {
    await open(
      { talk: 'exports.handler = async () => { console.warn({ a: 1 }); };' },
      { LoggingConfig: { LogFormat: 'JSON' } },
    );

    await world.invoke('talk');

    const line = world.lambda.logs('talk')[0]?.lines[1] ?? '';
    expect(JSON.parse(line)).toMatchObject({ level: 'WARN', message: { a: 1 }, requestId: expect.any(String) });
  });
});

describe('a failing invocation', () => {
  const failing = async (body: string, properties: Record<string, unknown> = {}) => {
    await open({ f: body }, properties);
    return world.invoke('f');
  };

  test('keeps the name, message and trace of an error', async () => {
    const { answer, payload } = await failing(
      "class ConcurrentChange extends Error { name = 'ConcurrentChange' } exports.handler = async () => { throw new ConcurrentChange('lost') };",
    );

    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(payload).toMatchObject({
      errorType: 'ConcurrentChange',
      errorMessage: 'lost',
      trace: expect.arrayContaining([expect.stringContaining('index.js')]),
    });
    expect(world.meter.read().functions.f).toMatchObject({ errors: 1 });
  });

  test('tells what was thrown when it is no error', async () => {
    const { payload } = await failing("exports.handler = async () => { throw 'words' };");

    expect(payload).toMatchObject({ errorType: 'string', errorMessage: 'words' });
  });

  test('ends at its timeout and the next one runs afresh', async () => {
    await open(
      {
        f: 'let n = 0; exports.handler = async (e) => { n += 1; if (e.hang) await new Promise(() => setInterval(() => {}, 1000)); return n; };',
      },
      { Timeout: 1 },
    );

    const { payload } = await world.invoke('f', { hang: true });
    const after = await world.invoke('f', {});

    expect(payload).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    expect(after.payload).toBe(1);
  });

  test('ends at its timeout even in a loop that never yields', async () => {
    const { payload } = await failing('exports.handler = async () => { for (;;); };', { Timeout: 1 });

    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  test('by the memory limit leaves the runtime alive', async () => {
    await open({
      f: "exports.handler = async (e) => { if (!e.fill) return 'fine'; const a = []; for (;;) a.push(new Array(1e5).fill(Math.random())); };",
    });

    const { payload } = await world.invoke('f', { fill: true });
    const after = await world.invoke('f', {});

    expect(payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect(after.payload).toBe('fine');
  });

  test.each([
    ['process.exit(3)', 'Runtime.ExitError', /exit status 3$/],
    ['process.exit(0)', 'Runtime.ExitError', /exited without providing a reason$/],
    ['return 10n', 'Runtime.JSONStringifyError', /Unable to stringify response body/],
    [
      "Promise.reject(new Error('lost')); await new Promise(() => {})",
      'Runtime.UnhandledPromiseRejection',
      /Error: lost/,
    ],
    ["setTimeout(() => { throw new TypeError('late') }, 1); await new Promise(() => {})", 'TypeError', /late/],
    ["return 'x'.repeat(6291600)", 'Function.ResponseSizeTooLarge', /exceeded maximum allowed payload size/],
  ])('by %s is %s', async (body, errorType, message) => {
    const { answer, payload } = await failing(`exports.handler = async () => { ${body} };`);

    expect(answer.FunctionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
  });

  test.each([
    ['a syntax error', 'exports.handler = async ( => 1;', 'Runtime.UserCodeSyntaxError'],
    ['a missing module', "require('./nowhere'); exports.handler = async () => 1;", 'Runtime.ImportModuleError'],
    ['no such export', 'exports.other = async () => 1;', 'Runtime.HandlerNotFound'],
    ['a throw while loading', "throw new RangeError('early');", 'RangeError'],
    [
      'a callback on Node.js 24',
      'exports.handler = (event, context, callback) => callback(null, 1);',
      'Runtime.CallbackHandlerDeprecated',
    ],
  ])('by %s is %s', async (_title, code, errorType) => {
    const { payload } = await failing(code);

    expect(payload).toMatchObject({ errorType });
  });

  test('is refused before it runs when the payload is too large or no JSON', async () => {
    await open({ f: 'exports.handler = async () => 1;' });

    await expect(world.invoke('f', 'x'.repeat(6_291_457))).rejects.toMatchObject({
      code: 'RequestEntityTooLargeException',
      status: 413,
    });
    await expect(world.invoke('f', {}, { Payload: '{' })).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
    });
  });

  test('is throttled beyond the reserved concurrency', async () => {
    await open({ f: 'exports.handler = async () => 1;' }, { ReservedConcurrentExecutions: 1 });

    const both = await Promise.allSettled([world.invoke('f'), world.invoke('f')]);

    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { code: 'TooManyRequestsException', status: 429 } });
  });
});

describe('an injected fault', () => {
  test('kills the thread after the event was handed over', async () => {
    await open({ f: "let n = 0; exports.handler = async () => { note('seen'); return ++n; };" });
    await world.invoke('f');
    world.faults.add([{ service: 'function', operation: 'f', kill: true, times: 1 }]);

    const killed = await world.invoke('f');
    const after = await world.invoke('f');

    expect(killed.payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
    expect(after.payload).toBe(1);
    expect(world.notes()).toHaveLength(3);
  });

  test('fails the function by name without running it', async () => {
    await open({ f: "exports.handler = async () => note('seen');" });
    world.faults.add([{ service: 'function', operation: 'f', error: 'ServiceException', times: 1 }]);

    const { payload } = await world.invoke('f');

    expect(payload).toMatchObject({ errorType: 'ServiceException' });
    expect(world.notes()).toEqual([]);
  });
});

describe('the date in a function', () => {
  const DATES = `exports.handler = async () => ({
    now: Date.now(), made: new Date().toISOString(), called: Date(), parsed: new Date('2020-01-01').getTime(),
    utc: Date.UTC(2020, 0, 1), fields: new Date(2020, 0, 1).getFullYear(), is: new Date() instanceof Date,
    same: new Date().constructor === Date, sub: new (class extends Date {})().getTime(),
    intl: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }).format(), name: Date.name, length: Date.length,
  });`;

  test('is the virtual clock, and otherwise a date like any other', async () => {
    await open({ dates: DATES });

    const { payload } = await world.invoke('dates');

    expect(payload).toEqual({
      now: START,
      made: '2026-11-23T09:00:00.000Z',
      called: expect.stringContaining('Mon Nov 23 2026'),
      parsed: 1577836800000,
      utc: 1577836800000,
      fields: 2020,
      is: true,
      same: true,
      sub: START,
      intl: '23/11/2026',
      name: 'Date',
      length: 7,
    });
  });

  test('moves with the clock in a thread that is already warm', async () => {
    await open({ dates: DATES });
    await world.invoke('dates');

    await world.advance(86_400);
    const { payload } = await world.invoke('dates');

    expect(payload).toMatchObject({ now: START + 86_400_000, intl: '24/11/2026' });
  });

  test('leaves timers in real time', async () => {
    await open({
      wait: 'exports.handler = async () => { await new Promise((done) => setTimeout(done, 5)); return Date.now(); };',
    });

    const { payload } = await world.invoke('wait');

    expect(payload).toBe(START);
  });
});

describe('code', () => {
  test('may be ESM by its ending or its package.json, with files beside it', async () => {
    await open({
      mjs: {
        'index.mjs': "import { x } from './x.mjs'; export const handler = async () => x;",
        'x.mjs': 'export const x = 1;',
      },
      typed: {
        'package.json': '{"type":"module"}',
        'index.js': 'export const handler = async () => import.meta.url.length > 0;',
      },
      cjs: { 'index.js': "exports.handler = async () => require('./x.js').x;", 'x.js': 'exports.x = 2;' },
    });

    const answers = await Promise.all(['mjs', 'typed', 'cjs'].map((name) => world.invoke(name)));

    expect(answers.map(({ payload }) => payload)).toEqual([1, true, 2]);
  });

  test('is CommonJS even within a project of modules', async () => {
    const inside = new URL('./', import.meta.url).pathname;
    const { mkdtempSync, writeFileSync, rmSync } = await import('node:fs');
    const directory = mkdtempSync(`${inside}asset-`);
    writeFileSync(`${directory}/index.js`, "const { x } = require('./x.js'); exports.handler = async () => x;");
    writeFileSync(`${directory}/x.js`, 'exports.x = 3;');
    world = await aWorld({ resources: [aFunction('f', { Code: { S3Key: directory } })], assetDirectory: (key) => key });

    const { payload } = await world.invoke('f');
    rmSync(directory, { recursive: true });

    expect(payload).toBe(3);
  });

  test.each([
    ['by callback', 'exports.handler = (e, c, done) => setTimeout(() => done(null, 1), 1);', 1],
    [
      'by a failed callback',
      "exports.handler = (e, c, done) => done(new RangeError('no'));",
      { errorType: 'RangeError' },
    ],
    ['by a promise', 'exports.handler = async () => 2;', 2],
    ['by context.succeed', 'exports.handler = (e, c) => { c.succeed(3); };', 3],
    ['by an event loop run empty', 'exports.handler = () => { setTimeout(() => {}, 1); };', null],
  ])('of an older runtime answers %s', async (_title, source, expected) => {
    await open({ old: source }, { Runtime: 'nodejs22.x' });

    const { payload } = await world.invoke('old');
    const again = await world.invoke('old');

    expect([payload, again.payload]).toEqual(
      [expected, expected].map((one) => (typeof one === 'object' && one ? expect.objectContaining(one) : one)),
    );
  });

  test('of an older runtime is waited for until its event loop is empty, unless it says not to', async () => {
    await open(
      {
        old: 'exports.handler = (e, c, done) => { c.callbackWaitsForEmptyEventLoop = e.waits; setTimeout(() => note(e.waits), 50); done(null, 1); };',
      },
      { Runtime: 'nodejs22.x' },
    );

    await world.invoke('old', { waits: true });
    const waited = world.notes();
    await world.invoke('old', { waits: false });
    const notWaited = world.notes();

    expect(waited).toEqual([true]);
    expect(notWaited).toEqual([true]);
  });

  test('of another language is refused by name', async () => {
    const made = aWorld({ resources: [aFunction('snake', { Runtime: 'python3.13' })] });

    await expect(made).rejects.toMatchObject({
      code: 'NotSupportedByLocalRuntime',
      message: expect.stringContaining('python3.13'),
    });
    await open({});
  });

  test('with a property that is not carried out is refused by name', async () => {
    const made = aWorld({ resources: [aFunction('f', { Layers: ['arn'] })] });

    await expect(made).rejects.toMatchObject({
      code: 'NotSupportedByLocalRuntime',
      message: expect.stringContaining('Layers'),
    });
    await open({});
  });
});
