import { decodeTime } from 'ulidx';
import { standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import { type Instant, instant, MINUTE, millis, SECOND } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import { policyAt, type Step } from './audit-steps.ts';
import type { Audited, Disagreement } from './audited.ts';
import { inWords } from './words.ts';

/** Two functions' clocks are never quite the same. */
const SKEW = 10 * SECOND;

/** The id of an event is made by the clock of the function; what a timer does is dated at the timer's own instant. */
const ID_BEFORE = MINUTE;
const ID_AFTER = 16 * MINUTE;

/** Whether the ledger is whole and in order: no event is missing, doubled, of another ticket, or dated otherwise. */
export const orderDoubts = (
  ticket: Audited,
  events: readonly TicketEvent[],
  steps: readonly Step[],
  policy: Policy,
): Disagreement[] => {
  const [first] = events;
  const strange = events.filter(({ ticketId }) => ticketId !== ticket.id);
  const doubles = events.length - new Set(events.map(({ id }) => id)).size;
  return [
    ...(first?.type === 'opened'
      ? []
      : [{ what: 'ledger', stored: `begins with ${first?.type ?? 'nothing'}`, recomputed: 'begins with opened' }]),
    ...strange.map((event) => ({
      what: `event ${event.id}`,
      stored: event.ticketId,
      recomputed: ticket.id,
      at: event.at,
    })),
    ...(doubles === 0 ? [] : [{ what: 'ledger', stored: `${doubles} events twice`, recomputed: 'every event once' }]),
    ...openingDoubts(ticket, first),
    ...events.flatMap(stampDoubts),
    ...steps.flatMap((step) => datedDoubts(step)),
    ...gapDoubts(steps, policy),
    ...cycleDoubts(steps),
    ...endDoubts(ticket, events, policy),
  ];
};

const openingDoubts = (ticket: Audited, first: TicketEvent | undefined): Disagreement[] => {
  if (first?.type !== 'opened') return [];
  return [
    ...(ticket.createdAt === first.at ? [] : [{ what: 'createdAt', stored: ticket.createdAt, recomputed: first.at }]),
    ...(ticket.channel === first.channel
      ? []
      : [{ what: 'channel', stored: ticket.channel, recomputed: first.channel }]),
  ];
};

/** What an event says of its own time and rule against what its id and its policy say of them. */
const stampDoubts = (event: TicketEvent): Disagreement[] => {
  const { id, type, at, by, policy } = event;
  const made = madeAt(id);
  const apart = made === undefined ? 0 : made - millis(at);
  const ruledBy = by.startsWith('rule:') ? /@([^@]*)$/.exec(by)?.[1] : policy;
  return [
    ...(apart < -ID_BEFORE || apart > ID_AFTER || made === undefined
      ? [
          {
            what: `${type}.at`,
            at,
            stored: at,
            recomputed: made === undefined ? `no id ${id}` : `written at ${instant(made)}`,
          },
        ]
      : []),
    ...(ruledBy === policy ? [] : [{ what: `${type}.policy`, at, stored: policy, recomputed: ruledBy ?? 'none' }]),
    ...(event.type !== 'replied' || by === `agent:${event.agent}`
      ? []
      : [{ what: 'replied.agent', at, stored: event.agent, recomputed: by }]),
  ];
};

/** The time in a ULID, in milliseconds since the epoch; undefined for what is none as the desk writes it. */
const madeAt = (ulid: string): number | undefined =>
  /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(ulid) ? decodeTime(ulid) : undefined;

/** What one change did has one time, and it is not before what came before it. */
const datedDoubts = ({ at, earlier, added }: Step): Disagreement[] => {
  const last = earlier.at(-1)?.at;
  return [
    ...added
      .filter((event) => event.at !== at)
      .map((event) => ({ what: `${event.type}.at`, at: event.at, stored: event.at, recomputed: at })),
    ...(last === undefined || millis(last) - millis(at) <= SKEW
      ? []
      : [
          {
            what: `${added[0]?.type ?? 'event'}.at`,
            at,
            stored: `${at}, ${inWords(millis(last) - millis(at))} before what came before it`,
            recomputed: `not before ${last}`,
          },
        ]),
  ];
};

/**
 * Each change counts the version up by one. One without an event is a timer that looked and found nothing to do, where a
 * look had come due; or it hands over the token of a question, or marks the ticket of which another is a part.
 */
const gapDoubts = (steps: readonly Step[], policy: Policy): Disagreement[] =>
  steps.flatMap(({ at, earlier, added }) => {
    const [last, next] = [earlier.at(-1), added[0]];
    const from = last?.version ?? 0;
    const missing = (next?.version ?? 0) - from - 1;
    if (missing <= 0 || (last !== undefined && isLookedAt(earlier, policy, at))) return [];
    return [{ what: 'ledger', at, stored: `nothing of ${versions(from + 1, missing)}`, recomputed: 'every change' }];
  });

const versions = (first: number, count: number): string =>
  count === 1 ? `version ${first}` : `versions ${first} to ${first + count - 1}`;

const LEAVES_NOTHING: ReadonlySet<EventType> = new Set(['survey-sent', 'merged']);

/** Whether there may have been a change without an event before `by`. */
const isLookedAt = (events: readonly TicketEvent[], policy: Policy, by: Instant): boolean => {
  const last = events.at(-1);
  if (last === undefined) return false;
  if (events.some(({ type }) => LEAVES_NOTHING.has(type))) return true;
  const { lookAgainAt } = standing(events, policyAt(policy, last.policy), last.at);
  return lookAgainAt === undefined || lookAgainAt <= by;
};

/** A reopening begins a cycle, and nothing else does. */
const cycleDoubts = (steps: readonly Step[]): Disagreement[] => {
  let cycle = 1;
  return steps.flatMap(({ at, added }) => {
    cycle += added.filter(({ type }) => type === 'reopened').length;
    const is = cycle;
    return added
      .filter((event) => event.cycle !== is)
      .map((event) => ({ what: `${event.type}.cycle`, at, stored: String(event.cycle), recomputed: String(is) }));
  });
};

const endDoubts = ({ version, updatedAt }: Audited, events: readonly TicketEvent[], policy: Policy): Disagreement[] => {
  const last = events.at(-1);
  if (last === undefined) return [];
  if (version < last.version)
    return [{ what: 'version', stored: String(version), recomputed: `at least ${last.version}` }];
  if (version > last.version && !isLookedAt(events, policy, updatedAt))
    return [{ what: 'version', stored: String(version), recomputed: String(last.version) }];
  const agrees = version === last.version ? updatedAt === last.at : updatedAt >= last.at;
  return agrees
    ? []
    : [
        {
          what: 'updatedAt',
          stored: updatedAt,
          recomputed: version === last.version ? last.at : `not before ${last.at}`,
        },
      ];
};
