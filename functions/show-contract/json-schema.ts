import * as z from 'zod/mini';
import type { Schema } from './described.ts';
import { components } from './shapes/named.ts';

export const JSON_TYPE = 'application/json';

type JsonSchema = Record<string, unknown>;

const place = (id: string): string => `#/components/schemas/${id}`;

/** Answers are open, so that one may gain a field; what may be sent is closed where the handler refuses what it does not know. */
const how = {
  io: 'input',
  unrepresentable: 'any',
  metadata: components,
  // Every whole number is said to end where those of JavaScript do, which tells nobody anything.
  override: ({ jsonSchema }: { jsonSchema: JsonSchema }): void => {
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  },
} as const;

/** As OpenAPI has it: what is named stands among the components, and each has the dialect of the document. */
const placed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(placed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', place('')) : placed(inner),
    ]),
  );
};

const asSchema = ({ $schema, $id, $defs, id, ...rest }: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, placed(inner)]));

/** A shape as JSON Schema; one that has a name is referred to by it. */
export const schemaOf = (schema: Schema): JsonSchema => {
  const id = components.get(schema)?.id;
  return id === undefined ? asSchema({ ...z.toJSONSchema(schema, how) }) : { $ref: place(id) };
};

/** Every named shape, by its name. */
export const componentSchemas = (): Record<string, JsonSchema> => {
  const { schemas } = z.toJSONSchema(components, { ...how, uri: place });
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, schema]) => [id, asSchema({ ...schema })]),
  );
};
