import type { Instant } from '../support/time.ts';
import type { ClockFact } from './clock-note.ts';

/** Where reports find what was decided about promises. */
export interface ClockFacts {
  /** Keeps a note; true when it tells of a decision for the first time. The stream may bring its event again. */
  keep(fact: ClockFact): Promise<boolean>;
  /** The clocks that began, were decided or (high-priority resolutions) fell due within `from` ≤ t < `to`, each once. */
  between(from: Instant, to: Instant): Promise<ClockFact[]>;
}

/** The times under which a clock is looked for: its start, its decision and, for the objective, when it was due. */
export const keptUnder = (fact: ClockFact): Instant[] => [
  ...new Set([
    fact.startedAt,
    ...(fact.decidedAt === undefined ? [] : [fact.decidedAt]),
    ...(isOfObjective(fact) ? [fact.dueAt] : []),
  ]),
];

/** Whether a clock counts for the objective: a resolution of a ticket that was P1 or P2 at some time. */
export const isOfObjective = ({ promise, high, outcome }: ClockFact): boolean =>
  promise === 'resolution' && high && (outcome === 'met' || outcome === 'breached');

/** Of several notes about one clock, the last. */
export const latestOf = (facts: readonly ClockFact[]): ClockFact[] => {
  const latest = new Map<string, ClockFact>();
  for (const fact of facts) {
    const key = `${fact.ticketId} ${fact.clock}`;
    if ((latest.get(key)?.version ?? -1) < fact.version) latest.set(key, fact);
  }
  return [...latest.values()];
};
