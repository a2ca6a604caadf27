/** What was used since the start or the last reset; the counts AWS bills by. */
export interface MeterReading {
  functions: Record<string, { invocations: number; errors: number; ms: number; cpuMs: number }>;
  /** Standard machines: states entered, retries included. */
  transitions: Record<string, number>;
  /** Express machines: executions started. */
  express: Record<string, number>;
  dynamodb: { rru: number; wru: number; calls: number };
  mail: number;
  http: number;
  /** Calls by service and operation, e.g. `sqs: { SendMessage: 3 }`. */
  calls: Record<string, Record<string, number>>;
}

/** Counts what costs money on AWS. */
export class Meter {
  private reading = empty();

  /** `fn` by its function name; `ms` of real running time, `cpuMs` of processor time in its thread (0 for a failed run). */
  invocation(fn: string, { ms, cpuMs, error }: { ms: number; cpuMs: number; error: boolean }): void {
    const entry = this.reading.functions[fn] ?? { invocations: 0, errors: 0, ms: 0, cpuMs: 0 };
    this.reading.functions[fn] = {
      invocations: entry.invocations + 1,
      errors: entry.errors + (error ? 1 : 0),
      ms: entry.ms + ms,
      cpuMs: entry.cpuMs + cpuMs,
    };
  }

  /** STANDARD: `n` states entered, retries included. EXPRESS: `n` executions started. */
  transition(machine: string, type: 'STANDARD' | 'EXPRESS', n: number): void {
    const counts = type === 'STANDARD' ? this.reading.transitions : this.reading.express;
    counts[machine] = (counts[machine] ?? 0) + n;
  }

  /** One call with the read and write request units it consumed. */
  dynamodb(rru: number, wru: number): void {
    this.reading.dynamodb.rru += rru;
    this.reading.dynamodb.wru += wru;
    this.reading.dynamodb.calls += 1;
  }

  /** One mail to one recipient handed to SES. */
  mail(): void {
    this.reading.mail += 1;
  }

  /** One request to the HTTP API. */
  http(): void {
    this.reading.http += 1;
  }

  /** One call of an AWS operation, whoever made it. */
  call(service: string, operation: string): void {
    const operations = this.reading.calls[service] ?? {};
    operations[operation] = (operations[operation] ?? 0) + 1;
    this.reading.calls[service] = operations;
  }

  read(): MeterReading {
    return structuredClone(this.reading);
  }

  reset(): void {
    this.reading = empty();
  }
}

const empty = (): MeterReading => ({
  functions: {},
  transitions: {},
  express: {},
  dynamodb: { rru: 0, wru: 0, calls: 0 },
  mail: 0,
  http: 0,
  calls: {},
});
