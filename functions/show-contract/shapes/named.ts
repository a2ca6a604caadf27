import * as z from 'zod/mini';
import { actor } from '../../../adapters/dynamo/items/event.ts';
import { instant, maybe } from '../../../adapters/dynamo/items/parts.ts';

/** The parts of answers that the description names, once each. */
export const components = z.registry<{ id: string; description?: string; type?: string; pattern?: string }>();

/** Gives a shape its name in the description: whatever holds it refers to it. */
export const named = <S extends z.ZodMiniType>(id: string, schema: S, description?: string): S => {
  components.add(schema, { id, ...(description !== undefined && { description }) });
  return schema;
};

named('Instant', instant, 'A moment in UTC, to the millisecond: `2026-11-22T09:00:00.000Z`.');
components.add(actor, {
  id: 'Actor',
  description: 'Who caused it: `agent:<id>`, `customer:<id>` or `rule:<id>@<version>`.',
  type: 'string',
  pattern: '^(agent|customer|rule):',
});

type Fields = Record<string, z.ZodMiniType>;

/** The fields of all variants as one object: what not every one of them has may be missing. */
export const fieldsOf = (variants: ReadonlyArray<z.ZodMiniObject<Fields>>): Fields => {
  const names = new Set(variants.flatMap(({ def }) => Object.keys(def.shape)));
  return Object.fromEntries(
    [...names].map((name) => {
      const found = variants.flatMap(({ def }) => def.shape[name] ?? []);
      const [first = z.never()] = found;
      return [name, found.length === variants.length ? first : maybe(first)];
    }),
  );
};

/** Fields without those of these names. */
export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Where the next page of a list begins; absent on the last one. */
export const next = maybe(z.string());
