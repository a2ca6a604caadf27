import jsonata from 'jsonata';
import { StatesError } from './errors.ts';
import { isObject, type Json, typeName } from './json.ts';
import { awsFunctions } from './jsonata-functions.ts';

/** What an expression sees: the variables in scope and `$states`, and the state it stands in for the cause. */
export interface Scope {
  variables: Record<string, Json>;
  states: Record<string, Json>;
  now: () => number;
  stateName: string;
  /** Id of the event that entered the state. */
  enteredEvent: number;
}

const WHOLE_EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** The JSONata inside `{% … %}`; undefined for a plain string (only a whole string is an expression). */
export const expressionIn = (text: string): string | undefined => WHOLE_EXPRESSION.exec(text)?.[1]?.trim();

const KEPT = 2_000;
const compiled = new Map<string, jsonata.Expression>();

/** Throws jsonata's syntax error (`code`, `position`, `message`). */
export const compile = (expression: string): jsonata.Expression => {
  const known = compiled.get(expression);
  if (known) return known;
  const fresh = jsonata(expression);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(expression, fresh);
  return fresh;
};

/** A failed evaluation, worded as Step Functions words it. `what` follows the sentence that names the state. */
export const evaluationError = (scope: Scope, location: string, what: string): StatesError =>
  new StatesError(
    'States.QueryEvaluationError',
    `An error occurred while executing the state '${scope.stateName}' (entered at the event id #${scope.enteredEvent}). ${what}`,
    { location },
  );

const said = (expression: string, location: string): string =>
  `The JSONata expression '${expression}' specified for the field '${location}'`;

/** Evaluates one JSONata expression to JSON. */
const evaluateExpression = async (expression: string, location: string, scope: Scope): Promise<Json> => {
  let result: unknown;
  try {
    result = await compile(expression).evaluate(undefined, {
      ...awsFunctions(scope.now),
      ...scope.variables,
      states: scope.states,
    });
  } catch (error) {
    throw evaluationError(
      scope,
      location,
      `${said(expression, location)} threw an error during evaluation. ${explain(error)}`,
    );
  }
  if (result === undefined) {
    throw evaluationError(scope, location, `${said(expression, location)} returned nothing (undefined).`);
  }
  const json = toJson(result);
  if (json === undefined) {
    throw evaluationError(scope, location, `${said(expression, location)} returned an unsupported result type.`);
  }
  return json;
};

const explain = (error: unknown): string => {
  if (!isObject(error)) return String(error);
  const message = typeof error.message === 'string' ? error.message : 'unknown error';
  return typeof error.code === 'string' ? `${error.code}: ${message}` : message;
};

/** Plain JSON of a jsonata value (sequences lose their marks, absent members go); undefined if it holds a function. */
const toJson = (value: unknown): Json | undefined => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const json = item === undefined ? null : toJson(item);
      if (json === undefined) return undefined;
      items.push(json);
    }
    return items;
  }
  if (!isObject(value) || '_jsonata_lambda' in value || '_jsonata_function' in value) return undefined;
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const json = toJson(member);
    if (json === undefined) return undefined;
    members[key] = json;
  }
  return members;
};

/** Evaluates every `{% … %}` in a JSON template; `location` names the field for the cause (`Output`, then `Output/total`). */
export const evaluateTemplate = async (template: Json, location: string, scope: Scope): Promise<Json> => {
  if (typeof template === 'string') {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluateExpression(expression, location, scope);
  }
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [at, item] of template.entries()) {
      items.push(await evaluateTemplate(item, `${location}[${at}]`, scope));
    }
    return items;
  }
  if (template === null || typeof template !== 'object') return template;
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(template)) {
    members[key] = await evaluateTemplate(member, `${location}/${key}`, scope);
  }
  return members;
};

/** Evaluates a field that must come out as one JSON type. */
export const evaluateTyped = async <T extends Json>(
  template: Json,
  location: string,
  scope: Scope,
  expected: string,
  is: (value: Json) => value is T,
): Promise<T> => {
  const value = await evaluateTemplate(template, location, scope);
  if (is(value)) return value;
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  const subject =
    expression === undefined ? `The value specified for the field '${location}'` : said(expression, location);
  throw evaluationError(
    scope,
    location,
    `${subject} returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
};

export const isNumber = (value: Json): value is number => typeof value === 'number';
export const isString = (value: Json): value is string => typeof value === 'string';
export const isBoolean = (value: Json): value is boolean => typeof value === 'boolean';
export const isArray = (value: Json): value is Json[] => Array.isArray(value);
