import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The DynamoDB engine cannot run; the message says what to do. */
export class EngineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EngineError';
  }
}

/**
 * Runs the engine until it ends or the runtime does: when the runtime's end of standard input closes, `kill -9` of the
 * runtime included, the engine is ended. Its commits are synced to disk, so that is harmless. A folder that was only for
 * this run goes with it.
 */
const UNTIL_PARENT_ENDS =
  'exec 3<&0; "$0" "$@" </dev/null 3<&- & engine=$!; (cat >/dev/null; kill -9 $engine 2>/dev/null; [ -z "$PASSING" ] || rm -rf "$PASSING") <&3 & exec 3<&-; wait $engine';

/** A file system in memory, where Linux has it and it is not as small as a container's often is. */
const IN_MEMORY = '/dev/shm';
const ROOM = 1024 ** 3;

const hasRoom = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM;
};

const passingFolder = (): string => mkdtempSync(join(hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'careline-tables-'));

/**
 * The engine numbers each change by the highest number so far and reads a stream by these numbers, and has no index for
 * either: each write and each read would go through all changes there ever were.
 */
const indexStreams = (file: string): void => {
  const tables = new DatabaseSync(file);
  tables.exec(`PRAGMA busy_timeout = 5000;
    CREATE INDEX IF NOT EXISTS _stream_records_in_order
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`);
  tables.close();
};

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
  /** Where the tables are, once started. */
  file: string | undefined;
  private child: ChildProcess | undefined;
  private stopping = false;
  /** Whether nothing is to be kept. */
  private readonly passing: boolean;
  private readonly onLoss: (message: string) => void;

  /** `file` undefined keeps the tables until the engine ends; `onLoss` hears when it ended and its tables with it. */
  constructor(options: { file?: string; onLoss: (message: string) => void }) {
    this.file = options.file;
    this.passing = options.file === undefined;
    this.onLoss = options.onLoss;
  }

  /** The process group of the engine; undefined before it was started. */
  get group(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const program = engineProgram(`${process.platform}-${process.arch}`);
    const file = this.file ?? join(passingFolder(), 'tables.db');
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
    let said = '';
    for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
      this.port = await freePort();
      const outcome = await this.launch(program, file);
      if (outcome === 'ready') return indexStreams(file);
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
    if (this.passing && this.file !== undefined) rmSync(dirname(this.file), { recursive: true, force: true });
  }

  /** `ready`, or what the engine said before it ended. */
  private launch(program: string, file: string): Promise<string> {
    const told = ['--port', String(this.port), '--db-path', file];
    // A group of its own, so that Ctrl-C reaches the runtime alone, which then ends the engine last.
    const child = spawn('/bin/sh', ['-c', UNTIL_PARENT_ENDS, program, ...told], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, PASSING: this.passing ? dirname(file) : '' },
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
        else if (!this.stopping) void this.recover(program, file);
      });
    });
  }

  /** Tables that are kept outlive the process that served them; others go with it. */
  private async recover(program: string, file: string): Promise<void> {
    if (this.passing) {
      this.onLoss('The DynamoDB engine ended and its tables in memory with it');
      return;
    }
    const outcome = await this.launch(program, file);
    if (outcome !== 'ready') this.onLoss(`The DynamoDB engine ended and does not start again: ${outcome}`);
  }
}
