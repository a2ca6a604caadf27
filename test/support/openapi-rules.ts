import * as z from 'zod/mini';

/** OpenAPI 3.1.1, section 4, as far as the desk's description uses it: whatever else stands in a document is a fault. */
const text = z.string().check(z.minLength(1));
const texts = z.array(text);
const number = z.number();
const count = z.int().check(z.nonnegative());
const maybe = z.exactOptional;

const reference = z.strictObject({ $ref: z.string().check(z.regex(/^#\/components\/(schemas|responses)\/[\w.-]+$/)) });
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** JSON Schema 2020-12 (core and validation), the keywords that are in use. */
const schema: z.ZodMiniType = z.lazy(() =>
  z.union([
    reference,
    z.strictObject({
      type: maybe(z.union([z.enum(TYPES), z.array(z.enum(TYPES))])),
      description: maybe(text),
      format: maybe(text),
      pattern: maybe(z.string().check(z.refine(isPattern, 'is no regular expression'))),
      minLength: maybe(count),
      maxLength: maybe(count),
      minimum: maybe(number),
      maximum: maybe(number),
      exclusiveMinimum: maybe(number),
      exclusiveMaximum: maybe(number),
      enum: maybe(z.array(z.unknown()).check(z.minLength(1))),
      const: maybe(z.unknown()),
      default: maybe(z.unknown()),
      properties: maybe(z.record(z.string(), schema)),
      required: maybe(texts.check(z.refine((names) => new Set(names).size === names.length, 'names one twice'))),
      additionalProperties: maybe(z.union([z.boolean(), schema])),
      propertyNames: maybe(schema),
      items: maybe(z.union([z.boolean(), schema])),
      prefixItems: maybe(z.array(schema).check(z.minLength(1))),
      minItems: maybe(count),
      maxItems: maybe(count),
      anyOf: maybe(z.array(schema).check(z.minLength(1))),
      oneOf: maybe(z.array(schema).check(z.minLength(1))),
      allOf: maybe(z.array(schema).check(z.minLength(1))),
    }),
  ]),
);

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

const isMediaType = z.string().check(z.regex(/^[a-z]+\/[\w.+-]+$/));
const content = z.record(isMediaType, z.strictObject({ schema: maybe(schema), example: maybe(z.unknown()) }));
const header = z.strictObject({ description: maybe(text), required: maybe(z.boolean()), schema });
const response = z.strictObject({
  description: text,
  headers: maybe(z.record(z.string(), header)),
  content: maybe(content),
});
const named = { name: text, description: maybe(text), schema };
const parameter = z.discriminatedUnion('in', [
  z.strictObject({ ...named, in: z.literal('path'), required: z.literal(true) }),
  z.strictObject({ ...named, in: z.enum(['query', 'header', 'cookie']), required: maybe(z.boolean()) }),
]);
const operation = z.strictObject({
  operationId: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)),
  summary: text,
  tags: texts,
  security: z.array(z.record(z.string(), texts)),
  parameters: maybe(z.array(parameter)),
  requestBody: maybe(z.strictObject({ required: z.boolean(), content })),
  responses: z.record(z.string().check(z.regex(/^([1-5]\d\d|[1-5]XX|default)$/)), z.union([reference, response])),
});
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const isName = z.string().check(z.regex(/^[\w.-]+$/));
const key = z.strictObject({
  type: z.literal('apiKey'),
  in: z.literal('header'),
  name: text,
  description: maybe(text),
});
const bearer = z.strictObject({
  type: z.literal('http'),
  scheme: z.literal('bearer'),
  bearerFormat: text,
  description: maybe(text),
});

const document = z.strictObject({
  openapi: z.string().check(z.regex(/^3\.1\.\d+$/)),
  info: z.strictObject({ title: text, version: text, description: maybe(text) }),
  servers: z.array(z.strictObject({ url: text })),
  tags: z.array(z.strictObject({ name: text })),
  paths: z.record(z.string().check(z.regex(/^\//)), z.partialRecord(z.enum(METHODS), operation)),
  components: z.strictObject({
    schemas: z.record(isName, schema),
    responses: z.record(isName, response),
    securitySchemes: z.record(isName, z.union([key, bearer])),
  }),
});

/** The same path twice, but for the names of its parameters, is one path to whoever routes by it. */
const twins = (paths: readonly string[]): string[] => {
  const plain = paths.map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
  return paths.filter((_, index) => plain.indexOf(plain[index] ?? '') !== index).map((path) => `${path}: stands twice`);
};

/** A required property that is not described can be sent by nobody. */
const undescribed = (value: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const here = Object(value);
  const known = Object.keys(Object(here.properties));
  const missing =
    Array.isArray(here.required) && here.type === 'object' && here.properties !== undefined
      ? here.required.filter((name: string) => !known.includes(name))
      : [];
  return [
    ...missing.map((name: string) => `${path}: ${name} is required and not described`),
    ...Object.entries(value).flatMap(([name, inner]) => undescribed(inner, `${path}/${name}`)),
  ];
};

/** What is wrong with an OpenAPI document, by the path of each fault. */
export const faultsIn = (given: unknown): string[] => {
  const read = z.safeParse(document, given);
  if (!read.success) return read.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`);
  const { tags, paths, components } = read.data;
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const tagged = new Set(tags.map(({ name }) => name));
  const schemes = new Set(Object.keys(components.securitySchemes));
  return [
    ...twins(Object.keys(paths)),
    ...undescribed(given, '#'),
    ...operations.flatMap(({ operationId, tags: own, security, parameters = [], responses }) => [
      ...own.filter((tag) => !tagged.has(tag)).map((tag) => `${operationId}: ${tag} is no tag`),
      ...security
        .flatMap(Object.keys)
        .filter((name) => !schemes.has(name))
        .map((name) => `${operationId}: ${name}?`),
      ...(new Set(parameters.map((each) => `${each.in} ${each.name}`)).size === parameters.length
        ? []
        : [`${operationId}: has a parameter twice`]),
      ...(Object.keys(responses).some((status) => /^[23]/.test(status)) ? [] : [`${operationId}: never succeeds`]),
    ]),
  ];
};
