import { expect, test } from 'vitest';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { acknowledge } from '../../../domain/ticket/acts/acknowledge.ts';
import { openTicket } from '../../../domain/ticket/acts/open-ticket.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { triageTicket } from '../../../domain/ticket/acts/triage-ticket.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  aNewLedger,
  anOpening,
  aPolicy,
  aTeam,
  mondayAt9,
  theCategories,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const ctx = aContext();
const letter = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk+token@desk.example' };

const triaged = (ledger: Ledger, text = 'The card is refused.', team = aTeam()): Change =>
  granted(triageTicket(ledger, { text, categories: theCategories(), team }, ctx));

test('a message becomes a new ticket with its clock running, its first message, and one event', () => {
  const change = openTicket(anOpening({ mailId: '<a@b>', html: '<p>x</p>', raw: 'mail/1' }), ctx);

  expect(change.before).toBeUndefined();
  expect(change.after).toMatchObject({
    id: 'T-7K2M9Q',
    status: 'new',
    cycle: 1,
    version: 1,
    anchor: '<ticket.T-7K2M9Q@desk.example>',
    clock: { firstReply: { dueAt: plus(mondayAt9, 24 * HOUR), state: 'running' } },
  });
  expect(change.events).toMatchObject([
    { type: 'opened', by: `customer:${aCustomer().id}`, channel: 'mail', policy: '1', cycle: 1, version: 1 },
  ]);
  expect(change.messages).toMatchObject([
    { direction: 'in', text: 'The card is refused.', mailId: '<a@b>', html: '<p>x</p>', raw: 'mail/1' },
  ]);
  expect(change.events[0]).toMatchObject({ message: change.messages?.[0]?.id });
});

test('the request that caused it and the ticket it follows are kept', () => {
  const request = { key: 'k', bodyHash: 'h', answer: {}, expiresAt: mondayAt9 };

  const change = openTicket(anOpening({ request, followUpOf: 'T-000001' }), ctx);

  expect(change.request).toBe(request);
  expect(change.after.followUpOf).toBe('T-000001');
  expect(change.events[0]).toMatchObject({ followUpOf: 'T-000001' });
});

test('events carry ids and codes, never the words of a person', () => {
  const ledger = aLedger({ subject: 'Very private subject', text: 'My secret payment' });

  expect(JSON.stringify(ledger.events)).not.toMatch(/private|secret|Sara|customer\.example/);
});

test('triage opens the ticket with category, priority, group and owner, and lists every rule', () => {
  const change = triaged(aNewLedger());

  expect(change.after).toMatchObject({
    status: 'open',
    version: 2,
    priority: 'P3',
    category: 'payment',
    group: 'frontline',
    tier: 1,
    assignee: 'ada',
  });
  expect(change.events).toMatchObject([
    {
      type: 'triaged',
      by: 'rule:triage@1',
      rules: ['triage.matrix', 'category.keywords', 'routing.least-loaded'],
      version: 2,
    },
    { type: 'assigned', agent: 'ada', group: 'frontline', by: 'rule:routing.least-loaded@1' },
  ]);
});

test('the subject is weighed with the text', () => {
  const change = triaged(aNewLedger({ subject: 'System down' }), 'Please help');

  expect(change.after).toMatchObject({ priority: 'P1', group: 'advanced', tier: 2, assignee: 'cleo' });
  expect(change.events[0]).toMatchObject({
    rules: ['triage.matrix', 'triage.outage', 'category.fallback', 'routing.senior'],
  });
});

test('triage gives the ticket the targets of its priority', () => {
  const change = triaged(aNewLedger({ subject: 'Outage' }));

  expect(change.after.clock.firstReply).toMatchObject({ target: 'PT1H', dueAt: plus(mondayAt9, HOUR) });
});

test('with nobody there it has no owner, stands in the queue of its group, and the event says why', () => {
  const team = aTeam({ ada: { present: false }, ben: { present: false } });

  const change = triaged(aNewLedger(), 'card', team);

  expect(change.after).not.toHaveProperty('assignee');
  expect(change.after).toMatchObject({ status: 'open', group: 'frontline' });
  expect(change.events[1]).toMatchObject({
    type: 'nobody-available',
    by: 'rule:routing.nobody@1',
    group: 'frontline',
    why: 'away',
    reason: 'Nobody of frontline is present with room: it waits in the queue. Not ada: away; ben: away.',
  });
  expect(change.events[1]).not.toHaveProperty('agent');
});

test('triage happens once', () => {
  const input = { text: '', categories: theCategories(), team: aTeam() };

  expect(triageTicket(aLedger(), input, ctx)).toMatchObject({ ok: false, refusal: 'already-triaged' });
});

test('a call that was answered is met, is with whoever answered, and wants no acknowledgement', () => {
  const ledger = aNewLedger({ channel: 'phone', answeredBy: 'ben' });
  const change = triaged(ledger);

  expect(change.after).toMatchObject({
    assignee: 'ben',
    firstRepliedAt: mondayAt9,
    lastRepliedBy: 'ben',
    clock: { firstReply: { state: 'met' } },
  });
  expect(acknowledge(afterChange(ledger, change), letter, ctx)).toMatchObject({ refusal: 'not-wanted' });
});

test('a call that nobody could answer yet is routed like any other, and acknowledged with what is promised', () => {
  const ledger = aLedger({ channel: 'phone' });
  const { firstReply } = ledger.ticket.clock;

  expect(ledger.ticket).toMatchObject({ assignee: 'ada', clock: { firstReply: { state: 'running' } } });
  expect(granted(acknowledge(ledger, letter, ctx)).mails).toMatchObject([
    { content: { template: 'acknowledgement', promise: firstReply?.dueAt } },
  ]);
});

test('a ticket that an agent wrote down without having answered it is routed like any other', () => {
  const { ticket, events } = aNewLedger();

  const change = triaged({ ticket, events: events.map((event) => ({ ...event, by: 'agent:ben' as const })) });

  expect(change.after).toMatchObject({ assignee: 'ada' });
  expect(change.after).not.toHaveProperty('firstRepliedAt');
});

test('the acknowledgement promises the first reply, once, in the language of the customer', () => {
  const ledger = aLedger({ customer: aCustomer({ locale: 'fa', timeZone: 'Asia/Tehran' }) });

  const change = granted(acknowledge(ledger, { ...letter, inReplyTo: '<a@b>' }, ctx));

  expect(change.mails).toEqual([
    {
      key: 'ack#T-7K2M9Q',
      ticketId: 'T-7K2M9Q',
      to: { email: 'sara@customer.example', name: 'Sara' },
      locale: 'fa',
      timeZone: 'Asia/Tehran',
      pace: 'prompt',
      content: {
        template: 'acknowledgement',
        subject: 'My payment fails',
        promise: plus(mondayAt9, 24 * HOUR),
        link: letter.links.ticket,
      },
      anchor: '<ticket.T-7K2M9Q@desk.example>',
      inReplyTo: '<a@b>',
      replyTo: letter.replyTo,
      owedAt: mondayAt9,
      status: 'owed',
      attempts: 0,
    },
  ]);
  expect(change.events).toMatchObject([
    { type: 'acknowledged', mail: 'ack#T-7K2M9Q', promised: ledger.ticket.clock.firstReply?.dueAt },
  ]);
  expect(acknowledge(afterChange(ledger, change), letter, ctx)).toMatchObject({ refusal: 'already-acknowledged' });
});

test('no acknowledgement promises what is not promised', () => {
  const bare = aContext(mondayAt9, aPolicy({ targets: [] }));

  const change = granted(acknowledge(aLedger({}, bare), letter, bare));

  expect(change.mails?.[0]?.content).not.toHaveProperty('promise');
});

test('once a person has replied, nobody acknowledges', () => {
  const ledger = aLedger();
  const replied = granted(reply(ledger, { ...letter, agent: 'ada', agentName: 'Ada', body: 'Hello' }, ctx));

  expect(acknowledge(afterChange(ledger, replied), letter, ctx)).toMatchObject({ refusal: 'not-wanted' });
});

test('a ticket that is critical by its impact goes to a senior as an outage does', () => {
  const ledger = aNewLedger({ report: { impact: 'all', urgency: 'now' } });

  const change = granted(
    triageTicket(ledger, { text: 'Nobody can pay.', categories: theCategories(), team: aTeam() }, aContext()),
  );

  expect(change.after).toMatchObject({ priority: 'P1', assignee: 'cleo' });
});
