import type { SendingOutbox } from '../../adapters/dynamo/outbox.ts';
import type { Traces } from '../../adapters/dynamo/tickets.ts';
import type { ErasureQueue } from '../../adapters/sqs/erasures.ts';
import type { Agent } from '../../domain/policy.ts';
import type {
  Budgets,
  Caps,
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
import type { ClockFacts } from '../../domain/report/clock-facts.ts';
import type { EventFacts } from '../../domain/report/event-facts.ts';
import type { Count } from '../../functions/_shared/telemetry.ts';
import { fakeClicks, fakeNoteClick } from './fake-clicks.ts';
import { fakeClockFacts } from './fake-clock-facts.ts';
import { fakeContacts } from './fake-contacts.ts';
import { fakeCustomers, fakePersons } from './fake-customers.ts';
import { fakeFeedbacks, fakeNpsAsks } from './fake-feedbacks.ts';
import { fakeBudgets, fakeTextOptOuts } from './fake-limits.ts';
import { fakeCaps, fakeParkedMails } from './fake-mail-in.ts';
import { fakeOutbox } from './fake-outbox.ts';
import { fakePersonalData, fakePrivacyRequests } from './fake-privacy.ts';
import { fakeQueues, fakeWaiting } from './fake-queues.ts';
import { fakeTickets, join } from './fake-tickets.ts';
import { emptyMemory, type Memory } from './memory.ts';

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
  const memory = emptyMemory();
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
      newest: async () => structuredClone(memory.models.toSorted((a, b) => (a.version < b.version ? 1 : -1))[0]),
      keep: async (model) => {
        memory.models.push(structuredClone(model));
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
        structuredClone(
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
        memory.facts.set(event.id, structuredClone({ event, about }));
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

const plain = (email: string): string => email.trim().toLowerCase();

const fakeCarriedPolicy = (memory: Memory): CarriedPolicy => ({
  read: async () => structuredClone(memory.carried),
  note: async (carried, before) => {
    if (memory.carried?.version !== before?.version) return false;
    memory.carried = structuredClone(carried);
    return true;
  },
});

const fakeOutages = ({ watches }: Memory): Outages => ({
  watchOn: async (category) => structuredClone(watches.get(category)),
  keep: async (next, before) => {
    if (watches.get(next.category)?.version !== before?.version) return false;
    watches.set(next.category, structuredClone(next));
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
