/** A JSON value, as workflow data, variables and definitions are made of. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** The most a state's input, output or task result may weigh, in bytes of its UTF-8 JSON text (AWS quotas page). */
export const PAYLOAD_LIMIT = 262_144;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses text that is known to be JSON or throws `SyntaxError`. */
export const parseJson = (text: string): Json => JSON.parse(text);

export const exceedsPayloadLimit = (value: Json): boolean => {
  const text = JSON.stringify(value);
  // Cheap first: three bytes a UTF-16 unit is the most UTF-8 can take.
  return text.length * 3 > PAYLOAD_LIMIT && Buffer.byteLength(text) > PAYLOAD_LIMIT;
};

/** The type's name as Step Functions writes it in its causes. */
export const typeName = (value: Json): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
