import { spawn } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where a file that cannot be parsed is broken; for any other error its own words say what is wrong. */
const placeOf = (lines: string[], error: string): string => {
  const place = error.startsWith('SyntaxError') ? /^(?:file:\/\/)?(\/.*:\d+)$/.exec(lines[0] ?? '')?.[1] : undefined;
  return place === undefined ? '' : `${relative(ROOT, place)}: `;
};

/** The lines of a failed synthesis that say what is wrong, without the stack. */
export const reasonIn = (output: string): string => {
  const lines = output.trim().split('\n');
  const at = lines.findIndex((line) => /^(\w*Error\b.*|DeskMistakes):/.test(line));
  if (at < 0) return output.trim().slice(-500) || 'it said nothing';
  const stack = lines.findIndex((line, n) => n > at && /^\s+at |^Node\.js v/.test(line));
  const told = lines
    .slice(at, stack < 0 ? undefined : stack)
    .join('\n')
    .trim();
  return placeOf(lines, told) + told.replace(/^(Error|DeskMistakes): /, '');
};

/** Synthesizes the app into the folder, as `cdk synth` does, without network or credentials. */
export const synthesize = (assembly: string): Promise<void> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, ['infra/app.ts'], {
      cwd: ROOT,
      env: { ...process.env, CDK_OUTDIR: resolve(assembly) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => failed(new Refusal(`The app cannot be synthesized: ${error.message}`)));
    child.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Refusal(`The app cannot be synthesized: ${reasonIn(output)}`));
    });
  });
