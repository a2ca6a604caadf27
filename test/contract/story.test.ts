import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn, tracesIn } from '../../adapters/dynamo/tickets.ts';
import { DAY, HOUR } from '../../domain/support/time.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as apologise } from '../../functions/apologise-and-ask/handler.ts';
import { build as askAgain } from '../../functions/ask-again/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { build as callTheLead } from '../../functions/call-the-lead/handler.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as openRecovery } from '../../functions/open-recovery/handler.ts';
import { build as receive } from '../../functions/receive-ticket/handler.ts';
import { build as recordOutcome } from '../../functions/record-outcome/handler.ts';
import { build as remindCustomer } from '../../functions/remind-customer/handler.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { act } from '../functions/acting.ts';
import { aDesk, aRequest, type Desk } from '../functions/support.ts';
import { type Engine, startEngine } from './engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const solved = { cause: 'A wrong key', solution: 'Another key', check: 'Logged in' };

/** A ticket from its first word to the customer won back, with all that the desk remembers of it. */
const story = async (desk: Desk): Promise<unknown> => {
  const body = {
    subject: 'Login fails',
    body: 'Since <b>today</b>.\n=1+1',
    customer: { email: 'kim@example.com', name: 'Kim', locale: 'fa', timeZone: 'Asia/Tehran' },
    impact: 'team',
    urgency: 'high',
    usersAffected: 12,
    context: { browser: 'Firefox', errorCode: 'E17' },
  };
  await receive(desk)(aRequest({ body, headers: { 'idempotency-key': 'k' } }));
  const of = { ticketId: 'T-000001', cycle: 1 };
  await triage(desk)(of);
  await acknowledge(desk)(of);
  desk.pass(2 * DAY);
  await climb(desk)(of);
  await act(desk, acts.notes, of.ticketId, { body: 'A hard one.' });
  await act(desk, acts.replies, of.ticketId, { body: 'Which key?', then: 'pending' });
  desk.pass(10 * DAY);
  await remindCustomer(desk)(of);
  await act(desk, acts.hold, of.ticketId, { until: '2026-12-24T10:00:00+01:00', reason: 'The key maker.' });
  await act(desk, acts.resume, of.ticketId);
  await act(desk, acts.transfer, of.ticketId, { to: 'frontline' });
  await act(desk, acts.replies, of.ticketId, { body: 'Here.', then: 'resolved', ...solved });
  desk.pass(HOUR);
  await askForRating(desk)({ ...of, token: 'token-1' });
  const survey = await desk.outbox.get(`survey#${of.ticketId}#1#csat`);
  const token = survey?.content.template === 'survey' ? (survey.content.link.split('/s/')[1] ?? '') : '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const raw of ['satisfaction=4', 'satisfaction=1&issue=%3D1%2B1&resolved=no&why-not=%F0%9F%94%91']) {
    await answer(desk)(aRequest({ path: { token }, raw, headers }));
  }
  await openRecovery(desk)({ ...of, cause: 'survey', score: 1, scale: 'csat-5', about: 'survey#1' });
  await apologise(desk)(of);
  desk.pass(3 * DAY);
  await callTheLead(desk)(of);
  await act(desk, acts.replies, of.ticketId, { body: 'Sorry.', then: 'resolved', ...solved });
  desk.pass(DAY);
  await askAgain(desk)({ ...of, token: 'token-2' });
  await recordOutcome(desk)({ ...of, outcome: 'no-answer' });

  const ledger = await desk.tickets.ledger(of.ticketId);
  const keys = ledger?.events.flatMap((event) => ('mail' in event ? [event.mail] : [])) ?? [];
  return {
    ledger,
    messages: await desk.tickets.messages(of.ticketId),
    surveys: [
      await desk.tickets.survey(of.ticketId, 1, 'csat'),
      await desk.tickets.survey(of.ticketId, 2, 'follow-up'),
    ],
    remediation: await desk.tickets.remediation(of.ticketId, 1),
    waits: [await desk.tickets.wait(of.ticketId, 'survey'), await desk.tickets.wait(of.ticketId, 'remediation')],
    mails: await Promise.all(keys.map((key) => desk.outbox.get(key))),
    team: await desk.team.now(),
    customer: await desk.customers.find('kim@example.com'),
  };
};

test('the whole life of a ticket is remembered in the table as it is in memory', async () => {
  const table = await engine.table();
  const inMemory = aDesk();
  const inTable: Desk = {
    ...aDesk(),
    tickets: ticketsIn(table),
    traces: tracesIn(table),
    queues: queuesIn(table),
    customers: customersIn(table),
    persons: personsIn(table),
    contacts: contactsIn(table),
    team: teamIn(table, inMemory.agents),
    outbox: outboxIn(table),
    suppressions: suppressionsIn(table),
  };

  const [remembered, stored] = [await story(inMemory), await story(inTable)];

  expect(stored).toEqual(remembered);
  expect(remembered).toMatchObject({
    ledger: { ticket: { status: 'resolved', cycle: 2, remediation: { state: 'closed', outcome: 'no-answer' } } },
    surveys: [{ status: 'answered', answer: { score: 1 }, earlier: [{ score: 4 }] }, { status: 'asked' }],
  });
});
