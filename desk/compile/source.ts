import { readFile } from 'node:fs/promises';
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { z } from 'zod';
import { didYouMean, type Mistake } from './mistakes.ts';

export type Path = ReadonlyArray<PropertyKey>;

/** One YAML file with the lines its values stand on, collecting the mistakes found in it. */
export interface Source {
  /** As told to people: `desk/policy.yaml`. */
  file: string;
  mistakes: Mistake[];
  /** What is no mistake and yet worth a look. */
  warnings: Mistake[];
  /** Notes a mistake at the line where the value of this path stands, or would stand. */
  wrong(path: Path, what: string): void;
  /** The same for a warning. */
  warn(path: Path, what: string): void;
  /** The file in the given shape; undefined when it has mistakes, which are noted. */
  as<S extends z.ZodType>(schema: S): z.output<S> | undefined;
}

/** Reads one file. A missing or broken one is a mistake like any other. */
export const readSource = async (path: string, file: string): Promise<Source> => {
  const mistakes: Mistake[] = [];
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    mistakes.push({ file, line: 1, what: `cannot be read (${error.code ?? error.message}); put the file back` });
    return undefined;
  });
  return sourceOf(text, file, { mistakes });
};

/** The same for a text that was read already; `above` lines of its file stand before it. */
export const sourceOf = (
  text: string | undefined,
  file: string,
  { mistakes = [], above = 0 }: { mistakes?: Mistake[]; above?: number } = {},
): Source => {
  const lines = new LineCounter();
  const document = parseDocument(text ?? '', { lineCounter: lines });
  const wrongs = [...inTurn(document.errors), ...unknownAliases(document)];
  for (const { offset, what } of wrongs) mistakes.push({ file, line: above + lines.linePos(offset).line, what });
  const readable = text !== undefined && wrongs.length === 0;
  const data: unknown = readable ? document.toJS() : undefined;

  const wrong = (at: Path, what: string): void => {
    mistakes.push({ file, line: above + lineOf(document.contents, at, lines), what });
  };
  const warnings: Mistake[] = [];
  return {
    file,
    mistakes,
    warnings,
    wrong,
    warn: (at, what) => {
      warnings.push({ file, line: above + lineOf(document.contents, at, lines), what });
    },
    as: (schema) => {
      if (!readable) return undefined;
      const parsed = schema.safeParse(data);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) tell(issue, data, schema, wrong);
      return undefined;
    },
  };
};

/** Every name that stands twice; of other errors the first, since those after it mostly follow from it. */
const inTurn = (errors: readonly YAMLParseError[]): Wrong[] => {
  const twice = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const [other] = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  return [...twice, ...(other === undefined ? [] : [other])].map((error) => ({
    offset: error.pos[0],
    what: REMEDIES[error.code] ?? `this is not YAML: ${asSentence(error.message)}; mend this line, or the one above it`,
  }));
};

interface Wrong {
  offset: number;
  what: string;
}

const REMEDIES: { [code in YAMLParseError['code']]?: string } = {
  DUPLICATE_KEY: 'this name stands twice in one list; take one of the two out, or join them',
  TAB_AS_INDENT: 'this line is indented by a tab; write blanks',
  MULTIPLE_DOCS: 'a second document begins here; take the line "---" out',
};

const asSentence = (message: string): string =>
  (message.split('\n')[0] ?? 'not YAML').replace(/ at line \d+, column \d+:?$/, '');

/** `*name` without an `&name` before it. */
const unknownAliases = (document: Document): Wrong[] => {
  const unknown: Wrong[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        unknown.push({
          offset: alias.range?.[0] ?? 0,
          what: `"*${alias.source}" stands for nothing; write "&${alias.source}" where it is said first, or the value itself`,
        });
    },
  });
  return unknown;
};

/** The line of the deepest part of the path that is there: of its key for a map, of the value for a single word. */
const lineOf = (root: Node | null, path: Path, lines: LineCounter): number => {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
      if (isScalar(node)) offset = node.range?.[0] ?? offset;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      node = item;
      if (isMap(item) || isSeq(item) || isScalar(item)) offset = item.range?.[0] ?? offset;
    } else break;
  }
  return Math.max(1, lines.linePos(offset).line);
};

const nameOf = (path: Path): string => path.map(String).join('.');

const tell = (issue: z.core.$ZodIssue, data: unknown, schema: z.ZodType, wrong: Source['wrong']): void => {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      wrong([...issue.path, key], `"${key}" is not used here${didYouMean(key, keysAt(schema, issue.path))}`);
  } else wrong(issue.path, sentence(issue, valueAt(data, issue.path)));
};

const sentence = (issue: z.core.$ZodIssue, value: unknown): string => {
  const name = nameOf(issue.path) || 'the file';
  const kinds: Record<string, string> = {
    array: 'a list',
    boolean: 'true or false',
    object: 'a list of names and values',
    record: 'a list of names and values',
    string: 'text',
  };
  switch (issue.code) {
    case 'invalid_value': {
      const words = issue.values.map(String);
      if (value === undefined) return `"${name}" is missing; write one of ${words.join(', ')}`;
      return `${name} is "${String(value)}"${didYouMean(String(value), words)}`;
    }
    case 'invalid_type':
      return value === undefined
        ? `"${name}" is missing; add it`
        : `${name} must be ${kinds[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_key':
      return `"${String(issue.path.at(-1))}" is not a name used here${keyHint(issue)}`;
    default:
      return value === undefined ? `"${name}" is missing; ${issue.message}` : `${name}: ${issue.message}`;
  }
};

const keyHint = (issue: z.core.$ZodIssueInvalidElement | z.core.$ZodIssueInvalidKey): string => {
  const inner = issue.issues[0];
  return inner?.code === 'invalid_value'
    ? didYouMean(String(issue.path.at(-1)), inner.values.map(String))
    : inner === undefined
      ? ''
      : `: ${inner.message}`;
};

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return typeof value === 'object' && value !== null
      ? Object.entries(value).find(([key]) => key === String(step))?.[1]
      : undefined;
  }, data);

/** The keys a schema knows at a path: what a misspelt one is compared with. */
const keysAt = (schema: unknown, path: Path): string[] => {
  const node = inner(schema);
  if (node === undefined) return [];
  const [step, ...rest] = path;
  if (node instanceof z.ZodUnion) return node.options.flatMap((option) => keysAt(option, path));
  if (node instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(node.shape);
    return keysAt(Object.entries(node.shape).find(([key]) => key === String(step))?.[1], rest);
  }
  if (step === undefined)
    return node instanceof z.ZodRecord && node.keyType instanceof z.ZodEnum ? node.keyType.options.map(String) : [];
  if (node instanceof z.ZodArray) return keysAt(node.element, rest);
  return node instanceof z.ZodRecord ? keysAt(node.valueType, rest) : [];
};

/** The schema inside `optional` and `default`. */
const inner = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? inner(schema.unwrap()) : schema;
