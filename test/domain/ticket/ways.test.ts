import { expect, test } from 'vitest';
import { wayTo } from '../../../domain/contact/way-to.ts';
import { DAY, plus } from '../../../domain/support/time.ts';
import { reachable } from '../../../domain/survey/eligibility.ts';
import { acknowledge } from '../../../domain/ticket/acts/acknowledge.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import type { Requester } from '../../../domain/ticket/ticket.ts';
import { aContext, afterChange, aLedger, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const letter = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk+token@desk.example' };
const kim: Requester = { id: '01JKIM', locale: 'en', type: 'standard' };
const heard = { ...kim, handle: { network: 'mastodon', name: 'kim' } };
const called = { ...kim, phone: '+4930123456' };
const both = { ...called, email: 'kim@example.com' };

test.each([
  ['mail', both, { email: 'kim@example.com' }],
  ['web', both, { email: 'kim@example.com' }],
  ['chat', called, { phone: '+4930123456' }],
  ['sms', both, { phone: '+4930123456' }],
  ['phone', both, { email: 'kim@example.com' }],
  ['social', heard, undefined],
] as const)('by %s, %o is reached by %o', (channel, customer, way) => {
  expect(wayTo({ channel, customer })).toEqual(way);
});

test('a call is acknowledged to the telephone it came from', () => {
  expect(wayTo({ channel: 'phone', customer: both }, 'acknowledgement')).toEqual({ phone: '+4930123456' });
});

test('who is reached by telephone alone is owed a text message', () => {
  const ledger = aLedger({ channel: 'sms', customer: called });

  const change = granted(acknowledge(ledger, letter, aContext()));

  expect(change.mails).toMatchObject([{ key: `ack#${ledger.ticket.id}`, to: { phone: '+4930123456' } }]);
  expect(change.events).toMatchObject([{ type: 'acknowledged' }]);
});

test('nobody is acknowledged who cannot be reached, and the ticket says so, once', () => {
  const ledger = aLedger({ channel: 'social', customer: heard });

  const change = granted(acknowledge(ledger, letter, aContext()));
  const again = acknowledge(afterChange(ledger, change), letter, aContext());

  expect(change.mails).toEqual([]);
  expect(change.events).toMatchObject([{ type: 'not-sent', what: 'acknowledgement', why: 'no-address' }]);
  expect(again).toMatchObject({ ok: false, refusal: 'already-acknowledged' });
});

test('a reply to somebody without an address is kept, counts, and is handed to the channel', () => {
  const ledger = aLedger({ channel: 'social', customer: heard });

  const change = granted(reply(ledger, { ...letter, agent: 'ada', agentName: 'Ada', body: 'Try again.' }, aContext()));

  expect(change.messages).toMatchObject([{ direction: 'out', text: 'Try again.' }]);
  expect(change.events.map(({ type }) => type)).toContain('replied');
  expect(change.events.at(-1)).toMatchObject({ type: 'not-sent', what: 'reply', why: 'handed-to-channel' });
  expect(change.after.clock.firstReply?.state).toBe('met');
});

test('silence goes its way although nobody can be reminded or told of it', () => {
  const asked = aLedger({ channel: 'social', customer: heard });
  const waiting = afterChange(
    asked,
    granted(
      reply(asked, { ...letter, agent: 'ada', agentName: 'Ada', body: 'Which card?', then: 'pending' }, aContext()),
    ),
  );
  const reminded = remindCustomer(waiting, letter, aContext(plus(mondayAt9, 4 * DAY)));
  if (!reminded.change) throw new Error('Nobody was reminded.');
  const silent = afterChange(waiting, reminded.change);

  const closed = closeQuietly(silent, letter, aContext(plus(mondayAt9, 9 * DAY)));

  expect(reminded.change.events).toMatchObject([{ type: 'reminded' }, { type: 'not-sent', what: 'reminder' }]);
  expect(reminded.lookAgainAt > plus(mondayAt9, 4 * DAY)).toBe(true);
  expect(closed.change?.after.status).toBe('closed');
  expect(closed.change?.events).toMatchObject([{ type: 'closed' }, { type: 'not-sent', what: 'closed-quietly' }]);
});

test('nobody is asked for a rating who cannot be written to, and a number will do', () => {
  const known = { staff: [], suppressed: false, optedOut: false };

  expect(reachable(aLedger({ channel: 'social', customer: heard }).ticket, known)).toEqual({
    ask: false,
    why: 'no-address',
  });
  expect(reachable(aLedger({ channel: 'sms', customer: called }).ticket, known)).toEqual({ ask: true });
});
