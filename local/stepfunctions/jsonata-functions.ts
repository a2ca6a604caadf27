import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';

/**
 * What AWS adds to JSONata (Step Functions guide, "Transforming data with JSONata"): `$partition`, `$range`, `$hash`,
 * `$random`, `$uuid`, `$parse`. `$eval` is taken away. `$now` and `$millis` read the runtime's clock.
 */
export const awsFunctions = (now: () => number): Record<string, unknown> => ({
  partition,
  range,
  hash,
  random,
  uuid: () => randomUUID(),
  parse,
  eval: undefined,
  millis: now,
  now: (picture?: string, zone?: string) => formatInstant.evaluate(undefined, { instant: now(), picture, zone }),
});

const formatInstant = jsonata('$fromMillis($instant, $picture, $zone)');

/** An error of a function, as jsonata throws its own: a code and a message. */
class FunctionError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'FunctionError';
    this.code = code;
  }
}

/** Chunks of `size`; the last may be shorter. */
const partition = (array: unknown, size: unknown): unknown => {
  if (array === undefined) return undefined;
  const items = Array.isArray(array) ? array : [array];
  const step = wholeNumber('partition', 2, size);
  if (step < 1) throw new FunctionError('D3141', 'The second argument of the partition function must be positive');
  const chunks: unknown[][] = [];
  for (let at = 0; at < items.length; at += step) chunks.push(items.slice(at, at + step));
  return chunks;
};

/** From `start` to `end`, both inclusive. A JSONata sequence: a single number stands alone, none is undefined. */
const range = (start: unknown, end: unknown, step: unknown): unknown => {
  const first = finite('range', 1, start);
  const last = finite('range', 2, end);
  const by = finite('range', 3, step);
  if (by === 0) throw new FunctionError('D3141', 'The third argument of the range function must not be zero');
  const count = Math.floor((last - first) / by) + 1;
  if (count > 1_000_000) throw new FunctionError('D2014', 'The range function would give more than 1000000 numbers');
  if (count < 1) return undefined;
  if (count === 1) return first;
  return Array.from({ length: count }, (_, at) => first + at * by);
};

const ALGORITHMS: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const hash = (text: unknown, algorithm: unknown): unknown => {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw wrongArgument('hash', 1);
  const name = typeof algorithm === 'string' ? ALGORITHMS[algorithm] : undefined;
  if (name === undefined) throw wrongArgument('hash', 2);
  return createHash(name).update(text).digest('hex');
};

/** 0 <= n < 1. The same seed gives the same number; it is not the number AWS would give for it. */
const random = (seed: unknown): number => {
  if (seed === undefined) return Math.random();
  if (typeof seed !== 'number') throw wrongArgument('random', 1);
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
};

const parse = (text: unknown): unknown => {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw wrongArgument('parse', 1);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FunctionError(
      'D3137',
      `The argument of the parse function is not JSON: ${error instanceof Error ? error.message : text}`,
    );
  }
};

const wrongArgument = (name: string, position: number): FunctionError =>
  new FunctionError('T0410', `Argument ${position} of function "${name}" does not match function signature`);

const finite = (name: string, position: number, value: unknown): number => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongArgument(name, position);
  return value;
};

const wholeNumber = (name: string, position: number, value: unknown): number =>
  Math.trunc(finite(name, position, value));
