import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';

/** A workflows/<file>.asl.json that has been read and found sound. */
export interface WorkflowDefinition {
  /** The file as it stands, with its placeholders. */
  text: string;
  /** Names inside `${…}`, each once. */
  placeholders: string[];
  /** `Resource` of every task, each once: `arn:aws:states:::lambda:invoke`. */
  resources: string[];
  /** It names its own machine, to go on in another execution of it. */
  startsItself: boolean;
}

/**
 * Reads and checks a definition. Throws with the file's name when it is missing, is no JSON, breaks the Amazon States
 * Language, or has a `${…}` that is no PascalCase placeholder.
 */
export function readDefinition(workflowsDir: string, file: string): WorkflowDefinition {
  const path = join(workflowsDir, `${file}.asl.json`);
  if (!existsSync(path)) throw new Error(`There is no workflow ${file}: ${path} does not exist.`);
  const text = readFileSync(path, 'utf8');
  const definition = parse(file, text);
  const placeholders = unique([...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name));
  for (const name of placeholders) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
      throw new Error(
        `${file}.asl.json: \${${name}} is no placeholder; they are PascalCase, and \${ means nothing else.`,
      );
    }
  }
  const verdict = validate(structuredClone(definition));
  if (!verdict.isValid)
    throw new Error(`${file}.asl.json breaks the Amazon States Language: ${verdict.errorsText('; ')}`);
  return {
    text,
    placeholders,
    resources: unique(taskResources(definition)),
    startsItself: text.includes('$states.context.StateMachine.Id'),
  };
}

/** Throws, by file and name, for a placeholder nobody fills and a substitution nobody asked for. */
export function checkSubstitutions(file: string, placeholders: readonly string[], keys: readonly string[]): void {
  const faults = [
    ...placeholders.filter((name) => !keys.includes(name)).map((name) => `\${${name}} has no substitution`),
    ...keys.filter((key) => !placeholders.includes(key)).map((key) => `the substitution ${key} has no placeholder`),
  ];
  if (faults.length > 0) throw new Error(`${file}.asl.json: ${faults.join('; ')}.`);
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}.asl.json is no JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function taskResources(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(taskResources);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'Type' in node && node.Type === 'Task' && 'Resource' in node ? [String(node.Resource)] : [];
  return [...own, ...Object.values(node).flatMap(taskResources)];
}

const unique = (values: string[]) => [...new Set(values)];
