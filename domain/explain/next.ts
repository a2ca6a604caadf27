import { PROMISE_WORDS } from '../clock/promise-words.ts';
import type { SlipCause } from '../clock/slip.ts';
import { type DueRung, type Standing, standing } from '../clock/standing.ts';
import type { Group, Policy } from '../policy.ts';
import { assertNever } from '../support/exhaustive.ts';
import type { Instant } from '../support/time.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { PROMISE_KINDS, type PromiseKind, type Requester } from '../ticket/ticket.ts';
import { placeOf } from './places.ts';
import { waitedFor } from './waited-for.ts';

/** What happens by itself, if nobody does anything. */
export interface NextAct {
  at: Instant;
  what: string;
  /** The rule, with the version that it is promised by. */
  rule: string;
}

/**
 * In the order of their times. A rung that was pulled forward or put off says why.
 *
 * @param customer whose daytime counts; of somebody unknown it is that of the desk
 */
export const explainNext = (
  events: readonly TicketEvent[],
  policy: Policy,
  now: Instant,
  customer: Pick<Requester, 'timeZone'> = {},
): NextAct[] => {
  const stands = standing(events, policy, now);
  const acts: NextAct[] = [
    ...PROMISE_KINDS.flatMap((kind) => runsOut(kind, stands)),
    ...rungActs([...stands.due, ...stands.ahead], placeOf(events)?.group, stands, policy),
    ...stands.notices.map(({ agent, rung, promise, at }) => ({
      at,
      what: `${agent} is told about the ${PROMISE_WORDS[promise]}: their quiet hours are over.`,
      rule: `ladder.${rung}@${policy.version}`,
    })),
    ...tellsCustomer(stands, policy),
    ...waitedFor(events, policy, { waitEndsAt: stands.waitEndsAt, now, customer }),
  ];
  if (acts.length === 0 && stands.lookAgainAt !== undefined)
    acts.push({
      at: stands.lookAgainAt,
      what: 'The ticket is looked at again, whatever happens.',
      rule: `look-again-at-least@${policy.version}`,
    });
  return acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

const runsOut = (kind: PromiseKind, { promises }: Standing): NextAct[] => {
  const promise = promises[kind];
  if (promise?.state !== 'running') return [];
  const { dueAt, version, row } = promise;
  return [
    {
      at: dueAt,
      what: `The ${PROMISE_WORDS[kind]} is due; from then on it is late.`,
      rule: `targets.${row}@${version}`,
    },
  ];
};

/** What the customer will be told, or has to be told now, of times that were not kept. */
const tellsCustomer = ({ slips, slipsAhead }: Standing, { version }: Pick<Policy, 'version'>): NextAct[] =>
  [...slips, ...slipsAhead].map(({ promise, dueAt, cause, until }) => ({
    at: dueAt,
    what: `The customer is told that ${wordsOfSlip(cause, promise)}${insteadOf(cause, until)}.`,
    rule: `clock.tell-customer-when-late@${version}`,
  }));

const wordsOfSlip = (cause: SlipCause, promise: PromiseKind): string => {
  if (cause === 'late') return `the ${PROMISE_WORDS[promise]} is late`;
  return `the ${PROMISE_WORDS[promise]} takes longer than a mail said`;
};

const insteadOf = (cause: SlipCause, until: Instant | undefined): string => {
  if (until === undefined) return '';
  return cause === 'on-hold'
    ? `, and that somebody looks again by ${until}`
    : `, and that they hear from the desk by ${until}`;
};

/** Each rung where those before it will have left the ticket; before triage nobody knows where that is. */
const rungActs = (
  rungs: readonly DueRung[],
  placedIn: string | undefined,
  { promises }: Standing,
  policy: Pick<Policy, 'groups'>,
): NextAct[] => {
  let group = placedIn === undefined ? undefined : policy.groups[placedIn];
  return rungs.map((due) => {
    const { rung, promise, at, dueAt, unacknowledged, rested } = due;
    const words = wordsOf(due, group);
    const stays = due.placedByHand !== undefined || due.placedAlready === true;
    if (rung.act.kind === 'move' && !stays && group?.next !== undefined) group = policy.groups[group.next];
    const why = [
      unacknowledged === undefined ? '' : ` Early, as nobody acknowledged "${unacknowledged}".`,
      rested === true ? ' Put off, as somebody acknowledged the rung below it.' : '',
    ].join('');
    return {
      at,
      what: `${words}: the ${PROMISE_WORDS[promise]} is due at ${dueAt}.${why}`,
      rule: `ladder.${rung.id}@${promises[promise]?.version ?? 'none'}`,
    };
  });
};

const wordsOf = ({ rung: { act, tell }, ...due }: DueRung, group: Group | undefined): string => {
  const { placedByHand, placedAlready } = due;
  const named = (who: 'lead' | 'manager'): string => (group === undefined ? who : `${who} (${group[who]})`);
  const also = tell === undefined ? '' : `, and the ${named(tell)} is told`;
  switch (act.kind) {
    case 'warn':
      return `The ${act.who} is warned${also}`;
    case 'move':
      if (placedByHand !== undefined)
        return `The ticket stays where ${placedByHand.by} put it at ${placedByHand.at}, and whoever has it and the ${named('lead')} are told`;
      if (placedAlready === true)
        return `The ticket stays where another step places it at that moment, and whoever has it is told${also}`;
      if (group === undefined) return `The ticket moves to the next group of its path${also}`;
      return group.next === undefined
        ? `The ticket stays, as no group follows ${group.id}, and the ${named('lead')} is called`
        : `The ticket moves from ${group.id} to ${group.next}${also}`;
    case 'call':
      return `The ${named(act.who)} is called${also}`;
    default:
      return assertNever(act);
  }
};
