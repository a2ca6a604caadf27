import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Problem, toResponse } from '../../functions/_shared/problem.ts';
import type { Described } from '../../functions/show-contract/described.ts';
import { describedRoutes, openApiDocument, problem } from '../../functions/show-contract/document.ts';
import { build } from '../../functions/show-contract/handler.ts';

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
  Object.entries(methods).map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, operation })),
);

describe('the description of the API', () => {
  test('has each route once, with an id of its own', () => {
    const ids = operations.map(({ operation }) =>
      JSON.stringify(Object.entries(operation ?? {}).find(([name]) => name === 'operationId')),
    );

    expect(operations.map(({ key }) => key).sort()).toEqual(routes.map(([key]) => key).sort());
    expect(new Set(ids).size).toBe(operations.length);
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

    expect(z.safeParse(problem, JSON.parse(body ?? '')).error).toBeUndefined();
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
