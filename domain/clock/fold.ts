import type { Policy } from '../policy.ts';
import { millis } from '../support/time.ts';
import { type EventOf, inOrder, type TicketEvent } from '../ticket/event.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import { giveBack, letGo, recall, remember, takeOver } from './carried.ts';
import type { History, Slot } from './history.ts';
import { reckon } from './reckon.ts';
import { targetFor, untriagedPriority } from './targets.ts';

/**
 * The present cycle from the whole ledger. A first reply and a resolution are owed from opening or reopening. The first
 * is met by the first public reply of a person. After it, the first customer message that nobody has answered starts
 * the next reply (FIELD.md pitfall 16). Resolving or closing ends whatever still runs.
 */
export const fold = (events: readonly TicketEvent[], policy: Policy): History => {
  const history: History = {
    channel: undefined,
    priority: untriagedPriority(policy),
    status: 'new',
    slots: [],
    pauses: [],
    asked: [],
    putAside: [],
  };
  let latest = Number.NEGATIVE_INFINITY;
  for (const event of inOrder(events)) {
    // Events are ordered by ticket version; a writer whose clock runs behind must not turn time back.
    latest = Math.max(latest, millis(event.at));
    apply(history, event, latest, policy);
  }
  return history;
};

const apply = (history: History, event: TicketEvent, at: number, policy: Policy): void => {
  switch (event.type) {
    case 'opened':
      history.channel = event.channel;
      beginCycle(history, event, event.since === undefined ? at : millis(event.since), policy);
      history.asked = [{ message: event.message, at }];
      if (event.answered === true) history.asked = [];
      if (event.answered === true) end(history, ['firstReply'], event, at);
      return;
    case 'triaged':
      history.priority = event.priority;
      if (history.status === 'new') history.status = 'open';
      retarget(history, at, policy);
      return;
    case 'reprioritised':
      history.priority = event.priority;
      retarget(history, at, policy);
      return;
    case 'replied':
      history.asked = [];
      end(history, ['firstReply', 'nextReply'], event, at);
      return;
    case 'transcribed':
      if (event.agent !== undefined) history.asked = [];
      if (event.agent !== undefined) end(history, ['firstReply', 'nextReply'], event, at);
      return;
    case 'customer-replied':
      history.asked.push({ message: event.message, at });
      askedAgain(history, event, at, policy);
      return;
    case 'paused':
      history.status = event.waitingFor === 'customer' ? 'pending' : 'on-hold';
      closePause(history, at);
      if (event.stopsClock) history.pauses.push({ from: at });
      history.waiting = { since: at, ...(event.until === undefined ? {} : { until: millis(event.until) }) };
      return;
    case 'resumed':
      history.status = 'open';
      closePause(history, at);
      return;
    case 'reminded':
      if (history.waiting !== undefined) history.waiting.remindedAt = at;
      return;
    case 'warned':
    case 'escalated':
      history.slots.find(({ kind }) => kind === event.promise)?.climbed.add(event.rung);
      return;
    case 'resolved':
    case 'closed':
      history.status = event.type;
      end(history, ['firstReply', 'nextReply', 'resolution'], event, at);
      closePause(history, at);
      return;
    case 'merged':
      if (event.into === undefined) {
        takeOver(history, event, at, policy);
        return;
      }
      remember(history);
      history.status = 'closed';
      end(history, ['firstReply', 'nextReply', 'resolution'], event, at);
      closePause(history, at);
      return;
    case 'unmerged':
      if (event.into === undefined) giveBack(history, event.from);
      else recall(history);
      return;
    case 'split':
      letGo(history, event.messages);
      return;
    case 'message-moved':
      if (event.to !== undefined) letGo(history, [event.message]);
      for (const { since } of event.carries ?? []) history.asked.push({ message: event.message, at: millis(since) });
      history.asked.sort((a, b) => a.at - b.at);
      takeOver(history, event, at, policy);
      return;
    case 'reopened':
      beginCycle(history, event, at, policy);
      history.status = 'open';
      return;
    case 'acknowledged':
    case 'assigned':
    case 'transferred':
    case 'noted':
    case 'linked':
    case 'unlinked':
    case 'deflected':
    case 'nobody-available':
    case 'recategorised':
    case 'labelled':
    case 'outage-detected':
    case 'outage-joined':
    case 'escalation-acknowledged':
    case 'reply-rated':
    case 'survey-sent':
    case 'survey-skipped':
    case 'survey-reminded':
    case 'survey-answered':
    case 'survey-expired':
    case 'remediation-opened':
    case 'remediation-contacted':
    case 'remediation-called':
    case 'remediation-closed':
    case 'mail-bounced':
    case 'not-sent':
    case 'identity-asked':
    case 'identity-linked':
    case 'identity-unlinked':
    case 'quarantined':
    case 'needs-human':
      return;
  }
};

const slot = (kind: PromiseKind, history: History, event: TicketEvent, at: number, policy: Policy): Slot => ({
  kind,
  startedAt: at,
  startedBy: event.type,
  row: targetFor(policy, history.channel, history.priority),
  climbed: new Set(),
});

const beginCycle = (history: History, event: TicketEvent, at: number, policy: Policy): void => {
  history.slots = [slot('firstReply', history, event, at, policy), slot('resolution', history, event, at, policy)];
  delete history.waiting;
  history.putAside = [];
};

const end = (history: History, kinds: readonly PromiseKind[], event: TicketEvent, at: number): void => {
  for (const open of history.slots) {
    if (!kinds.includes(open.kind) || open.endedAt !== undefined) continue;
    open.endedAt = at;
    open.endedBy = event.type;
  }
};

const askedAgain = (history: History, event: EventOf<'customer-replied'>, at: number, policy: Policy): void => {
  if (history.status === 'resolved' || history.status === 'closed') return;
  const first = history.slots.find(({ kind }) => kind === 'firstReply');
  const next = history.slots.find(({ kind }) => kind === 'nextReply');
  if (first?.endedAt === undefined || (next !== undefined && next.endedAt === undefined)) return;
  history.slots = history.slots.filter(({ kind }) => kind !== 'nextReply');
  history.slots.push({ ...slot('nextReply', history, event, at, policy), message: event.message });
};

const closePause = (history: History, at: number): void => {
  const open = history.pauses.at(-1);
  if (open !== undefined && open.to === undefined) open.to = at;
  delete history.waiting;
};

/**
 * Another priority gives every undecided promise the target of its new row, from the same start and with the same
 * pauses (FIELD.md pitfall 13). What was met or breached before keeps its outcome and its target.
 */
const retarget = (history: History, at: number, policy: Policy): void => {
  const row = targetFor(policy, history.channel, history.priority);
  for (const open of history.slots) {
    if (open.endedAt !== undefined || open.row === row) continue;
    const now = reckon(open, history, policy, at);
    if (now?.promise.state === 'breached') continue;
    // What another ticket promised may come sooner by a new priority, and never later.
    if (open.carried && (reckon({ ...open, row }, history, policy, at)?.dueAt ?? Infinity) > (now?.dueAt ?? Infinity))
      continue;
    open.row = row;
    open.climbed.clear();
  }
};
