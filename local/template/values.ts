/** A JSON object as it comes from outside. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

/** The member when it is an object, else an empty one. */
export const objectAt = (value: unknown, key: string): JsonObject => {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
};

/** The member when it is a string. */
export const textAt = (value: unknown, key: string): string | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return isText(member) ? member : undefined;
};

/** The member as a list; a single value counts as a list of one, as in policies. */
export const listAt = (value: unknown, key: string): unknown[] => {
  const member = isObject(value) ? value[key] : undefined;
  if (member === undefined || member === null) return [];
  return Array.isArray(member) ? member : [member];
};
