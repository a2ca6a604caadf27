/**
 * A fault to inject. `service` is a service of the endpoint (`dynamodb`, `states`, …), `lambda` with `kill` for the death of a
 * function's worker, or `streams` with `twice` for a batch of a table's stream that comes again.
 */
export interface FaultRule {
  service: string;
  /** An operation (`PutItem`), or with `kill` or `twice` a function (`send-mail`, `SendMail`); every one when omitted. */
  operation?: string;
  /** The error's name on the wire. */
  error?: string;
  /** The error comes after the call has taken effect, as when an answer is lost. */
  after?: boolean;
  /** A delay in real milliseconds. */
  latencyMs?: number;
  /** The function's worker is ended while it runs. */
  kill?: boolean;
  /** The function is given the batch, its answer is lost, and it is given the batch again. */
  twice?: boolean;
  /** Share of calls hit, 0..1. */
  rate?: number;
  /** How many calls are hit before the rule is spent. */
  times?: number;
}

/** What befalls one call. */
export type Fault =
  | { kind: 'error'; code: string; after: boolean }
  | { kind: 'latency'; ms: number }
  | { kind: 'kill' }
  | { kind: 'twice' };

interface ArmedRule {
  rule: FaultRule;
  left: number;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Functions are meant by the words of their name: `send-mail` is the function `careline-SendMail3F2A`. */
const matches = (rule: FaultRule, service: string, operation: string): boolean => {
  if (service === 'function') {
    const meant = rule.service === 'function' || (rule.service === 'lambda' && rule.kill === true);
    return meant && (rule.operation === undefined || plain(operation).includes(plain(rule.operation)));
  }
  if (service === 'streams')
    return (
      rule.service === 'streams' && (rule.operation === undefined || plain(operation).includes(plain(rule.operation)))
    );
  return rule.service === service && rule.kill !== true && (rule.operation ?? operation) === operation;
};

const effectOf = (rule: FaultRule): Fault => {
  if (rule.kill) return { kind: 'kill' };
  if (rule.twice) return { kind: 'twice' };
  if (rule.error !== undefined) return { kind: 'error', code: rule.error, after: rule.after === true };
  return { kind: 'latency', ms: rule.latencyMs ?? 0 };
};

/** The faults to come, asked once per call. */
export class Faults {
  private armed: ArmedRule[] = [];
  private readonly random: () => number;

  /** `random` gives 0..1 for rules with a rate. */
  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  add(rules: readonly FaultRule[]): void {
    for (const rule of rules) this.armed.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /**
   * The first rule that matches and hits; counts it as used. Before running a function, its worker pool asks with
   * service `function` and the function's name; a stream, before it hands over a batch, with `streams` and that name.
   */
  next(service: string, operation: string): Fault | undefined {
    for (const entry of this.armed) {
      if (entry.left <= 0 || !matches(entry.rule, service, operation)) continue;
      if (entry.rule.rate !== undefined && this.random() >= entry.rule.rate) continue;
      entry.left -= 1;
      return effectOf(entry.rule);
    }
    return undefined;
  }

  /** The rules still in force. */
  list(): FaultRule[] {
    return this.armed.filter((entry) => entry.left > 0).map((entry) => entry.rule);
  }

  clear(): void {
    this.armed = [];
  }
}
