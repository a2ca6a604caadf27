import type { Faults } from '../faults/faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Meter } from '../meter/meter.ts';
import type { Deployment } from '../template/contract.ts';

/** Where an execution stands. Times are ISO 8601 on the virtual clock. */
export interface ExecutionSummary {
  name: string;
  machine: string;
  status: string;
  /** Name of the state it is in, or ended in. */
  state?: string;
  startedAt: string;
  stoppedAt?: string;
}

export interface ExecutionDetail extends ExecutionSummary {
  input?: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  /** The machine's definition, to draw its graph. */
  definition?: unknown;
  /** As GetExecutionHistory tells it. */
  events: unknown[];
}

/** A mail handed in from outside, as a receiving server sees it. */
export interface IncomingMail {
  raw: Buffer;
  from: string;
  to: string[];
  /** SES verdicts by name (`spf`, `dkim`, `dmarc`, `spam`, `virus`), e.g. `FAIL`; those left out pass. */
  verdicts: Record<string, string>;
}

/** What the control API shows and moves; the runtime hands it over. */
export interface ControlParts {
  kernel: Kernel;
  deployment: Deployment;
  meter: Meter;
  faults: Faults;
  /** Base URL of the AWS endpoint. */
  awsUrl: string;
  mails(): unknown[];
  rawMail(n: number): Buffer | undefined;
  receiveMail(mail: IncomingMail): Promise<void>;
  sms(): unknown[];
  events(): unknown[];
  secrets(): unknown[];
  token(request: { user: string; groups: string[]; ttl?: number }): Promise<{
    access: string;
    id: string;
    expiresIn: number;
  }>;
  executions(): Promise<ExecutionSummary[]>;
  execution(name: string): Promise<ExecutionDetail | undefined>;
}
