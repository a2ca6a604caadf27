import type { Faults } from '../faults/faults.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Meter } from '../meter/meter.ts';
import type { Receipt } from '../ses/inbound.ts';
import type { ExecutionDetail, ExecutionView } from '../stepfunctions/service.ts';
import type { Deployment } from '../template/contract.ts';

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
  mails(): ReadonlyArray<{ n: number; html?: string }>;
  rawMail(n: number): Buffer | undefined;
  receiveMail(mail: IncomingMail): Receipt;
  sms(): unknown[];
  events(): unknown[];
  secrets(): unknown[];
  token(request: { user: string; groups: string[]; ttl?: number }): Promise<{
    access: string;
    id: string;
    expiresIn: number;
  }>;
  /** What functions wrote; of one by its function name, or of all. */
  logs(functionName?: string): unknown[];
  executions(filter: { machine?: string }): ExecutionView[];
  execution(name: string): ExecutionDetail | undefined;
}
