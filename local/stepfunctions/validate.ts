import { AwsError } from '../aws/contract.ts';
import { refusedTypes } from './attribute-values.ts';
import { type Definition, definitionSchema, type State, type Workflow } from './definition.ts';
import { compile, expressionIn } from './expression.ts';
import { isObject, type Json, parseJson } from './json.ts';
import { parseResource } from './resource.ts';
import { parseTimestamp } from './timestamp.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

const DEFINITION_LIMIT = 1_048_576;

/** Reads a machine's definition; throws InvalidDefinition with every reason found. */
export const parseDefinition = (text: string, type: MachineType): Definition => {
  const problems = definitionProblems(text, type);
  if (Array.isArray(problems)) throw invalid(problems);
  return problems;
};

const invalid = (problems: readonly string[]): AwsError =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problems.slice(0, 20).join(', ')}'`);

/** The definition, or what is wrong with it: `CODE: message at /States/Name/Field`. */
export const definitionProblems = (text: string, type: MachineType): Definition | string[] => {
  if (Buffer.byteLength(text) > DEFINITION_LIMIT) return ['INVALID_JSON_DESCRIPTION: The definition is over 1 MB'];
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch (error) {
    return [`INVALID_JSON_DESCRIPTION: ${error instanceof Error ? error.message : 'not JSON'}`];
  }
  const otherLanguage = statesInJsonPath(raw, undefined, '');
  if (otherLanguage.length > 0) {
    return otherLanguage.map(
      (path) => `NOT_SUPPORTED: JSONPath is not supported by the local runtime, only JSONata, at ${path}`,
    );
  }
  const parsed = definitionSchema.safeParse(raw);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `SCHEMA_VALIDATION_FAILED: ${issue.message} at /${issue.path.join('/')}`);
  }
  const checks = new Checks(type);
  checks.workflow(parsed.data, '');
  return checks.problems.length > 0 ? checks.problems : parsed.data;
};

/** Paths of the states whose query language is JSONPath, which is the default where none is named. */
const statesInJsonPath = (raw: unknown, inherited: unknown, path: string): string[] => {
  if (!isObject(raw) || !isObject(raw.States)) return [];
  const machine = raw.QueryLanguage ?? inherited;
  return Object.entries(raw.States).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const at = `${path}/States/${name}`;
    const language = state.QueryLanguage ?? machine;
    if (language !== 'JSONata') return [at];
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      ...statesInJsonPath(state.ItemProcessor, language, `${at}/ItemProcessor`),
      ...branches.flatMap((branch, index) => statesInJsonPath(branch, language, `${at}/Branches/${index}`)),
    ];
  });
};

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

class Checks {
  readonly problems: string[] = [];
  private readonly names = new Set<string>();
  private readonly type: MachineType;

  constructor(type: MachineType) {
    this.type = type;
  }

  workflow(workflow: Workflow, path: string): void {
    const { StartAt, States } = workflow;
    if (!(StartAt in States))
      this.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${StartAt}`, `${path}/StartAt`);
    const reachable = new Set<string>();
    const toVisit = [StartAt];
    for (let name = toVisit.pop(); name !== undefined; name = toVisit.pop()) {
      const state = States[name];
      if (reachable.has(name) || !state) continue;
      reachable.add(name);
      toVisit.push(...targets(state));
    }
    for (const [name, state] of Object.entries(States)) {
      const at = `${path}/States/${name}`;
      if (name.length > 80) this.add('SCHEMA_VALIDATION_FAILED', 'State name is longer than 80 characters', at);
      if (this.names.has(name)) this.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, at);
      this.names.add(name);
      if (!reachable.has(name)) this.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, at);
      for (const target of targets(state)) {
        if (!(target in States)) this.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, at);
      }
      this.state(state, at);
    }
  }

  private state(state: State, at: string): void {
    for (const [field, value] of Object.entries(state)) {
      if (field === 'ItemProcessor' || field === 'Branches') continue;
      this.expressions(value, `${at}/${field}`);
    }
    for (const name of assignedNames(state)) {
      if (name === 'states' || !VARIABLE_NAME.test(name))
        this.add('SCHEMA_VALIDATION_FAILED', `Invalid variable name: ${name}`, `${at}/Assign`);
    }
    if (state.Type !== 'Choice' && state.Type !== 'Succeed' && state.Type !== 'Fail') {
      const transitions = [state.Next !== undefined, state.End === true].filter(Boolean).length;
      if (transitions !== 1) this.add('SCHEMA_VALIDATION_FAILED', 'Exactly one of Next or End is required', at);
    }
    switch (state.Type) {
      case 'Task':
        this.task(state, at);
        break;
      case 'Choice':
        for (const [index, { Condition }] of state.Choices.entries()) {
          if (typeof Condition === 'boolean' || expressionIn(Condition) !== undefined) continue;
          this.add('SCHEMA_VALIDATION_FAILED', 'A Condition is a JSONata expression', `${at}/Choices/${index}`);
        }
        break;
      case 'Wait':
        if (state.Timestamp !== undefined && !isTimestamp(state.Timestamp)) {
          this.add('SCHEMA_VALIDATION_FAILED', `Invalid Timestamp: ${state.Timestamp}`, `${at}/Timestamp`);
        }
        if ((state.Seconds === undefined) === (state.Timestamp === undefined)) {
          this.add('SCHEMA_VALIDATION_FAILED', 'Exactly one of Seconds or Timestamp is required', at);
        }
        break;
      case 'Map':
        this.workflow(state.ItemProcessor, `${at}/ItemProcessor`);
        break;
      case 'Parallel':
        for (const [index, branch] of state.Branches.entries()) this.workflow(branch, `${at}/Branches/${index}`);
        break;
    }
    if ('Retry' in state) this.errorNames(state.Retry ?? [], `${at}/Retry`);
    if ('Catch' in state) this.errorNames(state.Catch ?? [], `${at}/Catch`);
  }

  private task(state: Extract<State, { Type: 'Task' }>, at: string): void {
    const integration = parseResource(state.Resource);
    if (typeof integration === 'string') {
      this.add('SCHEMA_VALIDATION_FAILED', integration, `${at}/Resource`);
    } else if (integration.waits && this.type === 'EXPRESS') {
      this.add(
        'SCHEMA_VALIDATION_FAILED',
        'Express state machine does not support .waitForTaskToken',
        `${at}/Resource`,
      );
    } else if (integration.kind === 'sdk' && integration.service === 'dynamodb' && isObject(state.Arguments)) {
      for (const type of refusedTypes(state.Arguments))
        this.add(
          'SCHEMA_VALIDATION_FAILED',
          `The field '${type}' is not supported by Step Functions`,
          `${at}/Arguments`,
        );
    }
    const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
    if (timeout === 0 || heartbeat === 0)
      this.add('SCHEMA_VALIDATION_FAILED', 'A timeout must be at least 1 second', at);
    if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
      this.add(
        'SCHEMA_VALIDATION_FAILED',
        'HeartbeatSeconds must be smaller than TimeoutSeconds',
        `${at}/HeartbeatSeconds`,
      );
    }
  }

  /** States.ALL stands alone and last (Amazon States Language, "Errors"). */
  private errorNames(handlers: ReadonlyArray<{ ErrorEquals: string[] }>, at: string): void {
    for (const [index, { ErrorEquals }] of handlers.entries()) {
      if (!ErrorEquals.includes('States.ALL')) continue;
      if (ErrorEquals.length > 1 || index < handlers.length - 1) {
        this.add(
          'SCHEMA_VALIDATION_FAILED',
          'States.ALL must appear alone and in the last element',
          `${at}/${index}/ErrorEquals`,
        );
      }
    }
  }

  private expressions(value: unknown, at: string): void {
    if (typeof value === 'string') {
      this.expression(value, at);
      return;
    }
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.expressions(item, `${at}/${index}`);
      return;
    }
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (key.endsWith('.$'))
        this.add('SCHEMA_VALIDATION_FAILED', `The JSONPath field '${key}' is not supported in JSONata`, at);
      this.expressions(member, `${at}/${key}`);
    }
  }

  private expression(text: string, at: string): void {
    const expression = expressionIn(text);
    if (expression === undefined) return;
    try {
      compile(expression);
    } catch (error) {
      const reason = isObject(error) ? `${String(error.code)}: ${String(error.message)}` : String(error);
      this.add('SCHEMA_VALIDATION_FAILED', `The JSONata expression '${expression}' is not valid. ${reason}`, at);
    }
  }

  private add(code: string, message: string, at: string): void {
    this.problems.push(`${code}: ${message} at ${at}`);
  }
}

const isTimestamp = (text: string): boolean => expressionIn(text) !== undefined || parseTimestamp(text) !== undefined;

const targets = (state: State): string[] => {
  const found: Array<string | undefined> = [];
  if ('Next' in state) found.push(state.Next);
  if ('Catch' in state) found.push(...(state.Catch ?? []).map(({ Next }) => Next));
  if (state.Type === 'Choice') found.push(state.Default, ...state.Choices.map(({ Next }) => Next));
  return found.filter((name) => name !== undefined);
};

const assignedNames = (state: State): string[] => {
  const assigns: Array<Record<string, Json> | undefined> = [];
  if ('Assign' in state) assigns.push(state.Assign);
  if ('Catch' in state) assigns.push(...(state.Catch ?? []).map(({ Assign }) => Assign));
  if (state.Type === 'Choice') assigns.push(...state.Choices.map(({ Assign }) => Assign));
  return assigns.flatMap((assign) => Object.keys(assign ?? {}));
};
