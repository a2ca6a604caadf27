import type { Policy } from '../policy.ts';
import { millis } from '../support/time.ts';
import type { EventOf, TicketEvent } from '../ticket/event.ts';
import type { PromiseKind, TicketId } from '../ticket/ticket.ts';
import { addWorkingTime } from './calendar.ts';
import type { History, Slot } from './history.ts';
import { reckon } from './reckon.ts';
import { targetFor } from './targets.ts';
import { rulesOf, rulesSince } from './versions.ts';

/**
 * Takes over what another ticket had promised (nothing is lost by merging). Of two promises of one
 * kind the one that is due sooner is kept; the other is put aside, for when the merge is undone. A carried promise keeps
 * the row it was made by and the time it has run; of this ticket's pauses only those after it came count.
 */
export const takeOver = (
  history: History,
  event: EventOf<'merged'> | EventOf<'message-moved'>,
  at: number,
  policy: Policy,
): void => {
  const from = event.type === 'merged' ? event.from : undefined;
  const message = event.type === 'message-moved' ? { message: event.message } : {};
  for (const carried of event.carries ?? []) {
    const kind: PromiseKind = carried.as === 'resolution' ? 'resolution' : 'nextReply';
    const rules = rulesOf(policy, carried.policy ?? event.policy);
    const slot: Slot = {
      kind,
      startedAt: millis(carried.since),
      startedBy: event.type,
      startedByEvent: event.id,
      rules,
      row: rules.targets.find(({ id }) => id === carried.row) ?? targetFor(rules, history),
      climbed: new Set(),
      ...message,
      ...(carried.saidBy === undefined ? {} : { saidBy: millis(carried.saidBy) }),
      carried: {
        as: carried.as,
        until: at,
        pausedMs: carried.pausedMs,
        ...(from === undefined ? {} : { from }),
      },
    };
    const due = runsOutAt(slot, history, at);
    if (due === undefined) continue;
    const sooner = rivalsOf(kind, history).find((rival) => isSooner(rival, due, history, at));
    if (sooner !== undefined) {
      lendSaid(sooner, slot, from, history);
      continue;
    }
    const replaced = history.slots.find((open) => open.kind === kind);
    if (from !== undefined) history.putAside.push({ from, kind, ...(replaced && { replaced }) });
    history.slots = [...history.slots.filter((open) => open !== replaced), slot];
  }
};

/** The time that a mail named counts on, whichever promise is kept: whoever was told it waits for one answer. */
const lendSaid = (kept: Slot, { saidBy }: Slot, from: TicketId | undefined, history: History): void => {
  if (saidBy === undefined || from === undefined || saidBy >= (kept.saidBy ?? Infinity)) return;
  history.putAside.push({ from, kind: kept.kind, lent: { to: kept, before: kept.saidBy, saidBy } });
  kept.saidBy = saidBy;
};

/** Whatever answers the customer keeps every promise of a reply. */
const rivalsOf = (kind: PromiseKind, { slots }: History): Slot[] =>
  slots.filter((open) => open.endedAt === undefined && (open.kind === 'resolution') === (kind === 'resolution'));

/** When it is due if the clock runs from now on: promises that stand still are compared by what is left of them. */
const runsOutAt = (slot: Slot, history: History, at: number): number | undefined => {
  const now = reckon(slot, history, at);
  if (now?.promise.state !== 'paused') return now?.dueAt;
  return addWorkingTime(at, now.targetMs - now.promise.usedMs, now.calendar);
};

const isSooner = (rival: Slot, due: number, history: History, at: number): boolean => {
  const rivalDue = runsOutAt(rival, history, at);
  return rivalDue !== undefined && rivalDue <= due;
};

/** A merge is undone: what came with it leaves, and what it had replaced stands again, kept if that was kept meanwhile. */
export const giveBack = (history: History, from: TicketId | undefined): void => {
  for (const { kind, replaced, lent } of history.putAside.filter((aside) => aside.from === from)) {
    if (lent !== undefined) {
      if (lent.to.saidBy === lent.saidBy) lent.to.saidBy = lent.before;
      continue;
    }
    const current = history.slots.find((open) => open.kind === kind && open.carried?.from === from);
    if (current === undefined) continue;
    history.slots = history.slots.filter((open) => open !== current);
    if (replaced === undefined) continue;
    if (replaced.endedAt === undefined && current.endedAt !== undefined && current.endedBy !== undefined) {
      replaced.endedAt = current.endedAt;
      replaced.endedBy = current.endedBy;
    }
    history.slots.push(replaced);
  }
  history.putAside = history.putAside.filter((aside) => aside.from !== from);
};

/** How it stood, so that undoing the merge brings it back: its promises then run on as if they had never stopped. */
export const remember = (history: History): void => {
  const { slots, pauses, status, waiting } = history;
  history.beforeMerge = {
    status,
    slots: slots.map((slot) => ({ ...slot, climbed: new Set(slot.climbed) })),
    pauses: pauses.map((pause) => ({ ...pause })),
    ...(waiting && { waiting: { ...waiting } }),
  };
};

export const recall = (history: History): void => {
  const { beforeMerge } = history;
  if (beforeMerge === undefined) return;
  delete history.waiting;
  Object.assign(history, beforeMerge);
  delete history.beforeMerge;
};

/**
 * Messages went to another ticket: a reply that was owed for them alone is owed no more, else it is another one, counted
 * from the earliest message left. Where a first reply is owed, that one answers whatever is left.
 */
export const letGo = (history: History, messages: readonly string[], event: TicketEvent, policy: Policy): void => {
  history.asked = history.asked.filter(({ message }) => !messages.includes(message));
  const next = history.slots.find(({ kind }) => kind === 'nextReply');
  if (next?.message === undefined || next.endedAt !== undefined || !messages.includes(next.message)) return;
  history.slots = history.slots.filter((open) => open !== next);
  const [earliest] = history.asked;
  const first = history.slots.find(({ kind }) => kind === 'firstReply');
  if (earliest === undefined || (first !== undefined && first.endedAt === undefined)) return;
  const { at, by, message } = earliest;
  const since = rulesSince(policy, by.policy, event.policy).findLast(({ applyToOpenTickets }) => applyToOpenTickets);
  const rules = since ?? rulesOf(policy, by.policy);
  history.slots.push({
    kind: 'nextReply',
    startedAt: at,
    startedBy: by.type,
    startedByEvent: by.id,
    rules,
    row: targetFor(rules, history),
    climbed: new Set(),
    message,
  });
};
