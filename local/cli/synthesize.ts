import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The one line of a failed synthesis that says what is wrong, with the file and line a desk mistake names. */
const reasonIn = (output: string): string => {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const at = lines.findIndex((line) => /^(\w*Error|Error)\b.*:/.test(line));
  if (at < 0) return output.trim().slice(-500) || 'it said nothing';
  const stack = lines.findIndex((line, n) => n > at && /^\s+at /.test(line));
  return lines
    .slice(at, stack < 0 ? at + 5 : stack)
    .join('\n')
    .replace(/^\w*Error: /, '');
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
