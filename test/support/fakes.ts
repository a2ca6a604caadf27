import type { SendingOutbox } from '../../adapters/dynamo/outbox.ts';
import type { Traces } from '../../adapters/dynamo/tickets.ts';
import type { ErasureQueue } from '../../adapters/sqs/erasures.ts';
import type { ContactSheet } from '../../domain/contact/governor.ts';
import {
  ConcurrentChange,
  CustomerMadeMeanwhile,
  LaterCycleWaits,
  RequestAlreadyTaken,
  TicketIdTaken,
} from '../../domain/errors.ts';
import type { Feedback } from '../../domain/feedback/feedback.ts';
import type { NpsAsk } from '../../domain/feedback/nps-ask.ts';
import type { CustomerRecord } from '../../domain/identity/identity.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { ParkedMail } from '../../domain/mail/parked.ts';
import type { Agent } from '../../domain/policy.ts';
import type {
  Budgets,
  Caps,
  Carried,
  CarriedPolicy,
  Clicks,
  Clock,
  Contacts,
  Customers,
  Feedbacks,
  Ids,
  Models,
  NoteClick,
  NpsAsks,
  OptOuts,
  Outages,
  ParkedMails,
  PersonalData,
  Persons,
  PrivacyRequests,
  Queues,
  Suppressions,
  Team,
  TextOptOuts,
  Tickets,
  Waiting,
} from '../../domain/ports.ts';
import type { PrivacyRequest } from '../../domain/privacy/request.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';
import type { ClockFacts } from '../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import type { EventFact, EventFacts } from '../../domain/report/event-facts.ts';
import type { Clicked, Opening } from '../../domain/survey/clicks.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { Change, RequestRecord } from '../../domain/ticket/change.ts';
import { inOrder, type TicketEvent } from '../../domain/ticket/event.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { isBeingPutRight, isLive, isPlaced, type Ticket, waitsForAnOwner } from '../../domain/ticket/ticket.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import type { CategoryModel } from '../../domain/triage/classifier.ts';
import type { OutageWatch } from '../../domain/triage/outage-watch.ts';
import type { Count } from '../../functions/_shared/telemetry.ts';
import { fakeClicks, fakeNoteClick } from './fake-clicks.ts';
import { fakeClockFacts } from './fake-clock-facts.ts';
import { fakeContacts } from './fake-contacts.ts';
import { fakeCustomers, fakePersons, isKnown } from './fake-customers.ts';
import { applyFeedback, fakeFeedbacks, fakeNpsAsks, refuseMoved } from './fake-feedbacks.ts';
import { fakeBudgets, fakeTextOptOuts } from './fake-limits.ts';
import { fakeCaps, fakeParkedMails, type MailInMemory } from './fake-mail-in.ts';
import { fakePersonalData, fakePrivacyRequests } from './fake-privacy.ts';

/** All that a desk remembers, in plain maps a test can look into. */
export interface Memory extends MailInMemory {
  tickets: Map<string, Ticket>;
  events: TicketEvent[];
  messages: Message[];
  surveys: Map<string, Survey>;
  remediations: Map<string, Remediation>;
  waits: Map<string, Wait>;
  requests: Map<string, RequestRecord>;
  /** The ticket of a customer's text messages. */
  lines: Map<string, string>;
  mails: Map<string, OwedMail>;
  customers: CustomerRecord[];
  agents: Map<string, { present: boolean; load: number; lastAssignedAt?: string }>;
  suppressed: Set<string>;
  /** The key of a mail by the id SES gave it. */
  sent: Map<string, string>;
  parked: Map<string, ParkedMail>;
  caps: Map<string, Set<string>>;
  /** What was asked about a person's data. */
  privacy: Map<string, PrivacyRequest>;
  /** Hashes of identities that were erased, with when. */
  erased: Map<string, string>;
  /** Orders to go on with an erasure. */
  erasures: Array<{ id: string; seconds: number }>;
  /** What people were asked, by customer. */
  contacts: Map<string, ContactSheet>;
  /** Since when, by customer. */
  optedOut: Map<string, string>;
  feedback: Map<string, Feedback>;
  /** By `npsKey`. */
  npsAsks: Map<string, NpsAsk>;
  /** Links with an answer that were opened. */
  clicks: Array<{ about: Clicked; opening: Opening }>;
  facts: Map<string, EventFact>;
  /** What was decided about promises, by ticket and clock. */
  clocks: Map<string, ClockFact>;
  watches: Map<string, OutageWatch>;
  models: CategoryModel[];
  carried: Carried | undefined;
}

const empty = (): Memory => ({
  tickets: new Map(),
  events: [],
  messages: [],
  surveys: new Map(),
  remediations: new Map(),
  waits: new Map(),
  requests: new Map(),
  lines: new Map(),
  mails: new Map(),
  customers: [],
  agents: new Map(),
  suppressed: new Set(),
  sent: new Map(),
  parked: new Map(),
  caps: new Map(),
  privacy: new Map(),
  erased: new Map(),
  erasures: [],
  contacts: new Map(),
  optedOut: new Map(),
  feedback: new Map(),
  npsAsks: new Map(),
  clicks: [],
  facts: new Map(),
  clocks: new Map(),
  watches: new Map(),
  models: [],
  carried: undefined,
});

export interface FakeDesk {
  memory: Memory;
  tickets: Tickets;
  queues: Queues;
  customers: Customers;
  persons: Persons;
  budgets: Budgets;
  contacts: Contacts;
  textOptOuts: TextOptOuts;
  team: Team;
  outbox: SendingOutbox;
  suppressions: Suppressions;
  parked: ParkedMails;
  caps: Caps;
  requests: PrivacyRequests;
  data: PersonalData;
  erasures: ErasureQueue;
  optOuts: OptOuts;
  traces: Traces;
  clockFacts: ClockFacts;
  eventFacts: EventFacts;
  count: Count;
  feedbacks: Feedbacks;
  npsAsks: NpsAsks;
  noteClick: NoteClick;
  clicks: Clicks;
  waiting: Waiting;
  outages: Outages;
  models: Models;
  carriedPolicy: CarriedPolicy;
}

/** The ports in memory; test/contract runs the same suite against them and the real engine. */
export const fakeDesk = (agents: readonly Agent[] = []): FakeDesk => {
  const memory = empty();
  return {
    memory,
    tickets: fakeTickets(memory),
    queues: fakeQueues(memory),
    customers: fakeCustomers(memory),
    persons: fakePersons(memory),
    budgets: fakeBudgets(),
    contacts: fakeContacts(memory),
    textOptOuts: fakeTextOptOuts(),
    team: fakeTeam(memory, agents),
    outbox: fakeOutbox(memory),
    parked: fakeParkedMails(memory),
    caps: fakeCaps(memory),
    requests: fakePrivacyRequests(memory),
    data: fakePersonalData(memory),
    erasures: {
      put: async (id, seconds = 0) => {
        memory.erasures.push({ id, seconds });
      },
    },
    waiting: fakeWaiting(memory),
    outages: fakeOutages(memory),
    carriedPolicy: fakeCarriedPolicy(memory),
    models: {
      newest: async () => maybeCopy(memory.models.toSorted((a, b) => (a.version < b.version ? 1 : -1))[0]),
      keep: async (model) => {
        memory.models.push(copy(model));
      },
    },
    suppressions: {
      has: async (email) => memory.suppressed.has(plain(email)),
      add: async (email) => {
        memory.suppressed.add(plain(email));
      },
    },
    optOuts: {
      has: async (customerId) => memory.optedOut.has(customerId),
      add: async (customerId, at) => {
        if (!memory.optedOut.has(customerId)) memory.optedOut.set(customerId, at);
      },
      remove: async (customerId) => {
        memory.optedOut.delete(customerId);
      },
    },
    clockFacts: fakeClockFacts(memory.clocks),
    eventFacts: {
      between: async (from, to, types) =>
        copy(
          [...memory.facts.values()].filter(
            ({ event }) => event.at >= from && event.at < to && types.includes(event.type),
          ),
        ),
    },
    count: () => {},
    feedbacks: fakeFeedbacks(memory),
    npsAsks: fakeNpsAsks(memory),
    noteClick: fakeNoteClick(memory),
    clicks: fakeClicks(memory),
    traces: {
      keepFact: async (event, about = {}) => {
        memory.facts.set(event.id, copy({ event, about }));
      },
      forget: async ({ ticketId, machine, token }) => {
        const key = join(ticketId, machine);
        if (memory.waits.get(key)?.token === token) memory.waits.delete(key);
      },
    },
  };
};

/** A clock that stands until it is moved. */
export const stillClock = (at: string): Clock & { at: string } => ({
  at,
  now() {
    return this.at;
  },
});

/** Ids that ascend and are the same in every run. */
export const countedIds = (): Ids => {
  let ulids = 0;
  let tickets = 0;
  return {
    ulid: () => `01J${String(++ulids).padStart(23, '0')}`,
    ticketId: () => `T-${String(++tickets).padStart(6, '0')}`,
  };
};

const join = (...parts: unknown[]): string => parts.join(' ');
const copy = <T>(value: T): T => structuredClone(value);
const plain = (email: string): string => email.trim().toLowerCase();
const maybeCopy = <T>(value: T | undefined): T | undefined => (value === undefined ? undefined : copy(value));

const fakeTickets = (memory: Memory): Tickets => ({
  ticket: async (id) => maybeCopy(memory.tickets.get(id)),
  ledger: async (id) => {
    const ticket = memory.tickets.get(id);
    if (!ticket) return undefined;
    return copy({ ticket, events: inOrder(memory.events.filter(({ ticketId }) => ticketId === id)) });
  },
  messages: async (id) =>
    copy(memory.messages.filter(({ ticketId }) => ticketId === id).sort((a, b) => (a.id < b.id ? -1 : 1))),
  survey: async (id, cycle, kind) => maybeCopy(memory.surveys.get(join(id, cycle, kind))),
  remediation: async (id, cycle) => maybeCopy(memory.remediations.get(join(id, cycle))),
  wait: async (id, machine) => maybeCopy(memory.waits.get(join(id, machine))),
  line: async (customerId) => memory.lines.get(customerId),
  request: async (key) => maybeCopy(memory.requests.get(key)),
  record: async (change) => {
    refuse(memory, change);
    apply(memory, copy(change));
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

const fakeQueues = (memory: Memory): Queues => {
  const page = (
    tickets: Ticket[],
    keyOf: (ticket: Ticket) => string,
    { limit, next }: { limit: number; next?: string },
    order: 1 | -1 = 1,
  ) => {
    const rows = tickets
      .map((ticket) => ({ key: keyOf(ticket), ticket }))
      .filter(({ key }) => next === undefined || (order === 1 ? key > next : key < next))
      .sort((a, b) => (a.key < b.key ? -order : order));
    const last = rows[limit - 1];
    return {
      tickets: copy(rows.slice(0, limit).map(({ ticket }) => ticket)),
      ...(rows.length > limit && last && { next: last.key }),
    };
  };
  const all = () => [...memory.tickets.values()];
  const byAge = ({ createdAt, id }: Ticket) => `${createdAt}#${id}`;
  return {
    list: async ({ group, agent, ...range }) =>
      page(
        all().filter(
          (ticket) =>
            isLive(ticket) &&
            (isPlaced(ticket) ? ticket.group : 'untriaged') === group &&
            (agent === undefined || (isPlaced(ticket) && ticket.assignee === agent)),
        ),
        workingOrder,
        range,
      ),
    ofCustomer: async (customerId, range) =>
      page(
        all().filter(
          ({ customer, createdAt }) =>
            customer.id === customerId &&
            (range.from === undefined || createdAt >= range.from) &&
            (range.before === undefined || createdAt < range.before),
        ),
        byAge,
        range,
        -1,
      ),
    ofCategory: async (category, from, to, range) =>
      page(
        all().filter(
          (ticket) =>
            isPlaced(ticket) && ticket.category === category && ticket.createdAt >= from && ticket.createdAt <= to,
        ),
        byAge,
        range,
      ),
    untriagedBefore: async (at) => copy(all().filter(({ status, createdAt }) => status === 'new' && createdAt < at)),
    overdueBefore: async (groups, at) =>
      copy(
        all().filter(
          (ticket) =>
            isLive(ticket) &&
            isPlaced(ticket) &&
            groups.includes(ticket.group) &&
            ticket.lookAgainAt !== undefined &&
            ticket.lookAgainAt < at,
        ),
      ),
    live: async (groups) =>
      all()
        .filter((ticket) => isLive(ticket) && (!isPlaced(ticket) || groups.includes(ticket.group)))
        .map(({ id }) => id),
  };
};

const fakeCarriedPolicy = (memory: Memory): CarriedPolicy => ({
  read: async () => maybeCopy(memory.carried),
  note: async (carried, before) => {
    if (memory.carried?.version !== before?.version) return false;
    memory.carried = copy(carried);
    return true;
  },
});

const workingOrder = (ticket: Ticket): string => {
  const { needsHuman, status, clock, createdAt, id } = ticket;
  const waiting = status === 'pending' || status === 'on-hold';
  const rank = isBeingPutRight(ticket) ? 0 : needsHuman !== undefined ? 1 : waiting ? 3 : 2;
  const due = Object.values(clock)
    .filter(({ state }) => state !== 'met')
    .map(({ dueAt }) => dueAt)
    .sort()[0];
  return `${rank}#${due ?? createdAt}#${id}`;
};

const fakeWaiting = (memory: Memory): Waiting => {
  const inGroup: Waiting['inGroup'] = async (group, limit, after = '') =>
    [...memory.tickets.values()]
      .filter((ticket) => waitsForAnOwner(ticket) && ticket.group === group)
      .map((ticket) => ({ place: workingOrder(ticket), ticketId: ticket.id, version: ticket.version }))
      .filter(({ place }) => place > after)
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, limit);
  return {
    inGroup,
    anybody: async (groups) =>
      (await Promise.all(groups.map((group) => inGroup(group, 1)))).some(({ length }) => length > 0),
    forget: async () => {},
  };
};

const fakeOutages = ({ watches }: Memory): Outages => ({
  watchOn: async (category) => maybeCopy(watches.get(category)),
  keep: async (next, before) => {
    if (watches.get(next.category)?.version !== before?.version) return false;
    watches.set(next.category, copy(next));
    return true;
  },
});

const fakeTeam = (memory: Memory, agents: readonly Agent[]): Team => ({
  now: async () =>
    agents.map((agent) => ({ ...agent, ...(memory.agents.get(agent.id) ?? { present: true, load: 0 }) })),
  setPresent: async (agent, present) => {
    memory.agents.set(agent, { ...(memory.agents.get(agent) ?? { load: 0 }), present });
  },
});

const fakeOutbox = (memory: Memory): SendingOutbox => {
  const update = (key: string, change: (mail: OwedMail) => OwedMail | undefined): boolean => {
    const mail = memory.mails.get(key);
    const changed = mail && change(copy(mail));
    if (changed) memory.mails.set(key, changed);
    return changed !== undefined;
  };
  return {
    get: async (key) => maybeCopy(memory.mails.get(key)),
    sentAs: async (sesId) => memory.sent.get(sesId),
    claim: async ({ key }, now, claimsDieBefore) =>
      update(key, (mail) =>
        mail.status === 'owed' || (mail.status === 'sending' && (mail.claimedAt ?? '') < claimsDieBefore)
          ? { ...mail, status: 'sending', claimedAt: now, attempts: mail.attempts + 1 }
          : undefined,
      ),
    release: async (key, claimedAt) => {
      update(key, ({ claimedAt: held, ...mail }) =>
        mail.status === 'sending' && held === claimedAt ? { ...mail, status: 'owed' } : undefined,
      );
    },
    settle: async (key, outcome) => {
      update(key, ({ claimedAt, ...mail }) => {
        if (mail.status === 'sent') return undefined;
        if (outcome.status !== 'sent')
          return { ...mail, ...(claimedAt !== undefined && { claimedAt }), status: outcome.status };
        return { ...mail, status: 'sent', sentAt: outcome.at, messageId: outcome.messageId };
      });
      const mail = memory.mails.get(key);
      const message = memory.messages.find(({ id }) => id === mail?.message);
      if (outcome.status === 'sent' && message) message.mailId = outcome.messageId;
      if (outcome.status === 'sent' && mail) memory.sent.set(outcome.messageId, key);
    },
  };
};
