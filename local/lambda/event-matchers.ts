import { BlockList, isIP } from 'node:net';
import { AwsError } from '../aws/contract.ts';

/** Whether one value of the event fits; `undefined` is a field the event does not have. */
export type Matcher = (value: unknown) => boolean;

export const invalidPattern = (reason: string): AwsError =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (keyword: string, argument: unknown): string => {
  if (typeof argument !== 'string') throw invalidPattern(`${keyword} match pattern must be a string`);
  return argument;
};

const onText =
  (test: (value: string) => boolean): Matcher =>
  (value) =>
    typeof value === 'string' && test(value);

const ignoringCase = (argument: unknown): Matcher => {
  const wanted = text('equals-ignore-case', argument).toLowerCase();
  return onText((value) => value.toLowerCase() === wanted);
};

/** `prefix` and `suffix` take a string or `{"equals-ignore-case": string}`. */
const edge = (keyword: 'prefix' | 'suffix', argument: unknown): Matcher => {
  const folded = isObject(argument);
  const raw = text(keyword, folded ? argument['equals-ignore-case'] : argument);
  const wanted = folded ? raw.toLowerCase() : raw;
  return onText((value) => {
    const seen = folded ? value.toLowerCase() : value;
    return keyword === 'prefix' ? seen.startsWith(wanted) : seen.endsWith(wanted);
  });
};

/** `*` stands for any run of characters; `\*` and `\\` are the characters themselves. */
const wildcard = (argument: unknown): Matcher => {
  const source = text('wildcard', argument);
  if (source.includes('**')) throw invalidPattern('Consecutive wildcard characters');
  const parts = source.match(/\\[*\\]|\*|[^*\\]+|\\/gs) ?? [];
  const expression = parts
    .map((part) => (part === '*' ? '.*' : part.replace(/^\\([*\\])$/, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  const compiled = new RegExp(`^${expression}$`, 's');
  return onText((value) => compiled.test(value));
};

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const numeric = (argument: unknown): Matcher => {
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 !== 0) {
    throw invalidPattern('numeric takes pairs of operator and number');
  }
  const tests: Array<(value: number) => boolean> = [];
  for (let at = 0; at < argument.length; at += 2) {
    const compare = COMPARISONS[String(argument[at])];
    const bound: unknown = argument[at + 1];
    if (compare === undefined) throw invalidPattern(`Unrecognized numeric range operator: ${String(argument[at])}`);
    if (typeof bound !== 'number') throw invalidPattern('Value of numeric match must be numeric');
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};

const cidr = (argument: unknown): Matcher => {
  const [network = '', bits = ''] = text('cidr', argument).split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || !/^\d{1,3}$/.test(bits)) throw invalidPattern(`Malformed CIDR: ${String(argument)}`);
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return onText((value) => isIP(value) !== 0 && list.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4'));
};

const literal = (wanted: unknown): Matcher => {
  if (isObject(wanted) || Array.isArray(wanted)) throw invalidPattern('a match value must be a JSON scalar');
  return (value) => value === wanted;
};

/** Takes a scalar, a list of scalars, or one of prefix, suffix, equals-ignore-case, wildcard (each with one or several). */
const anythingBut = (argument: unknown): Matcher => {
  const refused = isObject(argument)
    ? Object.entries(argument).flatMap(([keyword, values]) =>
        (Array.isArray(values) ? values : [values]).map((value: unknown) => {
          const compile = TEXT_KEYWORDS[keyword];
          if (compile === undefined) throw invalidPattern(`Unsupported anything-but pattern: ${keyword}`);
          return compile(value);
        }),
      )
    : (Array.isArray(argument) ? argument : [argument]).map(literal);
  if (refused.length === 0) throw invalidPattern('anything-but must not be empty');
  return (value) => value !== undefined && !refused.some((matches) => matches(value));
};

const exists = (argument: unknown): Matcher => {
  if (typeof argument !== 'boolean') throw invalidPattern('exists match pattern must be either true or false');
  return (value) => (value !== undefined) === argument;
};

const TEXT_KEYWORDS: Record<string, (argument: unknown) => Matcher> = {
  prefix: (argument) => edge('prefix', argument),
  suffix: (argument) => edge('suffix', argument),
  'equals-ignore-case': ignoringCase,
  wildcard,
};

const KEYWORDS: Record<string, (argument: unknown) => Matcher> = {
  ...TEXT_KEYWORDS,
  'anything-but': anythingBut,
  numeric,
  exists,
  cidr,
};

/** One element of a pattern's array: a scalar, or an object with exactly one comparison keyword. */
export const compileMatcher = (element: unknown): Matcher => {
  if (!isObject(element)) return literal(element);
  const [entry, ...others] = Object.entries(element);
  if (entry === undefined || others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  const compile = KEYWORDS[entry[0]];
  if (compile === undefined) throw invalidPattern(`Unrecognized match type ${entry[0]}`);
  return compile(entry[1]);
};
