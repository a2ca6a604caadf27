import { expect, test } from 'vitest';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { addNote } from '../../../domain/ticket/acts/add-note.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { shownStatus } from '../../../domain/ticket/acts/reopen-window.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  aNewLedger,
  aPolicy,
  aTeam,
  aTicket,
  mondayAt9,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);
const at = (count: number) => aContext(hours(count));

const answer = {
  agent: 'ada',
  agentName: 'Ada',
  body: 'Try again, please.',
  links: { ticket: 'https://desk.example/t/token' },
  replyTo: 'desk+token@desk.example',
};
const words = { text: 'It still fails.', channel: 'mail' as const, customer: aCustomer(), attachments: [] };

const typesOf = (change: Change) => change.events.map(({ type }) => type);
const then = (ledger: Ledger, change: Change): Ledger => afterChange(ledger, change);

test('a reply meets the first reply, goes out as a mail in the thread, and leaves the ticket open', () => {
  const change = granted(reply(aLedger(), { ...answer, inReplyTo: '<a@b>' }, at(1)));
  const [message] = change.messages ?? [];

  expect(change.after).toMatchObject({
    status: 'open',
    firstRepliedAt: hours(1),
    lastRepliedBy: 'ada',
    clock: { firstReply: { state: 'met' } },
  });
  expect(message).toMatchObject({ direction: 'out', author: 'agent:ada', text: answer.body });
  expect(change.mails).toMatchObject([
    {
      key: `reply#T-7K2M9Q#${message?.id}`,
      pace: 'prompt',
      content: { template: 'reply', text: answer.body, agent: 'Ada' },
      message: message?.id,
      inReplyTo: '<a@b>',
      replyTo: answer.replyTo,
    },
  ]);
  expect(change.events).toMatchObject([{ type: 'replied', agent: 'ada', message: message?.id, by: 'agent:ada' }]);
});

test('a second reply keeps the time of the first', () => {
  const once = aLedger();
  const twice = then(once, granted(reply(once, answer, at(1))));

  expect(granted(reply(twice, { ...answer, agent: 'ben' }, at(2))).after).toMatchObject({
    firstRepliedAt: hours(1),
    lastRepliedBy: 'ben',
    assignee: 'ada',
  });
});

test('whoever replies to a ticket without an owner takes it', () => {
  const ledger = aLedger({}, aContext(), aTeam({ ada: { present: false }, ben: { present: false } }));

  const change = granted(reply(ledger, answer, at(1)));

  expect(change.after).toMatchObject({ assignee: 'ada' });
  expect(typesOf(change)).toEqual(['replied', 'assigned']);
});

test('a reply that asks the customer pauses the clock', () => {
  const change = granted(reply(aLedger(), { ...answer, then: 'pending' }, at(1)));

  expect(change.after).toMatchObject({
    status: 'pending',
    pausedAt: hours(1),
    lookAgainAt: plus(hours(1), 3 * DAY),
    clock: { firstReply: { state: 'met' }, resolution: { state: 'paused' } },
  });
  expect(change.events).toMatchObject([
    { type: 'replied' },
    { type: 'paused', waitingFor: 'customer', stopsClock: true },
  ]);
});

test('the policy says whether a pause stops the clock', () => {
  const policy = aPolicy({ pause: { whileWaitingForCustomer: false, whileOnHold: true } });

  const change = granted(reply(aLedger(), { ...answer, then: 'pending' }, aContext(hours(1), policy)));

  expect(change.after).toMatchObject({ status: 'pending', clock: { resolution: { state: 'running' } } });
});

test('a reply that solves it resolves the ticket and ends all promises', () => {
  const change = granted(reply(aLedger(), { ...answer, then: 'resolved' }, at(1)));

  expect(change.after).toMatchObject({
    status: 'resolved',
    resolvedAt: hours(1),
    clock: { resolution: { state: 'met' } },
  });
  expect(change.after).not.toHaveProperty('lookAgainAt');
  expect(typesOf(change)).toEqual(['replied', 'resolved']);
});

test('a reply on a ticket that waited takes it up again', () => {
  const ledger = aLedger();
  const pending = then(ledger, granted(reply(ledger, { ...answer, then: 'pending' }, at(1))));

  const change = granted(reply(pending, answer, at(5)));

  expect(typesOf(change)).toEqual(['replied', 'resumed']);
  expect(change.after).toMatchObject({ status: 'open', clock: { resolution: { dueAt: hours(76) } } });
  expect(change.after).not.toHaveProperty('pausedAt');
});

test('resolving needs what the policy wants, by either way', () => {
  const policy = aPolicy({ resolveNeeds: ['cause', 'solution'] });
  const ctx = aContext(hours(1), policy);

  const blank = resolve(aLedger(), { agent: 'ada', cause: 'A full disk', solution: ' ' }, ctx);

  expect(blank).toMatchObject({ refusal: 'needs-missing', detail: expect.stringContaining('missing: solution') });
  expect(reply(aLedger(), { ...answer, then: 'resolved' }, ctx)).toMatchObject({ refusal: 'needs-missing' });
  expect(resolve(aLedger(), { agent: 'ada', cause: 'A full disk', solution: 'Emptied' }, ctx).ok).toBe(true);
});

test('cause, solution and check stand on the event of resolving', () => {
  const given = { cause: 'A full disk', solution: 'Emptied', check: 'Paid once' };

  expect(granted(resolve(aLedger(), { agent: 'ada', ...given }, at(1))).events).toMatchObject([
    { type: 'resolved', by: 'agent:ada', ...given },
  ]);
});

test('a message on a new or open ticket joins it and changes no status', () => {
  for (const ledger of [aNewLedger(), aLedger()]) {
    const change = granted(customerReply(ledger, { ...words, mailId: '<c@d>' }, at(1)));

    expect(change.after.status).toBe(ledger.ticket.status);
    expect(typesOf(change)).toEqual(['customer-replied']);
    expect(change.messages).toMatchObject([{ direction: 'in', text: words.text, mailId: '<c@d>' }]);
  }
});

test('a message after a reply starts the next reply, by any channel', () => {
  const ledger = aLedger();
  const replied = then(ledger, granted(reply(ledger, answer, at(1))));

  const change = granted(customerReply(replied, { ...words, channel: 'sms' }, at(2)));

  expect(change.after.clock.nextReply).toMatchObject({ dueAt: hours(26), state: 'running' });
});

test('an answer takes a waiting ticket up again and moves due by the pause', () => {
  const ledger = aLedger();
  const pending = then(ledger, granted(reply(ledger, { ...answer, then: 'pending' }, at(1))));

  const change = granted(customerReply(pending, words, at(11)));

  expect(change.after).toMatchObject({
    status: 'open',
    clock: { resolution: { dueAt: hours(82), state: 'running' }, nextReply: { dueAt: hours(35) } },
  });
  expect(typesOf(change)).toEqual(['customer-replied', 'resumed']);
});

test('a message to a ticket on hold is for the desk to read: the hold ends, and a next reply is owed from then', () => {
  const ledger = aLedger();
  const replied = then(ledger, granted(reply(ledger, answer, at(1))));
  const held = then(replied, granted(hold(replied, { waitingFor: 'third-party', by: 'agent:ada' }, at(2))));

  const change = granted(customerReply(held, words, at(12)));

  expect(change.after).toMatchObject({
    status: 'open',
    clock: {
      resolution: { dueAt: hours(82), state: 'running' },
      nextReply: { dueAt: hours(36), state: 'running' },
    },
  });
  expect(change.events).toMatchObject([
    { type: 'customer-replied' },
    { type: 'resumed', reason: 'The customer wrote while a third party was waited for.' },
  ]);
});

test('a message within the window reopens the ticket in a new cycle, one after it does not', () => {
  const ledger = aLedger();
  const replied = then(ledger, granted(reply(ledger, { ...answer, then: 'resolved' }, at(1))));
  const end = plus(hours(1), 14 * DAY);

  const change = granted(customerReply(replied, words, aContext(end)));

  expect(change.after).toMatchObject({
    status: 'open',
    cycle: 2,
    assignee: 'ada',
    lastRepliedBy: 'ada',
    clock: { firstReply: { state: 'running', dueAt: plus(end, DAY) } },
  });
  expect(change.after).not.toHaveProperty('firstRepliedAt');
  expect(change.after).not.toHaveProperty('resolvedAt');
  expect(change.events).toMatchObject([
    { type: 'reopened', cause: 'customer', cycle: 2 },
    { type: 'customer-replied', cycle: 2 },
  ]);
  expect(customerReply(replied, words, aContext(plus(end, 1)))).toMatchObject({ refusal: 'window-over' });
});

test('the request key of a message is stored with it', () => {
  const request = { key: 'k', bodyHash: 'h', answer: {}, expiresAt: mondayAt9 };

  expect(granted(customerReply(aLedger(), { ...words, request }, at(1))).request).toBe(request);
});

test('the desk may reopen at any time, the customer within the window', () => {
  const ledger = aLedger();
  const resolved = then(ledger, granted(resolve(ledger, { agent: 'ada' }, at(1))));
  const late = aContext(plus(hours(1), 15 * DAY));

  expect(reopen(resolved, { by: 'customer:c', cause: 'customer' }, late)).toMatchObject({ refusal: 'window-over' });
  expect(granted(reopen(resolved, { by: 'agent:ada', cause: 'agent' }, late)).after).toMatchObject({ cycle: 2 });
});

test('a hold keeps its reason and end on the ticket, and they go when it is taken up again', () => {
  const ledger = aLedger();
  const on = { waitingFor: 'third-party', reason: 'The bank checks.', until: hours(30), by: 'agent:ada' } as const;

  const held = granted(hold(ledger, on, at(1)));
  const resumed = granted(resume(then(ledger, held), { by: 'agent:ada' }, at(3)));

  expect(held.after).toMatchObject({
    status: 'on-hold',
    holdReason: 'The bank checks.',
    holdUntil: hours(30),
    lookAgainAt: hours(30),
    clock: { firstReply: { state: 'paused' } },
  });
  expect(resumed.after).toMatchObject({
    status: 'open',
    clock: { firstReply: { dueAt: hours(26), state: 'running' } },
  });
  for (const gone of ['holdReason', 'holdUntil', 'pausedAt']) expect(resumed.after).not.toHaveProperty(gone);
});

test('waiting for the customer makes it pending, with a reminder at the time that was set', () => {
  const change = granted(hold(aLedger(), { waitingFor: 'customer', until: hours(9), by: 'agent:ada' }, at(1)));

  expect(change.after).toMatchObject({ status: 'pending', pausedAt: hours(1), lookAgainAt: hours(9) });
});

test('nothing is held until a time that is over', () => {
  const over = { waitingFor: 'third-party', until: hours(1), by: 'agent:ada' } as const;

  expect(hold(aLedger(), over, at(1))).toMatchObject({ refusal: 'until-in-the-past' });
});

test('a note is kept for the agents, moves no clock and owes no mail', () => {
  const ledger = aLedger();

  const change = addNote(ledger, { agent: 'ben', body: 'Known customer' }, at(1));

  expect(change.messages).toMatchObject([{ direction: 'note', author: 'agent:ben', text: 'Known customer' }]);
  expect(change.mails).toBeUndefined();
  expect(change.after.clock).toEqual(ledger.ticket.clock);
  expect(typesOf(change)).toEqual(['noted']);
});

test('a resolved ticket is told as closed once its customer can no longer reopen it', () => {
  const resolved = aTicket({ status: 'resolved', resolvedAt: mondayAt9 });
  const end = plus(mondayAt9, 14 * DAY);

  expect(shownStatus(resolved, aPolicy(), end)).toBe('resolved');
  expect(shownStatus(resolved, aPolicy(), plus(end, 1))).toBe('closed');
  expect(shownStatus(aTicket(), aPolicy(), plus(end, 1))).toBe('open');
});
