import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import brand from '#desk/brand.json' with { type: 'json' };
import categories from '#desk/categories.json' with { type: 'json' };
import checklists from '#desk/checklists.json' with { type: 'json' };
import catalogue from '#desk/knowledge/catalogue.json' with { type: 'json' };
import policy from '#desk/policy.json' with { type: 'json' };
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import templates from '#desk/templates.json' with { type: 'json' };
import { NothingSent, type PostOffice } from '../../adapters/ses/post-office.ts';
import type { ExecutionState, Machines } from '../../adapters/stepfunctions/machines.ts';
import { plus } from '../../domain/support/time.ts';
import { type OpenTicketInput, openTicket } from '../../domain/ticket/acts/open-ticket.ts';
import type { Signal } from '../../domain/ticket/wait.ts';
import { deskKnowledge, searchKnowledge } from '../../functions/_shared/knowledge/knowledge.ts';
import { deskLibrary } from '../../functions/_shared/knowledge/library.ts';
import { linksWith } from '../../functions/_shared/links/links.ts';
import { deskSurveys } from '../../functions/_shared/surveys.ts';
import { logger } from '../../functions/_shared/telemetry.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { allWords } from '../support/all-words.ts';
import { holdToContract } from '../support/contract.ts';
import { fakeArticleUsage } from '../support/fake-article-usage.ts';
import { countedIds, fakeDesk, stillClock } from '../support/fakes.ts';

logger.setLogLevel('SILENT');

/** A Monday morning on which the office is open. */
export const MONDAY_AT_9 = '2026-11-23T08:00:00.000Z';
export const DESK_ADDRESS = 'support@desk.example.com';

/** A desk with the compiled policy and team, fakes for all that is outside, and a clock that is moved by hand. */
export const aDesk = () => {
  const fakes = fakeDesk(agents);
  const clock = stillClock(MONDAY_AT_9);
  const keys = async () => [{ id: 'k1', secret: 'a-secret-of-more-than-32-characters' }] as const;
  const counted: string[] = [];
  const measured: Array<{ name: string; value: number; of: Record<string, string> }> = [];
  const started: Array<{ arn: string; name: string; input: unknown }> = [];
  /** What AWS says of an execution, by its name. */
  const executions = new Map<string, ExecutionState>();
  const signals: Array<{ token: string; signal: Signal }> = [];
  const queued: Array<{ key: string; pace: string }> = [];
  const published: string[] = [];
  const sent: Array<Parameters<PostOffice['send']>[0]> = [];
  const machines: Machines = {
    start: async (arn, name, input) => {
      const before = started.findLast((each) => each.name === name);
      const isSame =
        before !== undefined && isDeepStrictEqual(before.input, input) && executions.get(name) === 'running';
      if (before !== undefined && !isSame) return 'taken';
      started.push({ arn, name, input });
      executions.set(name, 'running');
      return 'started';
    },
    stateOf: async (_arn, name) => executions.get(name) ?? 'unknown',
    signal: async (token, signal) => {
      signals.push({ token, signal });
    },
  };
  const office: PostOffice = {
    send: async (mail) => {
      sent.push(mail);
      return `ses-${sent.length}`;
    },
  };
  return {
    ...fakes,
    policy,
    clock,
    ids: countedIds(),
    agents,
    categories,
    checklists,
    templates,
    searchKnowledge,
    downloads: { link: async (key: string) => `https://files.example.com/${key}` },
    languages: brand.languages,
    measured,
    measure: (name: string, value: number, of: Record<string, string>) => {
      measured.push({ name, value, of });
    },
    keys,
    knowledge: deskKnowledge(),
    library: deskLibrary(allWords),
    catalogue,
    usage: fakeArticleUsage(),
    links: linksWith(keys, { publicUrl: 'https://desk.example.com', deskAddress: DESK_ADDRESS }),
    words: allWords,
    surveys: deskSurveys(),
    scale: replyScale,
    uploadHost: 'https://bucket.example.com',
    newKey: () => 'B'.repeat(22),
    machines,
    office,
    mailQueues: {
      put: async (key: string, pace: string) => {
        queued.push({ key, pace });
      },
    },
    bus: {
      publish: async (detailType: string) => {
        published.push(detailType);
      },
    },
    arns: { intake: 'intake', escalation: 'escalation', survey: 'survey', remediation: 'remediation' },
    deskAddress: DESK_ADDRESS,
    deskDomain: 'desk.example.com',
    count: (name: string) => {
      counted.push(name);
    },
    counted,
    started,
    executions,
    signals,
    queued,
    published,
    sent,
    pass: (ms: number) => {
      clock.at = plus(clock.at, ms);
    },
  };
};

export type Desk = ReturnType<typeof aDesk>;

/** A ticket that somebody just wrote. */
export const aNewTicket = async (desk: Desk, over: Partial<OpenTicketInput> = {}): Promise<string> => {
  const id = over.id ?? desk.ids.ticketId();
  const { policy, clock, ids } = desk;
  const customer = await desk.customers.byAddress('kim@example.com', { name: 'Kim' }, clock.now(), ids.ulid());
  const change = openTicket(
    {
      id,
      subject: 'I cannot log in',
      text: 'The password is refused.',
      channel: 'web',
      customer,
      report: {},
      attachments: [],
      deskDomain: 'desk.example.com',
      ...over,
    },
    { policy, now: clock.now(), ids },
  );
  await desk.tickets.record(change);
  return id;
};

/** A ticket that has its place and its owner. */
export const anOpenTicket = async (desk: Desk, over: Partial<OpenTicketInput> = {}): Promise<string> => {
  const ticketId = await aNewTicket(desk, over);
  await triage(desk)({ ticketId });
  return ticketId;
};

export const refuse = new NothingSent({ cause: new Error('Throttling') });

/** An HTTP API event, payload format 2.0, with a JSON body unless told otherwise. */
export const aRequest = (over: {
  route?: string;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
  path?: Record<string, string>;
  query?: Record<string, string>;
  claims?: Record<string, string>;
}): APIGatewayProxyEventV2 => {
  const body = over.raw ?? (over.body === undefined ? undefined : JSON.stringify(over.body));
  const authorizer = over.claims && { jwt: { claims: over.claims, scopes: null } };
  const http = { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' };
  return {
    version: '2.0',
    routeKey: over.route ?? '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...over.headers },
    requestContext: {
      accountId: '0',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http,
      requestId: 'r',
      routeKey: over.route ?? '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
      ...authorizerOf(authorizer),
    },
    ...(body !== undefined && { body }),
    ...(over.path && { pathParameters: over.path }),
    ...(over.query && { queryStringParameters: over.query }),
    isBase64Encoded: false,
  };
};

const authorizerOf = (authorizer: object | undefined): object => (authorizer ? { authorizer } : {});

/** The answer of a route, which has to be as GET /openapi.json describes it. */
export const held = async (
  route: string,
  answering: Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const answer = await answering;
  const type = answer.headers?.['content-type'];
  holdToContract(route, {
    status: answer.statusCode ?? 200,
    type: type === undefined ? undefined : String(type),
    body: answer.body ?? '',
  });
  return answer;
};

export const parsed = (response: { body?: string | undefined }): unknown => JSON.parse(response.body ?? 'null');
