import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { eventShape } from '../../adapters/dynamo/items/event.ts';
import { Problem, toResponse } from '../../functions/_shared/problem.ts';
import { PROBLEM_TYPE } from '../../functions/show-contract/answers.ts';
import type { Described } from '../../functions/show-contract/described.ts';
import { describedRoutes, openApiDocument } from '../../functions/show-contract/document.ts';
import { build } from '../../functions/show-contract/handler.ts';
import { problem } from '../../functions/show-contract/shapes/public.ts';
import { misfits } from '../support/contract.ts';
import { faultsIn } from '../support/openapi-rules.ts';

const contract = openApiDocument();
const routes = Object.entries(describedRoutes);
const withExample = routes.flatMap(([key, { body }]) => (body?.json && body.example ? [{ key, ...body }] : []));

const asked = (headers: Record<string, string> = {}) => ({ headers });

/** Every object of the document, with where it is. */
const parts = (value: unknown, path = '#'): Array<{ path: string; part: object }> =>
  typeof value !== 'object' || value === null
    ? []
    : [{ path, part: value }, ...Object.entries(value).flatMap(([name, inner]) => parts(inner, `${path}/${name}`))];

const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (here, name) =>
        typeof here === 'object' && here !== null ? Object.entries(here).find(([key]) => key === name)?.[1] : undefined,
      contract,
    );

const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path}`,
    operation: Object(operation),
  })),
);

describe('the description of the API', () => {
  test('has each route once, with an id of its own', () => {
    const ids = operations.map(({ operation }) =>
      JSON.stringify(Object.entries(operation ?? {}).find(([name]) => name === 'operationId')),
    );

    expect(operations.map(({ key }) => key).sort()).toEqual(routes.map(([key]) => key).sort());
    expect(new Set(ids).size).toBe(operations.length);
  });

  test('has only keywords of OpenAPI 3.1 and of the JSON Schema that it takes (2020-12), each with a value of its kind', () => {
    expect(faultsIn(JSON.parse(JSON.stringify(contract)))).toEqual([]);
  });

  test.each([
    ['"summary":', '"sumary":', 'Unrecognized key'],
    ['"required":true,"description":"The id of a message."', '"description":"The id of a message."', 'Invalid input'],
    ['"type":"integer"', '"type":"int"', 'Invalid input'],
    ['"tags":["Desk"]', '"tags":["Desks"]', 'Desks is no tag'],
    ['{"team":[]}', '{"teams":[]}', 'teams?'],
    ['"/desk/team":', '"/desk/customers/{name}":', 'stands twice'],
    ['"required":["ticket"]', '"required":["tickets"]', 'tickets is required and not described'],
  ])('would not pass with %s as %s', (right, wrong, fault) => {
    const text = JSON.stringify(contract);

    expect(text).toContain(right);
    expect(faultsIn(JSON.parse(text.replaceAll(right, wrong))).join('\n')).toContain(fault);
  });

  test('leaves out the shape of no answer that has a body, and of no part of one', () => {
    const answers = operations.flatMap(({ key, operation }) =>
      Object.entries(operation.responses).map(([status, answer]) => ({ at: `${key} ${status}`, answer })),
    );
    const without = answers.filter(
      ({ at, answer }) =>
        !at.startsWith('HEAD ') && !/ 30\d$/.test(at) && !('$ref' in Object(answer)) && !('content' in Object(answer)),
    );
    const empty = parts(contract.components.schemas).filter(({ part }) => Object.keys(part).length === 0);

    expect(without).toEqual([]);
    expect(empty.filter(({ path }) => !path.endsWith('/propertyNames'))).toEqual([]);
  });

  test('tells of every problem in one shape, the same for all routes', () => {
    const told = parts(contract).flatMap(({ part }) =>
      Object.entries(part).flatMap(([name, inner]) => (name === PROBLEM_TYPE ? [inner] : [])),
    );

    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"schema":{"$ref":"#/components/schemas/Problem"}}']),
    );
  });

  test('names what clients share, and refers to it', () => {
    const to = (id: string) =>
      parts(contract).filter(({ part }) => '$ref' in part && part.$ref === `#/components/schemas/${id}`).length;

    for (const id of Object.keys(contract.components.schemas)) expect(to(id), id).toBeGreaterThan(0);
    expect(to('Ticket')).toBeGreaterThan(3);
    expect(Object.keys(contract.components.schemas)).toEqual(
      expect.arrayContaining(['Agent', 'Event', 'Figure', 'Message', 'Problem', 'SlaReport', 'Ticket']),
    );
  });

  test('holds every kind of event that can be stored, without a rating where it may be hidden', () => {
    const { oneOf } = Object(contract.components.schemas.Event);
    const kinds = oneOf.map(({ properties }: { properties: { type: { const: string } } }) => properties.type.const);
    const rated = oneOf[kinds.indexOf('reply-rated')];

    expect(kinds.sort()).toEqual(eventShape.def.options.map(({ shape }) => [...shape.type.def.values][0]).sort());
    expect(rated.properties).toHaveProperty('score');
    expect(rated.required).not.toContain('score');
    expect(rated.required).toContain('edit');
  });

  test('refers only to what it holds', () => {
    const references = parts(contract).flatMap(({ path, part }) =>
      '$ref' in part ? [{ path, to: String(part.$ref) }] : [],
    );

    expect(references.length).toBeGreaterThan(0);
    expect(references.filter(({ to }) => at(to) === undefined)).toEqual([]);
  });

  test('names every parameter of a path, and says what it is', () => {
    for (const { key, operation } of operations) {
      const named = parts(operation).flatMap(({ part }) =>
        'in' in part && part.in === 'path' && 'name' in part ? [part.name] : [],
      );

      expect(named, key).toEqual([...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  test.each(withExample)('shows a body that $key takes', ({ json, example }) => {
    expect(z.safeParse(json ?? z.never(), example).error).toBeUndefined();
  });

  test('says of a body what the handler checks: a field that is not known is not described as one', () => {
    const schema = parts(contract).find(
      ({ path }) => path.startsWith('#/paths//tickets/post/requestBody') && path.endsWith('/schema'),
    );

    expect(schema?.part).toMatchObject({
      additionalProperties: false,
      required: ['subject', 'body', 'customer'],
      properties: { subject: { type: 'string', minLength: 1, maxLength: 300 } },
    });
  });

  test('asks for a token on every desk route, for a signature on every channel, and for nothing elsewhere', () => {
    for (const { key, operation } of operations) {
      const wanted = key.includes(' /desk/') ? 'team' : key.includes(' /channels/') ? 'channelSignature' : undefined;

      expect(operation, key).toMatchObject({ security: wanted === undefined ? [] : [{ [wanted]: [] }] });
    }
  });

  test('tells of problems in the shape in which they are told', () => {
    const { body } = toResponse(new Problem(422, 'No.', { errors: [{ path: 'body', message: 'Is missing.' }] }));

    expect(misfits(problem, JSON.parse(body ?? ''))).toEqual([]);
  });

  test('is not made of a route whose path says something unknown', () => {
    const strange: Described = { tag: 'Contract', summary: 'Odd', caller: 'anybody', answers: {} };

    expect(() => openApiDocument({ 'GET /odd/{thing}': strange })).toThrow('Nothing says what {thing}');
  });
});

describe('GET /openapi.json', () => {
  test('answers with the description, which may be kept for a while', async () => {
    const answer = await build(contract)(asked());

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' },
    });
    expect(JSON.parse(answer.body ?? '')).toEqual(JSON.parse(JSON.stringify(contract)));
  });

  test('sends nothing twice to whoever has it, and all of it to whoever has another', async () => {
    const first = await build(contract)(asked());
    const etag = String(first.headers?.etag);

    expect(await build(contract)(asked({ 'if-none-match': `"old", W/${etag}` }))).toMatchObject({
      statusCode: 304,
      body: '',
    });
    expect(await build({ other: true })(asked({ 'if-none-match': etag }))).toMatchObject({ statusCode: 200 });
  });
});
