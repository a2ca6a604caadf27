import {
  ConcurrentChange,
  CustomerMadeMeanwhile,
  LaterCycleWaits,
  RequestAlreadyTaken,
  TicketIdTaken,
} from '../../domain/errors.ts';
import type { Tickets } from '../../domain/ports.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { inOrder } from '../../domain/ticket/event.ts';
import { isLive, isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { isKnown } from './fake-customers.ts';
import { applyFeedback, refuseMoved } from './fake-feedbacks.ts';
import type { Memory } from './memory.ts';

/** Key of something in `Memory`. */
export const join = (...parts: unknown[]): string => parts.join(' ');

export const fakeTickets = (memory: Memory): Tickets => ({
  ticket: async (id) => structuredClone(memory.tickets.get(id)),
  ledger: async (id) => {
    const ticket = memory.tickets.get(id);
    if (!ticket) return undefined;
    return structuredClone({ ticket, events: inOrder(memory.events.filter(({ ticketId }) => ticketId === id)) });
  },
  messages: async (id) =>
    structuredClone(memory.messages.filter(({ ticketId }) => ticketId === id).sort((a, b) => (a.id < b.id ? -1 : 1))),
  survey: async (id, cycle, kind) => structuredClone(memory.surveys.get(join(id, cycle, kind))),
  remediation: async (id, cycle) => structuredClone(memory.remediations.get(join(id, cycle))),
  wait: async (id, machine) => structuredClone(memory.waits.get(join(id, machine))),
  line: async (customerId) => memory.lines.get(customerId),
  request: async (key) => structuredClone(memory.requests.get(key)),
  record: async (change) => {
    refuse(memory, change);
    apply(memory, structuredClone(change));
  },
});

const refuse = (
  memory: Memory,
  {
    beside,
    before,
    after,
    mails = [],
    survey,
    remediation,
    contacts,
    wait,
    request,
    line,
    takes,
    newcomer,
    feedback,
  }: Change,
): void => {
  const stored = memory.tickets.get(after.id);
  if (before === undefined && stored) throw new TicketIdTaken(after.id);
  const moved =
    (before !== undefined && (stored?.version !== before.version || stored.status !== before.status)) ||
    mails.some(({ key }) => memory.mails.has(key)) ||
    (survey && storedSurvey(memory, survey.after)?.version !== survey.before?.version) ||
    (remediation && storedRemediation(memory, remediation.after)?.version !== remediation.before?.version) ||
    (contacts && isStale(memory, contacts)) ||
    (line && memory.lines.get(line.customerId) !== line.before);
  if (moved || (takes && isTaken(memory, takes))) throw new ConcurrentChange(after.id);
  const taken = request && memory.requests.get(request.key);
  if (taken && taken.expiresAt >= after.updatedAt) throw new RequestAlreadyTaken(taken.key);
  if (wait && (memory.waits.get(join(wait.ticketId, wait.machine))?.cycle ?? 0) > wait.cycle)
    throw new LaterCycleWaits(after.id);
  if (newcomer && isKnown(memory, newcomer)) throw new CustomerMadeMeanwhile(newcomer.id);
  if (feedback) refuseMoved(memory, feedback);
  if (beside) refuse(memory, beside);
};

const isStale = (memory: Memory, { before, after }: NonNullable<Change['contacts']>): boolean =>
  after.version !== before.version && (memory.contacts.get(after.customerId)?.version ?? 0) !== before.version;

const isTaken = ({ agents }: Memory, { agent, load }: NonNullable<Change['takes']>): boolean => {
  const now = agents.get(agent) ?? { present: true, load: 0 };
  return !now.present || now.load !== load;
};

const storedSurvey = (memory: Memory, { ticketId, cycle, kind }: Survey): Survey | undefined =>
  memory.surveys.get(join(ticketId, cycle, kind));
const storedRemediation = (memory: Memory, { ticketId, cycle }: Remediation): Remediation | undefined =>
  memory.remediations.get(join(ticketId, cycle));

const apply = (memory: Memory, change: Change): void => {
  const { before, after, events, messages = [], mails = [], survey, remediation, wait, request } = change;
  memory.tickets.set(after.id, after);
  memory.events.push(...events);
  for (const message of messages) {
    const place = memory.messages.findIndex(({ ticketId, id }) => ticketId === message.ticketId && id === message.id);
    memory.messages.splice(place < 0 ? memory.messages.length : place, place < 0 ? 0 : 1, message);
  }
  for (const mail of mails) memory.mails.set(mail.key, mail);
  if (survey) memory.surveys.set(join(after.id, survey.after.cycle, survey.after.kind), survey.after);
  if (remediation) memory.remediations.set(join(after.id, remediation.after.cycle), remediation.after);
  if (change.contacts) memory.contacts.set(change.contacts.after.customerId, change.contacts.after);
  if (wait) memory.waits.set(join(after.id, wait.machine), wait);
  if (request) memory.requests.set(request.key, request);
  if (change.newcomer) {
    const { erasedBefore, ...newcomer } = change.newcomer;
    memory.customers.push(newcomer);
    if (erasedBefore !== undefined) memory.optedOut.set(newcomer.id, erasedBefore);
  }
  if (change.feedback) applyFeedback(memory, change.feedback);
  if (change.line) memory.lines.set(change.line.customerId, change.line.ticketId);
  if (change.beside) apply(memory, change.beside);
  const worker = (ticket: Ticket | undefined) =>
    ticket && isPlaced(ticket) && isLive(ticket) ? ticket.assignee : undefined;
  if (worker(before) === worker(after)) return;
  addLoad(memory, worker(before), -1);
  addLoad(memory, worker(after), 1, after.updatedAt);
};

const addLoad = (memory: Memory, agent: string | undefined, delta: number, at?: string): void => {
  if (agent === undefined) return;
  const state = memory.agents.get(agent) ?? { present: true, load: 0 };
  memory.agents.set(agent, { ...state, load: state.load + delta, ...(at && { lastAssignedAt: at }) });
};
