import { isObject } from '../template/values.ts';
import type { Item } from './contract.ts';

/** The value with object keys and set members in one order, so that equal items have equal texts. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => {
        const member = value[key];
        const isSet = (key === 'SS' || key === 'NS' || key === 'BS') && Array.isArray(member);
        return [key, isSet ? member.map(String).sort() : canonical(member)];
      }),
  );
};

/** A text that is the same for equal values. */
export const canonicalText = (value: unknown): string => JSON.stringify(canonical(value));

/** A text that is the same for equal items. */
export const itemText = (item: Item): string => canonicalText(item);

/** Whether two images of an item are the same. */
export const sameItem = (a: Item, b: Item): boolean => itemText(a) === itemText(b);
