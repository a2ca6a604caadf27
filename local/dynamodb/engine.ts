import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** The DynamoDB engine cannot run; the message says what to do. */
export class EngineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EngineError';
  }
}

/**
 * Runs the engine until it ends or the runtime does: when the runtime's end of standard input closes, `kill -9` of the
 * runtime included, the engine is ended. Its commits are synced to disk, so that is harmless.
 */
const UNTIL_PARENT_ENDS =
  'exec 3<&0; "$0" "$@" </dev/null 3<&- & engine=$!; (cat >/dev/null; kill -9 $engine 2>/dev/null) <&3 & exec 3<&-; wait $engine';

/** The engine's program for a machine such as `linux-x64`. */
export const engineProgram = (machine: string): string => {
  const name = `@dynoxide/${machine}`;
  try {
    const file = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
    if (existsSync(file)) return file;
  } catch {
    // Falls through to the one message below, whether the package or its binary is absent.
  }
  throw new EngineError(`The DynamoDB engine ${name} is not installed: run npm ci (it is an optional dependency)`);
};

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** How often another port is tried when somebody else took the free one first. */
const PORT_ATTEMPTS = 5;

/** The DynamoDB engine as a child process on a port of its own. */
export class Engine {
  port = 0;
  private child: ChildProcess | undefined;
  private stopping = false;
  private readonly file: string | undefined;
  private readonly onLoss: (message: string) => void;

  /** `file` undefined keeps the tables in memory; `onLoss` hears when the engine ended and its tables with it. */
  constructor(options: { file?: string; onLoss: (message: string) => void }) {
    this.file = options.file;
    this.onLoss = options.onLoss;
  }

  /** The process group of the engine; undefined before it was started. */
  get group(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const program = engineProgram(`${process.platform}-${process.arch}`);
    if (this.file !== undefined) mkdirSync(dirname(this.file), { recursive: true });
    let said = '';
    for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
      this.port = await freePort();
      const outcome = await this.launch(program);
      if (outcome === 'ready') return;
      said = outcome;
    }
    throw new EngineError(`The DynamoDB engine does not start: ${said}`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    // The whole group: the engine, the shell that runs it and the one that watches over it.
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  /** `ready`, or what the engine said before it ended. */
  private launch(program: string): Promise<string> {
    const storage = this.file === undefined ? [] : ['--db-path', this.file];
    // A group of its own, so that Ctrl-C reaches the runtime alone, which then ends the engine last.
    const child = spawn('/bin/sh', ['-c', UNTIL_PARENT_ENDS, program, '--port', String(this.port), ...storage], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    let said = '';
    return new Promise((settled) => {
      let ready = false;
      const listen = (chunk: Buffer): void => {
        if (ready) return;
        said += chunk.toString();
        if (!said.includes('listening on')) return;
        ready = true;
        settled('ready');
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('error', (error) => settled(error.message));
      child.once('exit', (code) => {
        if (!ready) settled(said.trim() || `it ended with code ${code}`);
        else if (!this.stopping) void this.recover(program);
      });
    });
  }

  /** Tables in a file outlive the process that served them; tables in memory do not. */
  private async recover(program: string): Promise<void> {
    if (this.file === undefined) {
      this.onLoss('The DynamoDB engine ended and its tables in memory with it');
      return;
    }
    const outcome = await this.launch(program);
    if (outcome !== 'ready') this.onLoss(`The DynamoDB engine ended and does not start again: ${outcome}`);
  }
}
