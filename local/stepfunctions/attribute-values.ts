import { isObject } from './json.ts';

/**
 * How a task's Arguments name the types of DynamoDB's values, and how the wire does. Step Functions takes its names from the
 * AWS SDK for Java, in PascalCase (Step Functions guide, "Using AWS SDK service integrations"; aws/aws-sdk-js-v3#5423), and
 * refuses a definition that has the wire's.
 */
const WIRE_NAMES: Record<string, string> = { Bool: 'BOOL', Nul: 'NULL', Ss: 'SS', Ns: 'NS', Bs: 'BS' };
const REFUSED = new Set(Object.values(WIRE_NAMES));

/** Members of DynamoDB's inputs that hold values by the names of attributes, at whatever depth. */
const MAPS = new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']);

/** The arguments as the wire has them. */
export const onTheWire = (args: Record<string, unknown>): Record<string, unknown> =>
  withValues(args, (value) =>
    Object.fromEntries(Object.entries(value).map(([type, held]) => [WIRE_NAMES[type] ?? type, held])),
  );

/** Names of types that AWS does not take in the arguments of an `aws-sdk:dynamodb` task. */
export const refusedTypes = (args: Record<string, unknown>): string[] => {
  const found: string[] = [];
  withValues(args, (value) => {
    found.push(...Object.keys(value).filter((type) => REFUSED.has(type)));
    return value;
  });
  return found;
};

type Change = (value: Record<string, unknown>) => Record<string, unknown>;

const withValues = (input: Record<string, unknown>, change: Change): Record<string, unknown> =>
  mapped(input, (member, name) => {
    if (MAPS.has(name)) return valuesOf(member, change);
    if (Array.isArray(member)) return member.map((each) => (isObject(each) ? withValues(each, change) : each));
    return isObject(member) ? withValues(member, change) : member;
  });

const valuesOf = (map: unknown, change: Change): unknown =>
  isObject(map) ? mapped(map, (value) => typed(value, change)) : map;

const typed = (value: unknown, change: Change): unknown => {
  if (!isObject(value)) return value;
  return mapped(change(value), (held, type) => {
    if (type === 'M') return valuesOf(held, change);
    return type === 'L' && Array.isArray(held) ? held.map((each) => typed(each, change)) : held;
  });
};

const mapped = (object: Record<string, unknown>, change: (member: unknown, name: string) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(member, name)]));
