import { fold } from '../clock/fold.ts';
import { type DueRung, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import { type Instant, millis } from '../support/time.ts';
import type { EventOf, Stays, TicketEvent } from '../ticket/event.ts';
import type { Priority } from '../ticket/ticket.ts';
import { PROMPT, policyAt, policyBefore, type Step } from './audit-steps.ts';
import type { Disagreement } from './audited.ts';
import { inWords } from './words.ts';

/** Rungs that were climbed without being due, twice, late, or not at all, or that say of their promise what it is not. */
export const rungDoubts = (
  steps: readonly Step[],
  events: readonly TicketEvent[],
  policy: Policy,
  now: Instant,
): Disagreement[] => {
  let since: Since = new Map();
  const doubts = steps.flatMap((step) => {
    const inForce = policyAt(policy, step.added[0]?.policy);
    const before = policyBefore(policy, step);
    const due = step.earlier.length === 0 ? [] : standing(step.earlier, before, step.at).due;
    const found = ofStep(step, due, since, before);
    since = dueSince(standing([...step.earlier, ...step.added], inForce, step.at).due, due, since, step.at);
    return found;
  });
  const missing = standing(events, policyAt(policy, events.at(-1)?.policy), now)
    .due.filter((rung) => millis(now) - millis(fromWhen(rung, since)) > PROMPT)
    .map((rung) => missed(rung, since, now));
  return [...doubts, ...missing];
};

/** From when on a rung could be climbed, where that is later than its own time. */
type Since = ReadonlyMap<string, Instant>;

const nameOf = ({ promise, rung, dueAt }: DueRung): string => `${promise} ${rung.id} ${dueAt}`;

const fromWhen = (rung: DueRung, since: Since): Instant => since.get(nameOf(rung)) ?? rung.at;

/**
 * What makes a rung due after its time is a change: a higher priority, or a hand-over that ends the rest of whoever had
 * acknowledged. Nobody could climb it before.
 */
const dueSince = (after: readonly DueRung[], before: readonly DueRung[], since: Since, at: Instant): Since =>
  new Map(
    after.map((rung) => {
      const known = before.find((each) => nameOf(each) === nameOf(rung));
      return [nameOf(rung), known === undefined ? at : fromWhen(known, since)];
    }),
  );

const ofStep = (
  { at, earlier, added }: Step,
  due: readonly DueRung[],
  since: Since,
  policy: Policy,
): Disagreement[] => {
  const climbed = added.filter(isRung);
  const doubts = climbed.flatMap((event): Disagreement[] => {
    const owed = due.find(({ promise, rung }) => promise === event.promise && rung.id === event.rung);
    const what = `rung ${event.rung} (${event.promise})`;
    if (owed === undefined)
      return [{ what, at, stored: `climbed at ${at}`, recomputed: whyNot(event, earlier, policy) }];
    const late = millis(at) - millis(fromWhen(owed, since));
    return [
      ...(late > PROMPT
        ? [
            {
              what,
              at,
              stored: `climbed at ${at}, ${inWords(late)} late`,
              recomputed: `due at ${fromWhen(owed, since)}`,
            },
          ]
        : []),
      ...saidOtherwise(event, owed, what),
      ...askedOtherwise(event, owed, fold(earlier, policy).priority, what),
    ];
  });
  if (climbed.length > 0) return doubts;
  // Something else happened while a rung waited to be climbed.
  return due
    .filter((rung) => millis(at) - millis(fromWhen(rung, since)) > PROMPT)
    .map((rung) => missed(rung, since, at));
};

/** What the event says of its promise and of what it did, against the rung that it stands for. */
const saidOtherwise = (event: Climbed, owed: DueRung, what: string): Disagreement[] => {
  const { at } = event;
  const { rung, dueAt } = owed;
  const wrong = (field: string, stored: string, recomputed: string): Disagreement[] =>
    stored === recomputed ? [] : [{ what: `${what} ${field}`, at, stored, recomputed }];
  const moves = event.type === 'escalated' && event.toGroup !== undefined;
  const stays = event.type === 'escalated' ? event.stays : undefined;
  const kept = keptInPlace(owed);
  const owedStay = rung.act.kind !== 'move' || moves ? 'no' : (kept ?? 'end-of-path');
  return [
    ...wrong('dueAt', event.dueAt, dueAt),
    ...wrong('by', event.by, `rule:ladder.${rung.id}@${event.policy}`),
    ...wrong('act', event.type, rung.act.kind === 'warn' ? 'warned' : 'escalated'),
    ...wrong('stays', stays ?? 'no', owedStay),
    ...(moves && (rung.act.kind !== 'move' || kept !== undefined)
      ? [{ what: `${what} toGroup`, at, stored: event.toGroup ?? '', recomputed: 'it moves nothing' }]
      : []),
  ];
};

/** Why a rung that moves tickets had to leave this one where it was, as far as the ledger tells: not the end of its path. */
const keptInPlace = ({ placedByHand, placedAlready }: DueRung): Stays | undefined => {
  if (placedByHand !== undefined) return 'placed-by-hand';
  return placedAlready === true ? 'placed-already' : undefined;
};

/** By when somebody had to acknowledge it, counted from when the first of them could have read it. */
const askedOtherwise = (
  { at, told, held = [], acknowledge }: Climbed,
  { rung }: DueRung,
  priority: Priority,
  what: string,
): Disagreement[] => {
  const [earliest] = held.map(({ until }) => until).sort();
  const within = rung.acknowledgeWithin?.[priority];
  const owed = within === undefined ? 'nobody' : `within ${within} from ${told.length > 0 ? at : (earliest ?? at)}`;
  const asked = acknowledge === undefined ? 'nobody' : `within ${acknowledge.within} from ${acknowledge.from}`;
  return asked === owed ? [] : [{ what: `${what} acknowledge`, at, stored: asked, recomputed: owed }];
};

type Climbed = EventOf<'warned'> | EventOf<'escalated'>;

const isRung = (event: TicketEvent): event is Climbed => event.type === 'warned' || event.type === 'escalated';

const missed = (rung: DueRung, since: Since, by: Instant): Disagreement => ({
  what: `rung ${rung.rung.id} (${rung.promise})`,
  at: by,
  stored: `not climbed by ${by}`,
  recomputed: `due at ${fromWhen(rung, since)}`,
});

const whyNot = ({ promise, rung }: Climbed, earlier: readonly TicketEvent[], policy: Policy): string => {
  const at = earlier.at(-1)?.at ?? '';
  const ahead = standing(earlier, policy, at).ahead.find((each) => each.promise === promise && each.rung.id === rung);
  if (ahead !== undefined) return `due at ${ahead.at}`;
  const before = earlier.some((event) => isRung(event) && event.promise === promise && event.rung === rung);
  return before ? 'climbed before' : 'not owed';
};
