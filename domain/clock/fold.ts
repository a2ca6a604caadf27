import type { Policy } from '../policy.ts';
import { millis } from '../support/time.ts';
import { type EventOf, inOrder, type TicketEvent } from '../ticket/event.ts';
import type { PromiseKind } from '../ticket/ticket.ts';
import { giveBack, letGo, recall, remember, takeOver } from './carried.ts';
import type { History, Slot } from './history.ts';
import { closesAt } from './look-again.ts';
import { adopt, retarget } from './retarget.ts';
import { firstMailSaid, saidLate, waitedPast } from './said.ts';
import { targetFor } from './targets.ts';
import { acknowledged, handedOver, noticeGiven, rungClimbed } from './told.ts';
import { rulesNow, rulesOf, rulesSince } from './versions.ts';

/**
 * The present cycle from the whole ledger. A first reply and a resolution are owed from opening or reopening. The first
 * is met by the first public reply of a person. After it, the first customer message that nobody has answered starts
 * the next reply. Resolving or closing ends whatever still runs. Each promise is kept by the
 * version of the policy stamped on the event that started it (see adopt for the exception).
 */
export const fold = (events: readonly TicketEvent[], policy: Policy): History => {
  const history: History = {
    channel: undefined,
    priority: rulesNow(policy).untriaged,
    type: 'standard',
    group: undefined,
    status: 'new',
    slots: [],
    pauses: [],
    asked: [],
    thanked: [],
    saidLate: new Set(),
    putAside: [],
  };
  let latest = Number.NEGATIVE_INFINITY;
  let version: string | undefined;
  for (const event of inOrder(events)) {
    // Events are ordered by ticket version; a writer whose clock runs behind must not turn time back.
    latest = Math.max(latest, millis(event.at));
    for (const rules of rulesSince(policy, version, event.policy)) adopt(history, rules);
    version = event.policy;
    apply(history, event, latest, policy);
  }
  for (const rules of rulesSince(policy, version, policy.version)) adopt(history, rules);
  return history;
};

const apply = (history: History, event: TicketEvent, at: number, policy: Policy): void => {
  switch (event.type) {
    case 'opened':
      history.channel = event.channel;
      history.type = event.customerType ?? 'standard';
      history.priority = rulesOf(policy, event.policy).untriaged;
      beginCycle(history, event, event.since === undefined ? at : millis(event.since), policy);
      history.asked = [{ message: event.message, at, by: event }];
      if (event.answered === true) history.asked = [];
      if (event.answered === true) end(history, ['firstReply'], event, at);
      return;
    case 'triaged':
      history.priority = event.priority;
      history.group = event.group;
      if (history.status === 'new') history.status = 'open';
      retarget(history, at);
      return;
    case 'reprioritised':
      history.priority = event.priority;
      retarget(history, at);
      return;
    case 'transferred':
      history.group = event.group;
      handedOver(history, event, at);
      retarget(history, at);
      return;
    case 'assigned':
    case 'nobody-available':
      handedOver(history, event, at);
      return;
    case 'notice-given':
      noticeGiven(history, event);
      return;
    case 'escalation-acknowledged':
      acknowledged(history, event, at);
      return;
    case 'replied':
      answered(history);
      end(history, ['firstReply', 'nextReply'], event, at);
      return;
    case 'transcribed':
      if (event.agent === undefined) return;
      answered(history);
      end(history, ['firstReply', 'nextReply'], event, at);
      return;
    case 'customer-replied':
      history.asked.push({ message: event.message, at, by: event });
      askedAgain(history, event, at, policy);
      return;
    case 'customer-thanked':
      history.thanked.push(event.message);
      return;
    case 'not-thanked':
      wasAsked(history, event, policy);
      return;
    case 'paused':
      waitedPast(history, at);
      history.status = event.waitingFor === 'customer' ? 'pending' : 'on-hold';
      closePause(history, at);
      if (event.stopsClock) history.pauses.push({ from: at });
      history.waiting = {
        since: at,
        ...(event.until === undefined ? {} : { until: millis(event.until) }),
        silence: rulesOf(policy, event.policy).silence,
        reminders: 0,
      };
      return;
    case 'resumed':
      waitedPast(history, at);
      history.status = 'open';
      closePause(history, at);
      return;
    case 'reminded':
      wasReminded(history, at);
      return;
    case 'warned':
    case 'escalated':
      climbed(history, event, at);
      return;
    case 'overdue':
      for (const late of history.slots.filter(({ kind }) => kind === event.promise)) late.broken = true;
      return;
    case 'acknowledged':
      firstMailSaid(history, event);
      return;
    case 'promise-slipped':
      saidLate(history, event);
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
      letGo(history, event.messages, event, policy);
      return;
    case 'message-moved':
      if (event.to !== undefined) letGo(history, [event.message], event, policy);
      for (const { since } of event.carries ?? [])
        history.asked.push({ message: event.message, at: millis(since), by: event });
      history.asked.sort((a, b) => a.at - b.at);
      takeOver(history, event, at, policy);
      return;
    case 'reopened':
      beginCycle(history, event, event.since === undefined ? at : millis(event.since), policy);
      history.status = 'open';
      return;
    case 'promises-recounted':
    case 'noted':
    case 'linked':
    case 'unlinked':
    case 'deflected':
    case 'erased':
    case 'recategorised':
    case 'labelled':
    case 'outage-detected':
    case 'outage-joined':
    case 'reply-rated':
    case 'survey-sent':
    case 'survey-skipped':
    case 'survey-reminded':
    case 'reminder-skipped':
    case 'survey-answered':
    case 'survey-expired':
    case 'remediation-opened':
    case 'remediation-skipped':
    case 'remediation-contacted':
    case 'remediation-called':
    case 'remediation-resumed':
    case 'remediation-closed':
    case 'contact-chosen':
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

const slot = (kind: PromiseKind, history: History, event: TicketEvent, at: number, policy: Policy): Slot => {
  const rules = rulesOf(policy, event.policy);
  return {
    kind,
    startedAt: at,
    startedBy: event.type,
    startedByEvent: event.id,
    rules,
    row: targetFor(rules, history),
    climbed: new Set(),
  };
};

const beginCycle = (history: History, event: TicketEvent, at: number, policy: Policy): void => {
  history.slots = [slot('firstReply', history, event, at, policy), slot('resolution', history, event, at, policy)];
  delete history.waiting;
  history.putAside = [];
  // A wait for the customer that ended before it seemed to, as they had written.
  history.pauses = history.pauses.map(({ from, to }) => ({ from, ...(to !== undefined && { to: Math.min(to, at) }) }));
};

const end = (history: History, kinds: readonly PromiseKind[], event: TicketEvent, at: number): void => {
  for (const open of history.slots) {
    if (!kinds.includes(open.kind) || open.endedAt !== undefined) continue;
    open.endedAt = at;
    open.endedBy = event.type;
    open.endedByEvent = event.id;
  }
};

const answered = (history: History): void => {
  history.asked = [];
  history.thanked = [];
};

const climbed = (history: History, event: EventOf<'warned'> | EventOf<'escalated'>, at: number): void => {
  const climbing = history.slots.find(({ kind }) => kind === event.promise);
  rungClimbed(history, event, at);
  if (climbing !== undefined && millis(event.dueAt) <= at) climbing.broken = true;
};

const wasReminded = ({ waiting }: History, at: number): void => {
  if (waiting === undefined) return;
  waiting.closesAt = closesAt(waiting, at);
  waiting.reminders += 1;
  waiting.remindedAt = at;
};

/** What passed for thanks was a message after all: everything counts from when it was written, unless it was answered. */
const wasAsked = (history: History, event: EventOf<'not-thanked'>, policy: Policy): void => {
  const at = millis(event.since);
  const pause = history.pauses.at(-1);
  if (pause !== undefined && pause.to === undefined && pause.from <= at) pause.to = at;
  if (!history.thanked.includes(event.message)) return;
  history.thanked = history.thanked.filter((message) => message !== event.message);
  history.asked.push({ message: event.message, at, by: event });
  history.asked.sort((a, b) => a.at - b.at);
  const next = history.slots.find(({ kind, endedAt }) => kind === 'nextReply' && endedAt === undefined);
  if (next === undefined) askedAgain(history, event, at, policy);
  else if (next.startedAt > at)
    Object.assign(next, { startedAt: at, startedBy: event.type, startedByEvent: event.id, message: event.message });
};

const askedAgain = (
  history: History,
  event: EventOf<'customer-replied'> | EventOf<'not-thanked'>,
  at: number,
  policy: Policy,
): void => {
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
