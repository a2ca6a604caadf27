import type { Execution, Executions, Filter } from './executions.ts';
import type { HistoryEvent } from './history.ts';
import { nextDue } from './snapshot.ts';

const KEPT = 500;

/** Express executions, in memory only: AWS keeps no state of them between steps. The latest ended ones stay visible. */
export class RememberedExecutions implements Executions {
  private readonly records = new Map<string, { execution: Execution; events: HistoryEvent[] }>();
  private readonly running = new Set<string>();

  insert(execution: Execution, events: readonly HistoryEvent[]): void {
    this.records.set(execution.arn, { execution, events: [...events] });
    this.running.add(execution.arn);
    for (const arn of this.records.keys()) {
      if (this.records.size <= KEPT) break;
      if (!this.running.has(arn)) this.records.delete(arn);
    }
  }

  update(execution: Execution, events: readonly HistoryEvent[]): void {
    const record = this.records.get(execution.arn);
    if (!record) return;
    record.execution = execution;
    for (const event of events) record.events.push(event);
    if (execution.status !== 'RUNNING') this.running.delete(execution.arn);
  }

  get(arn: string): Execution | undefined {
    return this.records.get(arn)?.execution;
  }

  delete(arn: string): void {
    this.records.delete(arn);
    this.running.delete(arn);
  }

  history(arn: string): HistoryEvent[] {
    return this.records.get(arn)?.events ?? [];
  }

  list({ machineArn, status, name, limit, offset }: Filter): Execution[] {
    const found = [...this.records.values()]
      .map(({ execution }) => execution)
      .filter((execution) => machineArn === undefined || execution.machineArn === machineArn)
      .filter((execution) => name === undefined || execution.name === name)
      .filter((execution) => status === undefined || execution.status === status)
      .reverse();
    const from = offset ?? 0;
    return found.slice(from, limit === undefined ? undefined : from + limit);
  }

  nextDue(): number | undefined {
    let earliest: number | undefined;
    for (const arn of this.running) {
      const due = this.dueOf(arn);
      if (due !== undefined && (earliest === undefined || due < earliest)) earliest = due;
    }
    return earliest;
  }

  due(now: number): string[] {
    return [...this.running].filter((arn) => (this.dueOf(arn) ?? Number.POSITIVE_INFINITY) <= now);
  }

  busy(): string[] {
    return [];
  }

  private dueOf(arn: string): number | undefined {
    const record = this.records.get(arn);
    return record && nextDue(record.execution.snapshot);
  }
}
