import { setFlagsFromString } from 'node:v8';
import { type Flags, readFlags, USAGE } from './cli/flags.ts';
import { Refusal } from './cli/refusal.ts';
import { removeRunFile, writeRunFile } from './cli/run-file.ts';
import { synthesize } from './cli/synthesize.ts';
import { callInTheTeam } from './cli/team.ts';
import { EngineError } from './dynamodb/engine.ts';
import { startRuntime } from './runtime.ts';
import { deskAddressOf } from './template/desk-address.ts';
import { TemplateError } from './template/error.ts';

/** A second Ctrl-C after this long ends the process at once. */
const IMPATIENCE_MS = 1000;

// A worker thread takes its time zone from the process, and Lambda runs in UTC.
process.env.TZ = 'UTC';

// A thread of a function lives for some tens of events: what V8's middle compiler makes of its code is ready when the thread is
// gone, and was made on the cores that the others wait for. Code that stays hot is still optimised.
setFlagsFromString('--no-maglev');

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Ends with one sentence where the cause is known, with everything there is to know where it is not. */
const fail = (error: unknown): never => {
  const known = error instanceof Refusal || error instanceof TemplateError || error instanceof EngineError;
  say(known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
};

const run = async (flags: Flags): Promise<void> => {
  if (flags.synth) await synthesize(flags.assembly);
  let ready = false;
  const runtime = await startRuntime({
    ...flags,
    // What keeps it from starting is thrown: before it is ready there are only notes.
    say: (line) => {
      if (ready || !flags.quiet) say(line);
    },
    onLoss: (message) => fail(new Refusal(message)),
  });
  let endingSince: number | undefined;
  const end = (): void => {
    if (endingSince !== undefined) {
      // One Ctrl-C comes twice when npm passes it on as well: only a later one means not to wait.
      if (performance.now() - endingSince > IMPATIENCE_MS) process.exit(130);
      return;
    }
    endingSince = performance.now();
    removeRunFile();
    runtime.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);

  const { deployment, ports } = runtime;
  ready = true;
  if (deployment.unknownTypes.length > 0 && !flags.quiet) say(`Not run here: ${deployment.unknownTypes.join(', ')}`);
  if (flags.team) await callInTheTeam(runtime);
  const deskAddress = deskAddressOf(deployment);
  writeRunFile({ pid: process.pid, ...ports, deskAddress, data: flags.data ?? null });
  process.stdout.write(`careline ready http=${ports.http} aws=${ports.aws} smtp=${ports.smtp}\n`);
  if (!flags.quiet) {
    say(`Console   http://127.0.0.1:${ports.http}/_local/`);
    say(`Mail in   any client to 127.0.0.1:${ports.smtp}, for ${deskAddress}`);
    say(`AWS       any SDK or the AWS CLI with --endpoint-url http://127.0.0.1:${ports.aws}`);
  }
};

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags) await run(flags);
  else process.stdout.write(`${USAGE}\n`);
} catch (error) {
  fail(error);
}
