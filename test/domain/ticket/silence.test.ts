import { expect, test } from 'vitest';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, type Instant, plus } from '../../../domain/support/time.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const letter = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk+token@desk.example' };
const days = (count: number): Instant => plus(mondayAt9, Math.round(count * DAY));

const aPendingLedger = (): Ledger => {
  const ledger = aLedger();
  return afterChange(ledger, granted(hold(ledger, { waitingFor: 'customer', by: 'agent:ada' }, aContext())));
};

const reminded = (ledger: Ledger, at: Instant): Ledger => {
  const { change } = remindCustomer(ledger, letter, aContext(at));
  if (change === undefined) throw new Error('Nobody was reminded.');
  return afterChange(ledger, change);
};

test('a silent customer is reminded once, and told when the ticket closes', () => {
  const { change, lookAgainAt } = remindCustomer(aPendingLedger(), letter, aContext(days(3)));

  expect(lookAgainAt).toBe(days(7));
  expect(change?.after).toMatchObject({ status: 'pending', pausedAt: mondayAt9, lookAgainAt: days(7) });
  expect(change?.events).toMatchObject([{ type: 'reminded', by: 'rule:silence.remind@1' }]);
  expect(change?.mails).toMatchObject([
    {
      key: `reminder#T-7K2M9Q#1#${mondayAt9}`,
      pace: 'patient',
      content: { template: 'reminder', closesAt: days(7), link: letter.links.ticket },
      replyTo: letter.replyTo,
    },
  ]);
});

test('nobody is reminded early, twice, or after an answer', () => {
  const pending = aPendingLedger();
  const wrote = { text: 'Here', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
  const answered = afterChange(pending, granted(customerReply(pending, wrote, aContext(days(2)))));

  expect(remindCustomer(pending, letter, aContext(days(2.9)))).toEqual({
    outcome: 'not-silent',
    owed: 'customer',
    lookAgainAt: days(3),
  });
  expect(remindCustomer(reminded(pending, days(3)), letter, aContext(days(8)))).toEqual({
    outcome: 'not-silent',
    owed: 'late-answer',
    lookAgainAt: days(7),
  });
  expect(remindCustomer(answered, letter, aContext(days(4))).change).toBeUndefined();
});

test('a reply that asks again begins another wait with a reminder of its own', () => {
  const first = reminded(aPendingLedger(), days(3));
  const ask = { ...letter, agent: 'ada', agentName: 'Ada', body: 'And now?', then: 'pending' } as const;
  const again = afterChange(first, granted(reply(first, ask, aContext(days(4)))));

  expect(closeQuietly(again, letter, aContext(days(7)))).toMatchObject({ outcome: 'not-silent', owed: 'customer' });
  expect(reminded(again, days(7)).ticket.lookAgainAt).toBe(days(11));
});

test('after the reminder and the time it named, the ticket is closed quietly', () => {
  const closed = closeQuietly(reminded(aPendingLedger(), days(3)), letter, aContext(days(7)));

  expect(closed).toMatchObject({ outcome: 'closed', owed: 'nothing', lookAgainAt: days(7) });
  expect(closed.change?.after).toMatchObject({
    status: 'closed',
    closedAt: days(7),
    resolvedAt: days(7),
    clock: { resolution: { state: 'met' } },
  });
  expect(closed.change?.events).toMatchObject([{ type: 'closed', how: 'customer-silent', by: 'rule:silence.close@1' }]);
  expect(closed.change?.mails).toMatchObject([{ key: 'closed#T-7K2M9Q#1', content: { template: 'closed-quietly' } }]);
});

test('nothing is closed without a reminder, before its time, or after an answer', () => {
  const pending = aPendingLedger();
  const told = reminded(pending, days(3));
  const wrote = { text: 'Here', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
  const answered = afterChange(told, granted(customerReply(told, wrote, aContext(days(6)))));

  expect(closeQuietly(pending, letter, aContext(days(30)))).toMatchObject({ outcome: 'not-silent', owed: 'customer' });
  expect(closeQuietly(told, letter, aContext(days(6.9)))).toMatchObject({
    outcome: 'not-silent',
    lookAgainAt: days(7),
  });
  expect(closeQuietly(answered, letter, aContext(days(7)))).toMatchObject({
    outcome: 'not-silent',
    owed: 'first-reply',
  });
});

test('a customer is reminded as often as the policy says, and each reminder names the same end', () => {
  const policy = aPolicy({ silence: { remindAfter: 'P3D', closeAfter: 'P4D', reviewHoldAfter: 'P7D', reminders: 2 } });
  const ctx = (count: number) => aContext(days(count), policy);
  const pending = aPendingLedger();

  const first = remindCustomer(pending, letter, ctx(3)).change;
  const once = first === undefined ? pending : afterChange(pending, first);
  const second = remindCustomer(once, letter, ctx(6)).change;
  const twice = second === undefined ? once : afterChange(once, second);

  expect(closeQuietly(once, letter, ctx(6)).outcome).toBe('not-silent');
  expect([first, second].map((change) => change?.mails?.[0]?.content)).toMatchObject([
    { template: 'reminder', closesAt: days(10) },
    { template: 'reminder', closesAt: days(10) },
  ]);
  expect(new Set([first, second].map((change) => change?.mails?.[0]?.key)).size).toBe(2);
  expect(remindCustomer(twice, letter, ctx(9)).change).toBeUndefined();
  expect(closeQuietly(twice, letter, ctx(10)).outcome).toBe('closed');
});
