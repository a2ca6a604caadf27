import { ACCOUNT, REGION } from '../aws/contract.ts';
import { TemplateError } from './error.ts';
import { isObject, isText, type JsonObject, objectAt } from './values.ts';

/** Where names lead to: the surroundings of an expression in one stack. */
export interface Scope {
  stack: string;
  template: JsonObject;
  /** What `Ref` gives for a resource; undefined if the stack has no such resource. */
  ref(logicalId: string): string | undefined;
  attribute(logicalId: string, name: string): string;
  /** The exported value of whichever stack exports it. */
  imported(name: string): unknown;
}

/** What `{"Ref": "AWS::NoValue"}` resolves to: the property it stands in is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/** What `AWS::StackId` gives in a stack of this name. */
export const stackId = (stack: string): string => `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack}/local`;

const pseudoParameter = (name: string, scope: Scope): unknown => {
  switch (name) {
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::Region':
      return REGION;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return scope.stack;
    case 'AWS::StackId':
      return stackId(scope.stack);
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      throw new TemplateError(`${scope.stack}: the pseudo parameter ${name} is not supported by the local runtime`);
  }
};

const parameter = (name: string, scope: Scope): unknown => {
  const definition = objectAt(scope.template, 'Parameters')[name];
  if (!isObject(definition)) throw new TemplateError(`${scope.stack}: nothing is called ${name}`);
  const type = String(definition.Type);
  if (type.startsWith('AWS::SSM::')) {
    throw new TemplateError(
      `${scope.stack}: parameter ${name} is read from SSM, which the local runtime does not have`,
    );
  }
  const value = definition.Default;
  if (value === undefined) throw new TemplateError(`${scope.stack}: parameter ${name} has no default`);
  return type === 'CommaDelimitedList' || type === 'List<Number>' ? String(value).split(',') : value;
};

const reference = (name: unknown, scope: Scope): unknown => {
  if (!isText(name)) throw new TemplateError(`${scope.stack}: Ref takes a name, not ${JSON.stringify(name)}`);
  if (name.startsWith('AWS::')) return pseudoParameter(name, scope);
  return scope.ref(name) ?? parameter(name, scope);
};

const asText = (value: unknown, what: string, scope: Scope): string => {
  if (isText(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${scope.stack}: ${what} needs text, not ${JSON.stringify(value)}`);
};

const asList = (value: unknown, what: string, scope: Scope): unknown[] => {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`${scope.stack}: ${what} needs a list, not ${JSON.stringify(value)}`);
};

const substitute = (argument: unknown, scope: Scope): string => {
  const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
  return asText(template, 'Fn::Sub', scope).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const given = isObject(values) ? values[name] : undefined;
    if (given !== undefined) return asText(resolve(given, scope), `Fn::Sub of ${name}`, scope);
    const [logicalId = '', ...attribute] = name.split('.');
    if (attribute.length > 0) return scope.attribute(logicalId, attribute.join('.'));
    return asText(reference(name, scope), `Fn::Sub of ${name}`, scope);
  });
};

const attribute = (argument: unknown, scope: Scope): string => {
  const [logicalId, ...rest] = isText(argument) ? argument.split('.') : asList(argument, 'Fn::GetAtt', scope);
  const name = asText(resolve(rest.length === 1 ? rest[0] : rest.join('.'), scope), 'Fn::GetAtt', scope);
  return scope.attribute(asText(logicalId, 'Fn::GetAtt', scope), name);
};

const select = (argument: unknown, scope: Scope): unknown => {
  const [index, list] = asList(resolve(argument, scope), 'Fn::Select', scope);
  const chosen = asList(list, 'Fn::Select', scope)[Number(index)];
  if (chosen === undefined) throw new TemplateError(`${scope.stack}: Fn::Select finds no item ${String(index)}`);
  return chosen;
};

const findInMap = (argument: unknown, scope: Scope): unknown => {
  const [map, first, second] = asList(resolve(argument, scope), 'Fn::FindInMap', scope).map(String);
  const value = objectAt(objectAt(objectAt(scope.template, 'Mappings'), map ?? ''), first ?? '')[second ?? ''];
  if (value === undefined) throw new TemplateError(`${scope.stack}: Fn::FindInMap has no ${map}.${first}.${second}`);
  return value;
};

const functions: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: reference,
  'Fn::GetAtt': attribute,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::FindInMap': findInMap,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = asList(resolve(argument, scope), 'Fn::Join', scope);
    return asList(parts, 'Fn::Join', scope)
      .map((part) => asText(part, 'Fn::Join', scope))
      .join(asText(separator, 'Fn::Join', scope));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = asList(resolve(argument, scope), 'Fn::Split', scope);
    return asText(text, 'Fn::Split', scope).split(asText(separator, 'Fn::Split', scope));
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(asText(resolve(argument, scope), 'Fn::ImportValue', scope)),
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = asList(argument, 'Fn::If', scope);
    return resolveMember(holds(asText(condition, 'Fn::If', scope), scope) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = asList(resolve(argument, scope), 'Fn::Equals', scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Not': (argument, scope) => asList(resolve(argument, scope), 'Fn::Not', scope)[0] !== true,
  'Fn::And': (argument, scope) => asList(resolve(argument, scope), 'Fn::And', scope).every((part) => part === true),
  'Fn::Or': (argument, scope) => asList(resolve(argument, scope), 'Fn::Or', scope).some((part) => part === true),
  'Fn::Base64': (argument, scope) =>
    Buffer.from(asText(resolve(argument, scope), 'Fn::Base64', scope)).toString('base64'),
  'Fn::GetAZs': () => ['a', 'b', 'c', 'd', 'e', 'f'].map((zone) => `${REGION}${zone}`),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
  'Fn::Length': (argument, scope) => asList(resolve(argument, scope), 'Fn::Length', scope).length,
};

/** Whether a named condition of the stack's template is true. */
export const holds = (condition: string, scope: Scope): boolean => {
  const expression = objectAt(scope.template, 'Conditions')[condition];
  if (expression === undefined) throw new TemplateError(`${scope.stack}: there is no condition ${condition}`);
  return resolve(expression, scope) === true;
};

const resolveMember = (value: unknown, scope: Scope): unknown => {
  if (isText(value)) {
    const dynamic = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[^}]*\}\}/.exec(value);
    if (dynamic) {
      throw new TemplateError(
        `${scope.stack}: the dynamic reference ${dynamic[0]} is not supported by the local runtime: pass the ARN and read the value at run time`,
      );
    }
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolveMember(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return value;
  const [only, ...more] = Object.keys(value);
  if (only !== undefined && more.length === 0) {
    const evaluate = functions[only];
    if (evaluate) return evaluate(value[only], scope);
    // A lone `Condition` is the intrinsic only inside condition expressions; in policies it is an ordinary member.
    if (only === 'Condition' && isText(value[only])) return holds(value[only], scope);
    if (only.startsWith('Fn::')) {
      throw new TemplateError(`${scope.stack}: the function ${only} is not supported by the local runtime`);
    }
  }
  const resolved: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const result = resolveMember(member, scope);
    if (result !== NO_VALUE) resolved[key] = result;
  }
  return resolved;
};

/**
 * The value with every intrinsic function replaced by its result (CloudFormation guide, "Intrinsic function reference").
 * A function that is not supported is refused by name.
 */
export const resolve = (value: unknown, scope: Scope): unknown => {
  const result = resolveMember(value, scope);
  return result === NO_VALUE ? undefined : result;
};
