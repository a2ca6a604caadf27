import { expect, test } from 'vitest';
import type { Message } from '../../../domain/ticket/message.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { viewEvent, viewMessage, viewTicket } from '../../../domain/ticket/view.ts';
import { aCustomer, aNewLedger, anEvent, aTicket, mondayAt9 } from '../../support/builders.ts';

test('a new ticket shows null for what triage has not decided', () => {
  expect(viewTicket(aNewLedger().ticket)).toMatchObject({
    id: 'T-7K2M9Q',
    status: 'new',
    priority: null,
    category: null,
    tier: null,
    group: null,
    assignee: null,
    clock: { firstReply: { target: 'PT24H', calendar: 'always', state: 'running' } },
  });
});

test('an open ticket shows where it is, and leaves out what has not happened', () => {
  const view = viewTicket(aTicket());

  expect(view).toMatchObject({
    status: 'open',
    priority: 'P3',
    category: 'payment',
    group: 'frontline',
    assignee: 'ada',
    tier: 1,
  });
  for (const absent of ['satisfaction', 'remediation', 'followUpOf', 'resolvedAt', 'closedAt', 'needsHuman', 'product'])
    expect(view).not.toHaveProperty(absent);
});

test('a ticket that was closed, rated and put right shows all of it', () => {
  const satisfaction = {
    score: 1,
    scale: 'four-point',
    label: 'very bad',
    low: true,
    group: 'frontline',
    tier: 1 as const,
    cycle: 1,
    survey: 'after-resolve@1',
    at: mondayAt9,
  };
  const ticket = aTicket({
    status: 'closed',
    resolvedAt: mondayAt9,
    closedAt: mondayAt9,
    product: 'reader',
    satisfaction,
    remediation: { state: 'closed', cycle: 1, recoveryCycle: 2, outcome: 'recovered' },
    followUpOf: 'T-000001',
    needsHuman: 'survey: States.Timeout',
  } as Partial<Ticket>);

  expect(viewTicket(ticket)).toMatchObject({
    resolvedAt: mondayAt9,
    closedAt: mondayAt9,
    product: 'reader',
    satisfaction,
    remediation: { state: 'closed', outcome: 'recovered' },
    followUpOf: 'T-000001',
    needsHuman: 'survey: States.Timeout',
  });
});

test('the customer is shown without time zone, and without a name as null', () => {
  const { name, ...nameless } = aCustomer({ timeZone: 'Asia/Tehran' });

  expect(viewTicket(aTicket({ customer: nameless })).customer).toEqual({
    id: nameless.id,
    email: nameless.email,
    name: null,
    locale: 'en',
    type: 'standard',
  });
});

test('an event shows who, why and by which policy, and its own part as detail', () => {
  const event = anEvent({ type: 'replied', agent: 'ada', message: 'm1' });

  expect(viewEvent(event)).toEqual({
    id: event.id,
    at: mondayAt9,
    type: 'replied',
    by: 'agent:ada',
    reason: 'As the test says.',
    policy: '1',
    cycle: 1,
    version: 1,
    detail: { agent: 'ada', message: 'm1' },
  });
});

test('a message shows its words and attachments, not where they are stored', () => {
  const message: Message = {
    id: 'm1',
    ticketId: 'T-7K2M9Q',
    at: mondayAt9,
    direction: 'in',
    channel: 'mail',
    author: 'customer:c',
    text: 'Hello',
    html: '<p>Hello</p>',
    attachments: [{ name: 'a.png', type: 'image/png', bytes: 7, key: 'secret/key' }],
    mailId: '<a@b>',
    raw: 'mail/raw',
    quarantined: 'no participant',
  };

  const view = viewMessage(message);

  expect(view).toMatchObject({ text: 'Hello', html: '<p>Hello</p>', quarantined: 'no participant' });
  expect(view.attachments).toEqual([{ name: 'a.png', type: 'image/png', bytes: 7 }]);
  expect(JSON.stringify(view)).not.toMatch(/secret|raw/);
});
