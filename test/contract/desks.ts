import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { budgetsIn } from '../../adapters/dynamo/budgets.ts';
import { capsIn } from '../../adapters/dynamo/caps.ts';
import { carriedPolicyIn } from '../../adapters/dynamo/carried-policy.ts';
import { clicksIn } from '../../adapters/dynamo/clicks.ts';
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { eventFactsIn } from '../../adapters/dynamo/event-facts.ts';
import { clockFactsIn } from '../../adapters/dynamo/facts.ts';
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { modelsIn } from '../../adapters/dynamo/models.ts';
import { noteClickIn } from '../../adapters/dynamo/note-click.ts';
import { npsAsksIn } from '../../adapters/dynamo/nps-asks.ts';
import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { outagesIn } from '../../adapters/dynamo/outages.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personalDataIn } from '../../adapters/dynamo/personal-data.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { privacyRequestsIn } from '../../adapters/dynamo/privacy-requests.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { textOptOutsIn } from '../../adapters/dynamo/text-opt-outs.ts';
import { ticketsIn, tracesIn } from '../../adapters/dynamo/tickets.ts';
import { waitingIn } from '../../adapters/dynamo/waiting.ts';
import type { Agent } from '../../domain/policy.ts';
import { type FakeDesk, fakeDesk } from '../support/fakes.ts';
import { type Engine, startEngine } from './engine.ts';

export type Desk = Omit<FakeDesk, 'memory'>;

const agent = (id: string): Agent => ({
  id,
  name: id,
  email: `${id}@example.com`,
  groups: ['frontline'],
  tier: 1,
  role: 'agent',
  languages: ['en'],
  skills: [],
  capacity: 10,
});

const agents: Agent[] = [agent('ada'), agent('ben')];

/** Runs one suite twice: against the fakes that unit tests use, and against the stores on the real engine. */
export const onBothDesks = (suite: (desk: () => Desk) => void): void => {
  describe('in memory', () => {
    let desk: Desk;
    beforeEach(() => {
      desk = fakeDesk(agents);
    });
    suite(() => desk);
  });

  describe('in the table', () => {
    let engine: Engine;
    let desk: Desk;
    beforeAll(async () => {
      engine = await startEngine();
    });
    beforeEach(async () => {
      const table = await engine.table();
      desk = {
        tickets: ticketsIn(table),
        queues: queuesIn(table),
        customers: customersIn(table),
        persons: personsIn(table),
        parked: parkedMailsIn(table),
        caps: capsIn(table),
        requests: privacyRequestsIn(table),
        data: personalDataIn(table),
        erasures: { put: async () => {} },
        budgets: budgetsIn(table),
        contacts: contactsIn(table),
        textOptOuts: textOptOutsIn(table),
        team: teamIn(table, agents),
        outbox: outboxIn(table),
        suppressions: suppressionsIn(table),
        optOuts: optOutsIn(table),
        traces: tracesIn(table),
        clockFacts: clockFactsIn(table),
        eventFacts: eventFactsIn(table),
        count: () => {},
        feedbacks: feedbacksIn(table),
        npsAsks: npsAsksIn(table),
        // A busy machine is no page that somebody waits for.
        noteClick: noteClickIn(table, 20_000),
        clicks: clicksIn(table),
        waiting: waitingIn(table),
        outages: outagesIn(table),
        models: modelsIn(table),
        carriedPolicy: carriedPolicyIn(table),
      };
    });
    afterAll(() => engine.stop());
    suite(() => desk);
  });
};
