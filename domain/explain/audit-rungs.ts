import { type DueRung, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import { type Instant, millis, SECOND } from '../support/time.ts';
import type { EventOf, TicketEvent } from '../ticket/event.ts';
import { type Disagreement, policyAt } from './audit.ts';
import { inWords } from './words.ts';

/** One change: the ledger before it, and what it added at one moment. */
export interface Step {
  at: Instant;
  earlier: readonly TicketEvent[];
  added: readonly TicketEvent[];
}

/** The timer of a rung, the function that climbs it and the write take this long at most. */
const PROMPT = 10 * SECOND;

/** Rungs that were climbed without being due, twice, late, or not at all. */
export const rungDoubts = (
  steps: readonly Step[],
  events: readonly TicketEvent[],
  policy: Policy,
  now: Instant,
): Disagreement[] => {
  const doubts = steps.flatMap((step) => ofStep(step, policyAt(policy, step.added[0]?.policy)));
  const missing = standing(events, policyAt(policy, events.at(-1)?.policy), now)
    .due.filter(({ at }) => millis(now) - millis(at) > PROMPT)
    .map((rung) => missed(rung, now));
  return [...doubts, ...missing];
};

const ofStep = ({ at, earlier, added }: Step, policy: Policy): Disagreement[] => {
  const climbed = added.filter(isRung);
  if (earlier.length === 0) return [];
  const { due } = standing(earlier, policy, at);
  const same = (event: EventOf<'warned'> | EventOf<'escalated'>) => (rung: DueRung) =>
    rung.promise === event.promise && rung.rung.id === event.rung;
  const doubts = climbed.flatMap((event): Disagreement[] => {
    const owed = due.find(same(event));
    const what = `rung ${event.rung} (${event.promise})`;
    if (owed === undefined)
      return [{ what, at, stored: `climbed at ${at}`, recomputed: whyNot(event, earlier, policy) }];
    const late = millis(at) - millis(owed.at);
    return late > PROMPT
      ? [{ what, at, stored: `climbed at ${at}, ${inWords(late)} late`, recomputed: `due at ${owed.at}` }]
      : [];
  });
  if (climbed.length > 0) return doubts;
  // Something else happened while a rung waited to be climbed.
  return due.filter((rung) => millis(at) - millis(rung.at) > PROMPT).map((rung) => missed(rung, at));
};

const isRung = (event: TicketEvent): event is EventOf<'warned'> | EventOf<'escalated'> =>
  event.type === 'warned' || event.type === 'escalated';

const missed = ({ rung, promise, at }: DueRung, by: Instant): Disagreement => ({
  what: `rung ${rung.id} (${promise})`,
  at: by,
  stored: `not climbed by ${by}`,
  recomputed: `due at ${at}`,
});

const whyNot = (
  { promise, rung }: EventOf<'warned'> | EventOf<'escalated'>,
  earlier: readonly TicketEvent[],
  policy: Policy,
): string => {
  const at = earlier.at(-1)?.at ?? '';
  const ahead = standing(earlier, policy, at).ahead.find((each) => each.promise === promise && each.rung.id === rung);
  if (ahead !== undefined) return `due at ${ahead.at}`;
  const before = earlier.some((event) => isRung(event) && event.promise === promise && event.rung === rung);
  return before ? 'climbed before' : 'not owed';
};
