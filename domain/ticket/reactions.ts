import type { Feedback } from '../feedback/feedback.ts';
import { isText, type Lane, type OwedMail } from '../mail/owed.ts';
import type { Policy } from '../policy.ts';
import type { PrivacyRequest } from '../privacy/request.ts';
import { type LowAnswer, lowAnswerOf, lowSurvey } from '../remediation/low-answer.ts';
import type { Remediation } from '../remediation/remediation.ts';
import type { ClockFact } from '../report/clock-note.ts';
import { assertNever } from '../support/exhaustive.ts';
import { type Instant, millis, SECOND } from '../support/time.ts';
import type { Survey } from '../survey/survey.ts';
import { reminderAt, surveyAt } from '../survey/when.ts';
import { countsForReports } from './counts-for-reports.ts';
import type { SurveyKind, TicketEvent } from './event.ts';
import { type AgentId, isBeingPutRight, isPlaced, type Ticket, type TicketId } from './ticket.ts';
import { type Owed, owedOn, type Wait, type WaitingMachine } from './wait.ts';

/** What the table's stream tells: one stored thing, as it was and as it is. */
export type Fact =
  | { kind: 'ticket'; before?: Ticket; after: Ticket }
  | { kind: 'event'; event: TicketEvent }
  | { kind: 'wait'; wait: Wait }
  | { kind: 'survey'; before?: Survey; after: Survey }
  | { kind: 'remediation'; before?: Remediation; after: Remediation }
  | { kind: 'mail'; before?: OwedMail; after: OwedMail }
  | { kind: 'survey-link-expired'; survey: Survey }
  | { kind: 'agent'; agent: AgentId; before: Presence; after: Presence }
  /** Given for the first time; what becomes of it later is told where it happens. */
  | { kind: 'feedback'; feedback: Feedback }
  | { kind: 'waiting'; group: string }
  | { kind: 'privacy'; request: PrivacyRequest };

/** An agent as far as others' waiting depends on it. */
export interface Presence {
  present: boolean;
  load: number;
}

/** What follows. Each may be carried out twice: names and keys are made of business words. */
export type Command =
  | { do: 'start-intake'; ticketId: TicketId }
  | {
      do: 'start-escalation';
      ticketId: TicketId;
      cycle: number;
      owed: Owed;
      lookAgainAt: Instant;
      /** The escalation that this cycle had before has ended. */
      again?: true;
    }
  | { do: 'start-survey'; ticketId: TicketId; cycle: number; askAt: Instant; remindAfterSeconds: number }
  /** `cycle`: the one that was rated. */
  | ({ do: 'start-remediation'; ticketId: TicketId; cycle: number } & LowAnswer)
  | { do: 'check-waits'; ticketId: TicketId; machines: WaitingMachine[] }
  /** `kind`: `csat` when absent. */
  | { do: 'cancel-survey'; ticketId: TicketId; cycle: number; kind?: SurveyKind }
  | { do: 'queue-mail'; key: string; lane: Lane }
  | { do: 'queue-erasure'; id: string }
  | { do: 'write-fact'; event: TicketEvent }
  | { do: 'keep-clock'; fact: ClockFact }
  | { do: 'publish'; detailType: `careline.${TicketEvent['type']}`; detail: TicketEvent }
  | { do: 'announce'; detailType: 'careline.agent-back' | 'careline.agent-away'; detail: { agent: AgentId } }
  | { do: 'announce'; detailType: 'careline.waiting'; detail: { group: string } }
  /** Ids and codes of feedback, for integrations: its words are read from the desk. */
  | { do: 'announce'; detailType: 'careline.feedback'; detail: Omit<Feedback, 'answers' | 'text'> }
  /** Told only if somebody waits for this agent. */
  | { do: 'announce-room'; agent: AgentId }
  | { do: 'record-expired'; ticketId: TicketId; cycle: number; kind: SurveyKind };

/**
 * The one place that says what follows from what. Pure: whoever carries the commands out decides nothing. A deleted
 * item is no fact, save a survey whose link has run out.
 */
export const reactionsTo = (fact: Fact, policy: Policy): Command[] => {
  switch (fact.kind) {
    case 'ticket':
      return fact.before === undefined
        ? [{ do: 'start-intake', ticketId: fact.after.id }]
        : afterTicket(fact.before, fact.after, policy);
    case 'event':
      return afterEvent(fact.event);
    case 'wait':
      return [{ do: 'check-waits', ticketId: fact.wait.ticketId, machines: [fact.wait.machine] }];
    case 'survey':
      return afterSurvey(fact.before, fact.after);
    case 'remediation':
      // Its beginning and its end change the ticket too, and are told as events: nothing follows from the record itself.
      return [];
    case 'mail':
      return fact.before === undefined && fact.after.status === 'owed'
        ? [{ do: 'queue-mail', key: fact.after.key, lane: isText(fact.after) ? 'text' : fact.after.pace }]
        : [];
    case 'survey-link-expired':
      return fact.survey.status === 'asked' ? [{ do: 'record-expired', ...surveyKey(fact.survey) }] : [];
    case 'agent':
      return afterAgent(fact.agent, fact.before, fact.after);
    case 'feedback': {
      const { answers, text, ...detail } = fact.feedback;
      return [{ do: 'announce', detailType: 'careline.feedback', detail }];
    }
    case 'waiting':
      return [{ do: 'announce', detailType: 'careline.waiting', detail: { group: fact.group } }];
    case 'privacy':
      return fact.request.kind === 'erasure' ? [{ do: 'queue-erasure', id: fact.request.id }] : [];
    default:
      return assertNever(fact);
  }
};

/**
 * Whoever waits for somebody is looked at when an agent comes back or has room again, and when the waiting begins:
 * whichever comes later sees the other, so that no order of the two leaves anybody waiting.
 */
const afterAgent = (agent: AgentId, before: Presence, after: Presence): Command[] => {
  if (before.present !== after.present)
    return [
      { do: 'announce', detailType: after.present ? 'careline.agent-back' : 'careline.agent-away', detail: { agent } },
    ];
  return after.present && after.load < before.load ? [{ do: 'announce-room', agent }] : [];
};

const afterTicket = (before: Ticket, after: Ticket, policy: Policy): Command[] => {
  const commands: Command[] = [];
  const { id: ticketId, cycle } = after;
  if (cycle > before.cycle) {
    commands.push({ do: 'cancel-survey', ticketId, cycle: before.cycle });
    if (isBeingPutRight(after))
      commands.push({ do: 'cancel-survey', ticketId, cycle: before.cycle, kind: 'follow-up' });
    // Cycle 1 is escalated by its intake, which knows that triage is over.
    if (after.lookAgainAt !== undefined)
      commands.push({ do: 'start-escalation', ticketId, cycle, owed: owedOn(after), lookAgainAt: after.lookAgainAt });
  }
  if (before.mergedInto === undefined && after.mergedInto !== undefined)
    commands.push({ do: 'cancel-survey', ticketId, cycle });
  if (before.mergedInto !== undefined && after.mergedInto === undefined && after.lookAgainAt !== undefined)
    commands.push({
      do: 'start-escalation',
      ticketId,
      cycle,
      owed: owedOn(after),
      lookAgainAt: after.lookAgainAt,
      again: true,
    });
  if (
    after.status === 'resolved' &&
    before.mergedInto === undefined &&
    before.status !== 'resolved' &&
    !isBeingPutRight(after)
  ) {
    const askAt = surveyAt(after.resolvedAt, after.customer, policy);
    const reminder = millis(reminderAt(askAt, after.customer, policy)) - millis(askAt);
    commands.push({ do: 'start-survey', ticketId, cycle, askAt, remindAfterSeconds: Math.ceil(reminder / SECOND) });
  }
  const machines = waitersOn(before, after);
  if (machines.length > 0) commands.push({ do: 'check-waits', ticketId, machines });
  return [...commands, ...afterPartsRecovery(before, after)];
};

/** What is put right for a part is over when the ticket it became a part of is. */
const afterPartsRecovery = (before: Ticket, after: Ticket): Command[] =>
  before.status === after.status
    ? []
    : (after.putsRight ?? []).map(({ ticket }) => ({ do: 'check-waits', ticketId: ticket, machines: ['remediation'] }));

/** Who may wait for this change. A look that moved later wakes nobody: the old timer looks again by itself. */
const waitersOn = (before: Ticket, after: Ticket): WaitingMachine[] => {
  if (before.customer.erased !== after.customer.erased) return ['escalation', 'survey', 'remediation'];
  if (before.status !== after.status || before.cycle !== after.cycle) return ['escalation', 'remediation'];
  const sooner = (after.lookAgainAt ?? '') < (before.lookAgainAt ?? '') && after.lookAgainAt !== undefined;
  return sooner || firstReplyOf(before) !== firstReplyOf(after) ? ['escalation'] : [];
};

const firstReplyOf = (ticket: Ticket): Instant | undefined => (isPlaced(ticket) ? ticket.firstRepliedAt : undefined);

/** Every event is told to integrations, and kept for reports if it counts. A low rating begins work. */
const afterEvent = (event: TicketEvent): Command[] => [
  ...startsRemediation(event),
  ...(countsForReports(event) ? [{ do: 'write-fact' as const, event }] : []),
  ...(event.clocks ?? []).map((clock) => ({
    do: 'keep-clock' as const,
    fact: { ...clock, ticketId: event.ticketId, version: event.version },
  })),
  { do: 'publish', detailType: `careline.${event.type}`, detail: event },
];

const afterSurvey = (before: Survey | undefined, after: Survey): Command[] => {
  const commands: Command[] = [];
  const { ticketId, cycle, kind } = surveyKey(after);
  if (after.status !== 'asked' && before?.status !== after.status)
    commands.push({ do: 'check-waits', ticketId, machines: [kind === 'csat' ? 'survey' : 'remediation'] });
  // Only a first rating begins work: a follow-up rating is the end of work that is under way. Whether another remediation
  // of the ticket is open is seen by `open-recovery`, which looks at the ticket.
  const wasLow = before?.status === 'answered' && before.answer.low;
  if (kind === 'csat' && after.status === 'answered' && after.answer.low && !wasLow)
    commands.push({ do: 'start-remediation', ticketId, cycle, ...lowSurvey(cycle, after.answer) });
  return commands;
};

const startsRemediation = (event: TicketEvent): Command[] => {
  const found = lowAnswerOf(event);
  return found === undefined ? [] : [{ do: 'start-remediation', ticketId: event.ticketId, ...found }];
};

const surveyKey = ({ ticketId, cycle, kind }: Survey) => ({ ticketId, cycle, kind });
