import { parseArgs } from 'node:util';
import { Refusal } from './refusal.ts';

/** What the command line asks for. */
export interface Flags {
  http: number;
  aws: number;
  smtp: number;
  /** Folder of everything kept; undefined keeps all in memory. */
  data: string | undefined;
  /** Epoch ms to start at; undefined is the system's time. */
  clock: number | undefined;
  speed: number;
  /** Threads for all functions together. */
  threads: number;
  /** Whether the team of the desk is called in at the start. */
  team: boolean;
  quiet: boolean;
  synth: boolean;
  assembly: string;
}

export const USAGE = `npm start -- [flags]
  --http 8080        port of the HTTP API, the control API and the console (0: any free one)
  --aws 4566         port of the AWS endpoint
  --smtp 2525        port that takes mail
  --data .local/data folder that keeps everything, or --memory to keep nothing
  --clock system     or an ISO 8601 instant to start at, e.g. 2026-11-23T09:00:00Z
  --speed 1          virtual seconds per second; 0 stands still
  --threads 10       threads for all functions; more cost memory (20 to 40 MB each) and save cold starts
  --no-team          nobody of the team is called in at the start
  --no-synth         run cdk.out as it is
  --assembly cdk.out folder of the cloud assembly
  --quiet            say nothing but that it is ready, and errors`;

const OPTIONS = {
  http: { type: 'string', default: '8080' },
  aws: { type: 'string', default: '4566' },
  smtp: { type: 'string', default: '2525' },
  data: { type: 'string', default: '.local/data' },
  memory: { type: 'boolean', default: false },
  clock: { type: 'string', default: 'system' },
  speed: { type: 'string', default: '1' },
  threads: { type: 'string', default: '10' },
  team: { type: 'boolean', default: true },
  synth: { type: 'boolean', default: true },
  assembly: { type: 'string', default: 'cdk.out' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const port = (name: string, text: string): number => {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535)
    throw new Refusal(`--${name} takes a port from 0 to 65535, not "${text}"`);
  return value;
};

const speed = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new Refusal(`--speed takes a number from 0 up, not "${text}"`);
  }
  return value;
};

const clock = (text: string): number | undefined => {
  if (text === 'system') return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Refusal(`--clock takes "system" or an ISO 8601 instant, not "${text}"`);
  return instant;
};

const threads = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Refusal(`--threads takes a whole number from 1 up, not "${text}"`);
  return value;
};

/** Reads the flags; undefined when only help is asked for. A wrong one is refused by name. */
export const readFlags = (args: string[]): Flags | undefined => {
  const parsed = (() => {
    try {
      return parseArgs({ args, options: OPTIONS, allowNegative: true, strict: true });
    } catch (error) {
      throw new Refusal(`${error instanceof Error ? error.message.replace(/\. To specify.*$/, '') : error}\n${USAGE}`);
    }
  })();
  const { values } = parsed;
  if (values.help) return undefined;
  if (values.memory && args.some((arg) => arg.startsWith('--data'))) {
    throw new Refusal('--data and --memory exclude each other');
  }
  return {
    http: port('http', values.http),
    aws: port('aws', values.aws),
    smtp: port('smtp', values.smtp),
    data: values.memory ? undefined : values.data,
    clock: clock(values.clock),
    speed: speed(values.speed),
    threads: threads(values.threads),
    team: values.team,
    quiet: values.quiet,
    synth: values.synth,
    assembly: values.assembly,
  };
};
