import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { UnreadableItem } from '../../domain/errors.ts';
import type { Key } from './keys.ts';

export type Item = Record<string, AttributeValue>;

/** Version of the shape of items; stands on each of them as `v`. */
const SHAPE = 1;

/** An item as it is stored: the value, its key, its place in the indexes, and the version of its shape. */
export const itemOf = (key: Key, value: object, extra: Record<string, unknown> = {}): Item =>
  marshall({ v: SHAPE, ...value, ...extra, ...key }, { removeUndefinedValues: true });

const versioned = z.object({ v: z.literal(SHAPE) });

/** Reads a stored item by its schema; what the schema does not name stays behind. Throws `UnreadableItem` with its key. */
export const readItem = <T>(schema: z.ZodMiniType<T>, item: Item): T => {
  const plain = unmarshall(item);
  const shape = versioned.safeParse(plain);
  if (!shape.success)
    throw new UnreadableItem(nameOf(plain), `its shape is version ${plain.v}, this one reads ${SHAPE}`);
  const read = schema.safeParse(plain);
  if (read.success) return read.data;
  const detail = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new UnreadableItem(nameOf(plain), detail);
};

/** The key of an item in one line, for errors. Keys hold no person's words: addresses in them are hashed. */
const nameOf = (plain: Record<string, unknown>): string => `${plain.PK} ${plain.SK}`;

export const keyOf = (key: Key): Item => marshall(key);
