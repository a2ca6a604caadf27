/**
 * A fault to inject. `service` is a service of the endpoint (`dynamodb`, `states`, …) or `function` with the function's
 * name as operation. One effect: an error by AWS's name, a delay in real milliseconds, or the death of the worker.
 */
export interface FaultRule {
  service: string;
  /** Every operation of the service when omitted. */
  operation?: string;
  error?: string;
  latencyMs?: number;
  kill?: boolean;
  /** Share of calls hit, 0..1. */
  rate?: number;
  /** How many calls are hit before the rule is spent. */
  times?: number;
}

/** What befalls one call. */
export type Fault = { kind: 'error'; code: string } | { kind: 'latency'; ms: number } | { kind: 'kill' };

/** The faults to come, asked once per call. */
export class Faults {
  private rules: Array<FaultRule & { left: number }> = [];
  private readonly random: () => number;

  /** `random` gives 0..1 for rules with a rate. */
  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  add(rules: readonly FaultRule[]): void {
    for (const rule of rules) {
      this.rules.push({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    }
  }

  /** The first rule that matches and hits; counts it as used. */
  next(service: string, operation: string): Fault | undefined {
    for (const rule of this.rules) {
      if (rule.service !== service || (rule.operation !== undefined && rule.operation !== operation)) continue;
      if (rule.left <= 0 || (rule.rate !== undefined && this.random() >= rule.rate)) continue;
      rule.left -= 1;
      if (rule.kill) return { kind: 'kill' };
      if (rule.error !== undefined) return { kind: 'error', code: rule.error };
      return { kind: 'latency', ms: rule.latencyMs ?? 0 };
    }
    return undefined;
  }

  /** The rules in force. */
  list(): FaultRule[] {
    return this.rules.filter((rule) => rule.left > 0).map(({ left: _, ...rule }) => rule);
  }

  clear(): void {
    this.rules = [];
  }
}
