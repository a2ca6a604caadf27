import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { RunningDesk } from '../local/client/running-desk.ts';
import { type Figure, median, seconds } from './figure.ts';
import { emptyProcess, type FirstByte, freshFunction } from './first-byte.ts';

const CLIENTS = 16;
const WARM_UP = 48;
const ANSWERS = 300;
const STARTS = 11;
const PAGES = ['show-survey', 'answer-survey'];

/** One after another by so many clients at once. */
const atOnce = async (clients: number, count: number, work: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: clients }, client));
};

/** So many customers who were answered, and asked a day later how it was; the token of each one's link. */
const askedCustomers = async (desk: RunningDesk, count: number): Promise<string[]> => {
  const ids: string[] = [];
  await atOnce(CLIENTS, count, async (n) => {
    const customer = { email: `kim-${n}@shop.example` };
    const opened = await desk.request('POST', '/tickets', { subject: `Question ${n}`, body: 'When?', customer });
    ids.push(opened.json.ticket.id);
  });
  await desk.settle();
  const reply = { body: 'Now.', then: 'resolved', cause: 'c', solution: 's', check: 'k' };
  await atOnce(CLIENTS, count, async (n) => {
    await desk.as('ada', 'lead', 'POST', `/desk/tickets/${ids[n]}/replies`, reply);
  });
  // Wherever the day begins: some hour of the next one is daytime.
  await desk.move({ advance: 'PT26H' });
  const tokens = (await desk.mails()).flatMap(({ key, text }) =>
    key?.startsWith('survey.') ? (/\/s\/([\w-]+)/.exec(text)?.[1] ?? []) : [],
  );
  if (tokens.length !== count) throw new Error(`${count} customers were to be asked, ${tokens.length} were.`);
  return tokens;
};

const event = (method: string, token: string, rest: object) => ({
  version: '2.0',
  headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  pathParameters: { token },
  requestContext: { http: { method, path: `/s/${token}`, sourceIp: '127.0.0.1', userAgent: 'bench' } },
  isBase64Encoded: false,
  ...rest,
});

/** From the start of a process to its first byte: empty, showing a survey and taking an answer, in turn. */
const starts = async (desk: RunningDesk, tokens: readonly string[]): Promise<Figure[]> => {
  const { TableNames = [] } = await new DynamoDBClient({
    endpoint: desk.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  }).send(new ListTablesCommand({}));
  const { secrets }: { secrets: Array<{ path: string; arn: string }> } = await desk.control('GET', 'secrets');
  const environment = {
    TABLE_NAME: TableNames[0] ?? '',
    LINK_SECRET_ARN: secrets.find(({ path }) => path.endsWith('LinkKey'))?.arn ?? '',
  };
  const show = await freshFunction(desk, 'show-survey', environment);
  const answer = await freshFunction(desk, 'answer-survey', environment);
  const taken: Record<string, FirstByte[]> = { 'an empty process': [], 'show-survey': [], 'answer-survey': [] };
  // In turn, so that a busy moment of the machine falls on all of them.
  for (const token of tokens) {
    taken['an empty process']?.push(await emptyProcess());
    taken['show-survey']?.push(await show(event('GET', token, { queryStringParameters: { r: '5' } })));
    taken['answer-survey']?.push(await answer(event('POST', token, { body: 'satisfaction=5' })));
  }
  return Object.entries(taken).flatMap(([what, times]) => {
    const wrong = times.find(({ status }) => status !== 200 && status !== 0);
    if (wrong) throw new Error(`${what} answered ${wrong.status}.`);
    return [
      {
        what: `${what}: process start to first byte`,
        value: median(times.map(({ ms }) => ms)),
        unit: 'ms',
        target: 100,
      },
      { what: `${what}: its processor time`, value: median(times.map(({ cpuMs }) => cpuMs)), unit: 'ms', target: 120 },
    ];
  });
};

/** Answers by the page, as fast as the clients can; what one costs the function, and that each is one answer. */
const answers = async (desk: RunningDesk, tokens: readonly string[]): Promise<Figure[]> => {
  const post = async (n: number): Promise<void> => {
    const answered = await desk.request('POST', `/s/${tokens[n]}`, new URLSearchParams({ satisfaction: '5' }));
    if (answered.status !== 200) throw new Error(`Answer ${n} was answered ${answered.status}: ${answered.text}`);
  };
  await atOnce(CLIENTS, WARM_UP, post);
  await desk.settle();
  await desk.control('DELETE', 'meter');
  const taking = await seconds(() => atOnce(CLIENTS, tokens.length - WARM_UP, (n) => post(WARM_UP + n)));
  const { functions, dynamodb } = await desk.control('GET', 'meter');
  const taker = Object.entries<{ invocations: number; cpuMs: number }>(functions).find(([name]) =>
    name.includes('AnswerSurvey'),
  );
  if (taker === undefined) throw new Error('The meter knows no function AnswerSurvey.');
  const [, { invocations, cpuMs }] = taker;
  const count = tokens.length - WARM_UP;
  await desk.settle();
  return [
    {
      what: `answers taken, ${CLIENTS} clients, ${count} answers`,
      value: count / taking,
      unit: 'answers/s',
      target: 100,
      atLeast: true,
    },
    { what: 'processor time of answer-survey for each', value: cpuMs / invocations, unit: 'ms', target: 10 },
    {
      what: 'calls of the table for each, with what follows so far',
      value: dynamodb.calls / count,
      unit: 'calls',
      target: 20,
    },
  ];
};

/** What a survey's functions weigh, how soon they answer, and how many answers are taken in a second. */
export const survey = async (): Promise<Figure[]> => {
  // Processes of their own have the clock of this machine: a link that was made a day ahead is good there too.
  const today = `${new Date().toISOString().slice(0, 10)}T06:00:00.000Z`;
  const desk = await RunningDesk.start(['--memory', '--clock', today, '--speed', '0']);
  try {
    const weights = PAGES.map((name) => ({
      what: `the bundle of ${name}`,
      value: statSync(resolve('build/functions', name, 'index.js')).size / 1000,
      unit: 'KB',
      target: 400,
    }));
    const tokens = await askedCustomers(desk, STARTS + WARM_UP + ANSWERS);
    return [
      ...weights,
      ...(await starts(desk, tokens.slice(0, STARTS))),
      ...(await answers(desk, tokens.slice(STARTS))),
    ];
  } finally {
    await desk.stop();
  }
};
