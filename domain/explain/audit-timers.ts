import { fold } from '../clock/fold.ts';
import { type Slip, type Standing, standing } from '../clock/standing.ts';
import type { Policy } from '../policy.ts';
import { type Instant, millis } from '../support/time.ts';
import type { TicketEvent } from '../ticket/event.ts';
import type { Status } from '../ticket/ticket.ts';
import { isRecount, PROMPT, policyAt, policyBefore, type Step } from './audit-steps.ts';
import type { Disagreement } from './audited.ts';

/**
 * What timers do beside the ladder, and what customers are told of times: they hear of a late reply, a silent one is reminded
 * and let go, a hold ends. Done without being due, late, with other times than those that were due, or not at all.
 */
export const timerDoubts = (
  steps: readonly Step[],
  events: readonly TicketEvent[],
  policy: Policy,
  now: Instant,
): Disagreement[] => {
  let lateSince: LateSince = new Map();
  let recountedAt: Instant | undefined;
  const doubts = steps.flatMap((step) => {
    const { at, earlier, added } = step;
    if (earlier.length === 0) return [];
    const inForce = policyAt(policy, added[0]?.policy);
    const before = policyBefore(policy, step);
    const stands = standing(earlier, before, at);
    const found = [
      ...acknowledgedOtherwise(stands, added, at),
      ...slipsOf(stands, lateSince, added, at),
      ...waitOf(stands, fold(earlier, before).status, recountedAt, added, at),
    ];
    if (isRecount(added)) recountedAt = at;
    lateSince = lateFrom(standing([...earlier, ...added], inForce, at), stands, lateSince, at);
    return found;
  });
  const present = policyAt(policy, events.at(-1)?.policy);
  const last = standing(events, present, now);
  return [
    ...doubts,
    ...slipsOf(last, lateSince, [], now),
    ...waitOf(last, fold(events, present).status, recountedAt, [], now),
  ];
};

/** The time that the first mail told the customer. */
const acknowledgedOtherwise = ({ promises }: Standing, added: readonly TicketEvent[], at: Instant): Disagreement[] => {
  const told = added.find((event) => event.type === 'acknowledged');
  const due = promises.firstReply?.dueAt;
  return told?.type !== 'acknowledged' || told.promised === undefined || told.promised === due
    ? []
    : [{ what: 'acknowledged.promised', at, stored: told.promised, recomputed: due ?? 'nothing promised' }];
};

/** From when on a customer could be told of a time that was not kept, where that is later than the time itself. */
type LateSince = ReadonlyMap<string, Instant>;

const timeOf = ({ promise, dueAt }: Pick<Slip, 'promise' | 'dueAt'>): string => `${promise} ${dueAt}`;

/** It may have been made late by a change, as a higher priority does: then nobody could have told it before. */
const lateFrom = (after: Standing, before: Standing, since: LateSince, at: Instant): LateSince =>
  new Map(
    after.slips.map((slip) => {
      const known = before.slips.some((each) => timeOf(each) === timeOf(slip));
      return [timeOf(slip), known ? (since.get(timeOf(slip)) ?? slip.dueAt) : at];
    }),
  );

/** Each time that was not kept is told in the change that found it, with what was promised instead, and no other is. */
const slipsOf = ({ slips }: Standing, since: LateSince, added: readonly TicketEvent[], at: Instant): Disagreement[] => {
  const what = 'promise-slipped';
  const told = added.filter((event) => event.type === 'promise-slipped');
  const missed = slips
    .filter(({ promise }) => !told.some((event) => event.promise === promise))
    .map((slip) => since.get(timeOf(slip)) ?? slip.dueAt)
    .filter((from) => isLate(from, at))
    .map((from) => ({ what, at, stored: `not told by ${at}`, recomputed: `late since ${from}` }));
  const wrong = told.flatMap((event): Disagreement[] => {
    const slip = slips.find(({ promise }) => promise === event.promise);
    if (slip === undefined) return [{ what, at, stored: `told at ${at}`, recomputed: 'nothing was late' }];
    const from = since.get(timeOf(slip)) ?? slip.dueAt;
    const stored = { dueAt: event.dueAt, until: event.until ?? 'none', cause: event.cause ?? 'late' };
    const owed = { dueAt: slip.dueAt, until: slip.until ?? 'none', cause: slip.cause };
    return [
      ...(isLate(from, at) ? [{ what, at, stored: `told at ${at}`, recomputed: `late since ${from}` }] : []),
      ...(['dueAt', 'until', 'cause'] as const)
        .filter((field) => stored[field] !== owed[field])
        .map((field) => ({ what: `${what}.${field}`, at, stored: stored[field], recomputed: owed[field] })),
    ];
  });
  return [...missed, ...wrong];
};

/**
 * What is due in a wait for the customer or for a third party, by the ticket as it stood before. A wait that a new version
 * had ended already when the ticket was recounted ends then.
 */
const waitOf = (
  { waitEndsAt, silent }: Standing,
  status: Status,
  recountedAt: Instant | undefined,
  added: readonly TicketEvent[],
  at: Instant,
): Disagreement[] => {
  const done = added.find(isOfTimer);
  if ((status !== 'pending' && status !== 'on-hold') || waitEndsAt === undefined)
    return done === undefined ? [] : [{ what: done.type, at, stored: `at ${at}`, recomputed: 'nobody was waited for' }];
  const from = recountedAt !== undefined && recountedAt > waitEndsAt ? recountedAt : waitEndsAt;
  const owed =
    status === 'on-hold' ? 'resumed' : silent !== undefined && silent.reminders >= silent.most ? 'closed' : 'reminded';
  if (done === undefined)
    return isLate(from, at)
      ? [{ what: owed, at, stored: `not done by ${at}`, recomputed: `due at ${waitEndsAt}` }]
      : [];
  if (done.type !== owed) return [{ what: done.type, at, stored: `at ${at}`, recomputed: `${owed} at ${waitEndsAt}` }];
  return at < waitEndsAt || isLate(from, at)
    ? [{ what: owed, at, stored: `at ${at}`, recomputed: `due at ${waitEndsAt}` }]
    : [];
};

const isLate = (due: Instant, at: Instant): boolean => millis(at) - millis(due) > PROMPT;

const isOfTimer = (event: TicketEvent): boolean =>
  event.type === 'reminded' ||
  (event.type === 'closed' && event.how === 'customer-silent') ||
  (event.type === 'resumed' && event.by.startsWith('rule:hold.review@'));
