import * as z from 'zod/mini';
import type { Answered, Caller, Described } from './described.ts';
import { PAGE } from './described.ts';
import { JSON_TYPE, schemaOf } from './json-schema.ts';
import { problem, refusal } from './shapes/public.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** What went wrong, by status. */
const STATUS: Record<number, string> = {
  400: 'The body is not JSON, or a header cannot be read.',
  401: 'There is no valid signature, or it was taken before.',
  403: 'Not for this member of the team.',
  404: 'There is nothing here, or it is not yours to see: both look alike.',
  409: 'It does not go together with what is there, such as a version that has moved.',
  410: 'The link, or what it leads to, has ended.',
  413: 'The body has more than 256 KB, or the file is too large.',
  415: 'The body is not of a media type that this route takes.',
  422: 'The request has another shape; `errors` says where.',
};

/** Statuses that are not answered by a function alone. */
const BY_ALL = { tooMany: 429, broken: '5XX', noToken: 401 } as const;

const OF_CALLER: Record<Caller, readonly number[]> = {
  anybody: [],
  link: [404, 410],
  channel: [401],
  team: [403],
};

const string = { type: 'string' };
const asProblem = { [PROBLEM_TYPE]: { schema: schemaOf(problem) } };
const asPage = { [PAGE]: { schema: string } };
const asRefusal = { [JSON_TYPE]: { schema: schemaOf(refusal) } };
const retryAfter = {
  'Retry-After': { description: 'After how many seconds to try again.', schema: { type: 'integer' } },
};

/** Problems, each once for programs and once for routes that tell a browser of them on a page. */
export const problemResponses = {
  ...Object.fromEntries(
    Object.entries(STATUS).flatMap(([status, description]) => [
      [status, { description, content: asProblem }],
      [`Page${status}`, { description, content: { ...asProblem, ...asPage } }],
    ]),
  ),
  NoToken: {
    description: 'There is no valid token of the team. The API says so before the desk is asked, and not as a problem.',
    content: asRefusal,
  },
  TooMany: {
    description: 'Too many requests: of one origin or one address, or of all at this moment.',
    headers: retryAfter,
    content: { ...asProblem, ...asPage, ...asRefusal },
  },
  Broken: {
    description:
      'The desk is busy or broken: try again a little later, with the same `Idempotency-Key` where one is taken.',
    headers: retryAfter,
    content: { ...asProblem, ...asPage, ...asRefusal },
  },
};

/** Whether a person may be looking: the route shows a page, or takes a form. */
const isForPeople = ({ caller, answers, body }: Described): boolean =>
  caller !== 'team' &&
  (caller === 'link' || body?.form !== undefined || Object.values(answers).some(({ as }) => as === PAGE));

/** The statuses of problems that a route answers with, in its function. */
export const problemsOf = ({ caller, body, query, refuses = [] }: Described): number[] => [
  ...new Set([
    ...OF_CALLER[caller],
    ...(body ? [400, 413, 415, 422] : []),
    ...(query instanceof z.ZodMiniType ? [422] : []),
    ...refuses,
  ]),
];

const mediaType = (type: string) => [type, type.startsWith('text/') ? { schema: string } : {}];

const contentOf = ({ json, as = [] }: Answered) => {
  const types = typeof as === 'string' ? [as] : as;
  return { ...(json && { [JSON_TYPE]: { schema: schemaOf(json) } }), ...Object.fromEntries(types.map(mediaType)) };
};

const responseOf = (status: string, answered: Answered) => {
  const content = contentOf(answered);
  return {
    description: answered.is,
    ...(['202', '302', '303'].includes(status) && {
      headers: { Location: { description: 'Where it is, or goes on.', schema: string } },
    }),
    ...(Object.keys(content).length > 0 && { content }),
  };
};

/** Every answer of a route, by status. */
export const answersOf = (key: string, route: Described) => {
  const [method] = key.split(' ');
  const refused = (status: number) => {
    // An answer to HEAD has no body.
    if (method === 'HEAD') return { description: STATUS[status] };
    return { $ref: `#/components/responses/${isForPeople(route) ? 'Page' : ''}${status}` };
  };
  return Object.fromEntries([
    ...Object.entries(route.answers).map(([status, answered]) => [status, responseOf(status, answered)]),
    ...problemsOf(route)
      .filter((status) => status !== BY_ALL.tooMany)
      .map((status) => [status, refused(status)]),
    ...(route.caller === 'team' ? [[BY_ALL.noToken, { $ref: '#/components/responses/NoToken' }]] : []),
    [BY_ALL.tooMany, { $ref: '#/components/responses/TooMany' }],
    [BY_ALL.broken, { $ref: '#/components/responses/Broken' }],
  ]);
};
