import * as z from 'zod/mini';
import { answersOf, problemResponses } from './answers.ts';
import { channelRoutes } from './channels.ts';
import { customerRoutes } from './customers.ts';
import type { Body, Caller, Described, Routes } from './described.ts';
import { deskRoutes } from './desk.ts';
import { feedbackRoutes } from './feedback.ts';
import { componentSchemas, JSON_TYPE, schemaOf } from './json-schema.ts';
import { contract } from './shapes/public.ts';

const contractRoute: Routes = {
  'GET /openapi.json': {
    tag: 'Contract',
    summary: 'This description',
    caller: 'anybody',
    answers: { 200: { is: 'An OpenAPI document.', json: contract }, 304: { is: 'It is the one you have.' } },
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

const operationOf = (key: string, path: string, route: Described) => {
  const parameters = [...inPath(path), ...inQuery(route.query), ...(route.idempotent ? [IDEMPOTENCY_KEY] : [])];
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
    responses: answersOf(key, route),
  };
};

/** The HTTP API as an OpenAPI 3.1 document; requests and answers come from the schemas that they are held to. */
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
      schemas: componentSchemas(),
      responses: problemResponses,
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
