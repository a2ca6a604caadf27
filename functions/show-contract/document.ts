import * as z from 'zod/mini';
import { channelRoutes } from './channels.ts';
import { customerRoutes } from './customers.ts';
import { type Body, type Caller, type Described, JSON_TYPE, type Routes } from './described.ts';
import { deskRoutes } from './desk.ts';
import { feedbackRoutes } from './feedback.ts';

const contractRoute: Routes = {
  'GET /openapi.json': {
    tag: 'Contract',
    summary: 'This description',
    caller: 'anybody',
    answers: { 200: { is: 'An OpenAPI document.', as: JSON_TYPE }, 304: { is: 'It is the one you have.' } },
  },
};

/** Every route of the desk, by its key. */
export const describedRoutes: Routes = {
  ...customerRoutes,
  ...feedbackRoutes,
  ...channelRoutes,
  ...deskRoutes,
  ...contractRoute,
};

/** What goes wrong, as `toResponse` writes it (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});

const STATUS: Record<number, string> = {
  400: 'The body is not JSON.',
  401: 'There is no valid signature, or it was taken before.',
  403: 'Not for this member of the team.',
  404: 'There is nothing here, or it is not yours to see: both look alike.',
  409: 'It does not go together with what is there, such as a version that has moved.',
  410: 'The link has ended.',
  413: 'The body has more than 256 KB.',
  415: 'The body is not of a media type that this route takes.',
  422: 'The request has another shape; `errors` says where.',
  429: 'Too many of one origin; `Retry-After` says how long to wait.',
};

const OF_CALLER: Record<Caller, readonly number[]> = {
  anybody: [],
  link: [404, 410],
  channel: [401],
  team: [403],
};

const SECURITY: Record<Caller, ReadonlyArray<Record<string, never[]>>> = {
  anybody: [],
  link: [],
  channel: [{ channelSignature: [], channelTimestamp: [] }],
  team: [{ team: [] }],
};

const IN_PATH: Record<string, string> = {
  token: 'A signed link of one purpose and one recipient.',
  id: 'The id of what is meant, such as `T-7K2M9Q` for a ticket.',
  message: 'The id of a message.',
  index: 'Which file of the message, from 0.',
  slug: 'The name of an article.',
  box: 'A key made by chance, which the form holds.',
  name: 'The name of what is meant: a prepared reply, or a file of the pages.',
};

/** What may be sent, of the schema that the handler checks it with. */
const schemaOf = (schema: z.ZodMiniType): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
};

const text = { type: 'string' };

const inPath = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const description = IN_PATH[name];
    if (description === undefined) throw new Error(`Nothing says what {${name}} of ${path} is.`);
    return { name, in: 'path', required: true, description, schema: text };
  });

const inQuery = (query: Described['query']) => {
  if (query === undefined) return [];
  if (!(query instanceof z.ZodMiniType))
    return Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: text }));
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    schema,
  }));
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Makes the request once: sent again with it, it is answered as the first time.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const formSchema = (fields: Record<string, string>) => {
  const { '*': anyOther, ...named } = fields;
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(named).map(([name, description]) => [name, { type: 'string', description }]),
    ),
    ...(anyOther !== undefined && { additionalProperties: { type: 'string', description: anyOther } }),
  };
};

const bodyOf = ({ json, form, example, optional }: Body) => ({
  required: optional !== true,
  content: {
    ...(json && { [JSON_TYPE]: { schema: schemaOf(json), ...(example && { example }) } }),
    ...(form && { 'application/x-www-form-urlencoded': { schema: formSchema(form) } }),
  },
});

const PROBLEM = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

const problems = {
  ...Object.fromEntries(Object.entries(STATUS).map(([status, description]) => [status, { description, ...PROBLEM }])),
  NoToken: { description: 'There is no valid token of the team.' },
  TooMany: { description: 'The desk takes no more requests at this moment: try again a little later.' },
};

const statusesOf = ({ caller, body, query, refuses = [] }: Described): number[] => [
  ...new Set([...OF_CALLER[caller], ...(body ? [400, 413, 415, 422] : []), ...(query ? [422] : []), ...refuses]),
];

const operationOf = (key: string, path: string, route: Described) => {
  const parameters = [...inPath(path), ...inQuery(route.query), ...(route.idempotent ? [IDEMPOTENCY_KEY] : [])];
  const answers = Object.entries(route.answers).map(([status, { is, as }]) => [
    status,
    { description: is, ...(as !== undefined && { content: { [as]: {} } }) },
  ]);
  const refused = statusesOf(route).map((status) => [status, { $ref: `#/components/responses/${status}` }]);
  return {
    operationId: key
      .replaceAll(/[^A-Za-z]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .toLowerCase(),
    summary: route.summary,
    tags: [route.tag],
    security: SECURITY[route.caller],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: bodyOf(route.body) }),
    responses: Object.fromEntries([
      ...answers,
      // The gateway answers for itself, before any function is asked.
      ...(route.caller === 'team' ? [['401', { $ref: '#/components/responses/NoToken' }]] : []),
      ['429', { $ref: '#/components/responses/TooMany' }],
      ...refused,
    ]),
  };
};

/** The HTTP API as an OpenAPI 3.1 document; what a request may hold comes from the schemas that handlers check it with. */
export const openApiDocument = (routes: Routes = describedRoutes) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, route] of Object.entries(routes)) {
    const [method = '', path = ''] = key.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(key, path, route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Careline',
      version: '1',
      description: 'A support desk: what customers, channels and the team may ask of it.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values(routes).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problem) },
      responses: problems,
      securitySchemes: {
        team: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An id token of the team’s user pool; groups `agent`, `lead` and `admin`.',
        },
        channelSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Careline-Signature',
          description:
            '`v1=` and, in hexadecimal, the HMAC-SHA-256 of the timestamp, a full stop and the raw body, by the channel’s secret.',
        },
        channelTimestamp: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Careline-Timestamp',
          description: 'Unix seconds; at most five minutes from now. A signature is taken once.',
        },
      },
    },
  };
};
