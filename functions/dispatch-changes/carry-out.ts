import type { Traces } from '../../adapters/dynamo/tickets.ts';
import type { Bus } from '../../adapters/events/bus.ts';
import type { ErasureQueue } from '../../adapters/sqs/erasures.ts';
import type { MailQueues } from '../../adapters/sqs/mail-queues.ts';
import type { Machines } from '../../adapters/stepfunctions/machines.ts';
import { isOfStaff } from '../../domain/identity/staff.ts';
import type { Agent } from '../../domain/policy.ts';
import type { Contacts, Tickets, Waiting } from '../../domain/ports.ts';
import { type ClockFacts, isOfObjective } from '../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import { needsAbout } from '../../domain/report/event-facts.ts';
import { servedBy } from '../../domain/routing/served-by.ts';
import { assertNever } from '../../domain/support/exhaustive.ts';
import { cancelSurvey, expireSurvey, type OpenQuestion } from '../../domain/survey/cancel.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Command } from '../../domain/ticket/reactions.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { signalFor, type Wait, type WaitingMachine } from '../../domain/ticket/wait.ts';
import { machines as contracts, executionName, type Machine, type MachineInput } from '../../workflows/contracts.ts';
import { contextNow } from '../_shared/desk.ts';
import { watchOf } from '../_shared/executions.ts';
import type { Count } from '../_shared/telemetry.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { type StartRemediationDeps, startRemediation } from './start-remediation.ts';

export interface Deps extends StartRemediationDeps {
  traces: Traces;
  clockFacts: Pick<ClockFacts, 'keep'>;
  count: Count;
  machines: Machines;
  queues: MailQueues;
  erasures: ErasureQueue;
  bus: Bus;
  waiting: Pick<Waiting, 'anybody'>;
  contacts: Contacts;
  agents: readonly Agent[];
  arns: Record<Machine, string>;
}

/** Carries out one command. Each may come twice, late, or after its reason is gone: it looks at what is now. */
export const carryOut = async (command: Command, deps: Deps): Promise<void> => {
  switch (command.do) {
    case 'start-intake': {
      const { ticketId } = command;
      return start(deps, 'intake', ticketId, 1, { ticketId });
    }
    case 'start-escalation': {
      const { ticketId, cycle, lookAgainAt } = command;
      const input = { ticketId, cycle, lookAgainAt };
      return command.again ? startAgain(deps, ticketId, input) : start(deps, 'escalation', ticketId, cycle, input);
    }
    case 'start-survey': {
      const { ticketId, cycle, askAt, remindAfterSeconds } = command;
      return start(deps, 'survey', ticketId, cycle, { ticketId, cycle, askAt, remindAfterSeconds });
    }
    case 'start-remediation':
      return startRemediation(command, deps);
    case 'check-waits':
      return checkWaits(deps, command.ticketId, command.machines);
    case 'cancel-survey': {
      const question = await questionOf(deps, { kind: 'csat', ...command });
      return change(deps, command.ticketId, (ledger) => cancelSurvey(ledger, question, contextNow(deps)));
    }
    case 'record-expired': {
      const question = await questionOf(deps, command);
      return change(deps, command.ticketId, (ledger) => expireSurvey(ledger, question, contextNow(deps)));
    }
    case 'queue-mail':
      return deps.queues.put(command.key, command.lane);
    case 'queue-erasure':
      return deps.erasures.put(command.id);
    case 'write-fact':
      return keepFact(command.event, deps);
    case 'keep-clock':
      return keepClock(command.fact, deps);
    case 'publish':
      return deps.bus.publish(command.detailType, command.detail);
    case 'announce':
      return deps.bus.publish(command.detailType, command.detail);
    case 'announce-room':
      return announceRoom(command.agent, deps);
    default:
      return assertNever(command);
  }
};

/** What is said of ratings is kept with where the ticket came from and stood: a report reads no ticket. */
const keepFact = async (event: TicketEvent, { traces, tickets, agents }: Deps): Promise<void> => {
  const ticket = needsAbout(event) ? await tickets.ticket(event.ticketId) : undefined;
  if (ticket === undefined) return traces.keepFact(event);
  const { channel } = ticket;
  return traces.keepFact(event, {
    channel,
    ...(isPlaced(ticket) && { category: ticket.category, group: ticket.group }),
    ...(isOfStaff([ticket.customer], agents) && { leftOut: 'staff' }),
  });
};

/** Kept again, as when the stream brings its event twice, it is not counted again. */
const keepClock = async (fact: ClockFact, { clockFacts, tickets, agents, count }: Deps): Promise<void> => {
  const ticket = await tickets.ticket(fact.ticketId);
  const isStaff = ticket !== undefined && isOfStaff([ticket.customer], agents);
  const decidedNow = await clockFacts.keep({ ...fact, ...(isStaff ? { leftOut: 'staff' } : {}) });
  if (!decidedNow || isStaff || !isOfObjective(fact)) return;
  count('UrgentResolutionsDecided');
  if (fact.outcome === 'breached') count('UrgentResolutionsLate');
};

/** Most agents have room most of the time: only what somebody waits for is worth an event. */
const announceRoom = async (id: string, { agents, waiting, policy, bus }: Deps): Promise<void> => {
  const agent = agents.find((each) => each.id === id);
  if (agent && (await waiting.anybody(servedBy(agent, policy))))
    await bus.publish('careline.agent-free', { agent: id });
};

const start = async <M extends Machine>(
  { machines, arns }: Deps,
  machine: M,
  ticketId: string,
  cycle: number,
  input: MachineInput<M>,
): Promise<void> => {
  await machines.start(arns[machine], executionName(machine, ticketId, cycle), contracts[machine].parse(input));
};

/** The escalation of this cycle has ended and is wanted again, unless one runs: that is the one that is wanted. */
const startAgain = async (deps: Deps, ticketId: string, input: MachineInput<'escalation'>): Promise<void> => {
  const { tickets, machines, arns } = deps;
  const ticket = await tickets.ticket(ticketId);
  // A later cycle has an execution of its own.
  if (ticket?.cycle !== input.cycle) return;
  const watch = await watchOf(ticket, { tickets, machines, escalation: arns.escalation });
  if (watch.kind === 'watched') return;
  const { nth } = watch;
  const name = executionName('escalation', ticketId, input.cycle, nth);
  await machines.start(arns.escalation, name, contracts.escalation.parse({ ...input, nth }));
};

type Decide = (ledger: NonNullable<Awaited<ReturnType<Tickets['ledger']>>>) => ReturnType<typeof cancelSurvey>;

/** A lost race is thrown: the stream brings the record again, and it is decided on what is then. */
const change = async ({ tickets }: Deps, ticketId: string, decide: Decide): Promise<void> => {
  const ledger = await tickets.ledger(ticketId);
  const decided = ledger && decide(ledger);
  if (decided) await tickets.record(decided);
};

/**
 * Answers the tokens of waiting states whose time has come. The token goes last: were it removed first, a crash in
 * between would lose the signal.
 */
const checkWaits = async (deps: Deps, ticketId: string, waiting: readonly WaitingMachine[]): Promise<void> => {
  for (const machine of waiting) {
    const wait = await deps.tickets.wait(ticketId, machine);
    if (!wait) continue;
    const [ticket, survey] = await Promise.all([deps.tickets.ticket(ticketId), surveyOf(deps, wait)]);
    const signal = ticket && signalFor(wait, { ticket, host: await workedOn(deps, ticket), survey }, deps.policy);
    if (!signal) continue;
    await deps.machines.signal(wait.token, signal);
    await deps.traces.forget(wait);
  }
};

/** The ticket it is a part of, for what is waited for there. */
const workedOn = async ({ tickets }: Deps, ticket: Ticket): Promise<Ticket | undefined> =>
  ticket.mergedInto === undefined ? undefined : (await hostOf(tickets, { ticket, events: [] }))?.ledger.ticket;

const questionOf = async (
  { tickets, contacts }: Deps,
  { ticketId, cycle, kind }: Pick<Survey, 'ticketId' | 'cycle' | 'kind'>,
): Promise<OpenQuestion> => {
  const survey = await tickets.survey(ticketId, cycle, kind);
  return { survey, contacts: survey?.status === 'asked' ? await contacts.sheetOf(survey.customer.id) : undefined };
};

const surveyOf = async ({ tickets }: Deps, { ticketId, cycle, awaits }: Wait): Promise<Survey | undefined> => {
  if (awaits === 'rating') return tickets.survey(ticketId, cycle, 'csat');
  return awaits === 'follow-up-rating' ? tickets.survey(ticketId, cycle, 'follow-up') : undefined;
};
