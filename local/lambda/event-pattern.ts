import { compileMatcher, invalidPattern, type Matcher } from './event-matchers.ts';

/** Whether an event fits the pattern it was compiled from. */
export type EventPattern = (event: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field's values: an array in the event stands for each of its elements, at any depth. */
const valuesOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(valuesOf) : [value]);

const leaf = (elements: readonly unknown[]): EventPattern => {
  if (elements.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const matchers: Matcher[] = elements.map(compileMatcher);
  return (value) => {
    const candidates = valuesOf(value).map((one) => (isObject(one) ? undefined : one));
    // An empty array has no value: it looks like a missing field.
    const seen = candidates.length === 0 ? [undefined] : candidates;
    return seen.some((one) => matchers.some((matches) => matches(one)));
  };
};

const nested = (pattern: Record<string, unknown>): EventPattern => {
  const inner = branch(pattern);
  return (value) => {
    const objects = valuesOf(value).filter(isObject);
    // Nothing there: only `exists: false` inside can still fit.
    return objects.length === 0 ? inner({}) : objects.some(inner);
  };
};

const field = (name: string, pattern: unknown): EventPattern => {
  if (Array.isArray(pattern)) return leaf(pattern);
  if (isObject(pattern)) return nested(pattern);
  throw invalidPattern(`"${name}" must be an object or an array`);
};

const branch = (pattern: Record<string, unknown>): EventPattern => {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  const tests = entries.map(([name, value]): EventPattern => {
    if (name === '$or' && Array.isArray(value)) {
      const ways = value.map((way: unknown) => {
        if (!isObject(way)) throw invalidPattern('$or must be an array of objects');
        return branch(way);
      });
      if (ways.length < 2) throw invalidPattern('$or needs at least two patterns');
      return (event) => ways.some((way) => way(event));
    }
    const test = field(name, value);
    return (event) => test(isObject(event) ? event[name] : undefined);
  });
  return (event) => tests.every((test) => test(event));
};

/**
 * Compiles an event pattern (EventBridge guide, "Event pattern syntax"; Lambda filter criteria use the same language):
 * literals, prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr, nested objects, `$or`.
 * Takes the parsed pattern or its JSON text. Throws `InvalidEventPatternException` that names what is wrong.
 */
export const compileEventPattern = (pattern: unknown): EventPattern => {
  const parsed: unknown = typeof pattern === 'string' ? parse(pattern) : pattern;
  if (!isObject(parsed)) throw invalidPattern('Filter is not an object');
  return branch(parsed);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidPattern('not JSON');
  }
};
