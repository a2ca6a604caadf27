import { type ClockFacts, keptUnder } from '../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';

/** What was decided about promises, by ticket and clock, in a map a test can look into. */
export const fakeClockFacts = (clocks: Map<string, ClockFact>): ClockFacts => ({
  keep: async (fact) => {
    const key = `${fact.ticketId} ${fact.clock}`;
    const before = clocks.get(key);
    if ((before?.version ?? -1) >= fact.version) return false;
    clocks.set(key, structuredClone(fact));
    return fact.decidedAt !== undefined && before?.decidedAt !== fact.decidedAt;
  },
  between: async (from, to) =>
    [...clocks.values()].filter((fact) => keptUnder(fact).some((at) => at >= from && at < to)),
});
