import { describe, expect, test } from 'vitest';
import { appendTurns } from '../../../domain/channels/append-turns.ts';
import { known, toldBy } from '../../../domain/channels/transcript.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { notThanks } from '../../../domain/ticket/acts/not-thanks.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import type { Channel } from '../../../domain/ticket/ticket.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, mondayAt9, standingOf } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);
const customer = aCustomer();
const said = (text: string, channel: Channel = 'mail') => ({ text, channel, customer, attachments: [] });
const by = 'agent:ada' as const;

const replied = (ledger: Ledger, at: number, then?: 'pending' | 'resolved'): Ledger => {
  const input = { agent: 'ada', agentName: 'Ada', body: 'Try this.', links: { ticket: 'https://d/t' } };
  return afterChange(ledger, granted(reply(ledger, { ...input, ...(then && { then }) }, aContext(hours(at)))));
};
const heard = (ledger: Ledger, text: string, at: number, channel?: Channel): Ledger =>
  afterChange(ledger, granted(customerReply(ledger, said(text, channel), aContext(hours(at)))));
const held = (ledger: Ledger, at: number): Ledger =>
  afterChange(ledger, granted(hold(ledger, { waitingFor: 'third-party', by }, aContext(hours(at)))));
const letter = { links: { ticket: 'https://desk.example/t/x' } };
/** Reminded after three days, closed after seven. */
const closedQuietly = (ledger: Ledger, pausedAt: number): Ledger => {
  const reminded = remindCustomer(ledger, letter, aContext(plus(hours(pausedAt), 3 * DAY))).change;
  const waiting = reminded && afterChange(ledger, reminded);
  const closed = waiting && closeQuietly(waiting, letter, aContext(plus(hours(pausedAt), 7 * DAY))).change;
  if (closed === undefined) throw new Error('The ticket should have been closed quietly.');
  return afterChange(waiting, closed);
};
const undone = (ledger: Ledger, at: number): Ledger => {
  const event = ledger.events.findLast(({ type }) => type === 'customer-thanked');
  const message = event?.type === 'customer-thanked' ? event.message : 'none';
  return afterChange(ledger, granted(notThanks(ledger, { message, by }, aContext(hours(at)))));
};
const lastTypes = ({ events }: Ledger, count: number) => events.slice(-count).map(({ type }) => type);

describe('thanks alone', () => {
  test.each(['mail', 'web', 'sms', 'chat'] as const)('by %s start no clock on an open ticket', (channel) => {
    const ledger = heard(replied(aLedger(), 1), 'Danke!', 2, channel);

    expect(lastTypes(ledger, 1)).toEqual(['customer-thanked']);
    expect(ledger.events.at(-1)?.by).toBe('rule:thanks-only@1');
    expect(standingOf(ledger, hours(3)).promises.nextReply).toBeUndefined();
  });

  test('leave a ticket that waits for the customer waiting, and "all is well" is the answer it waits for', () => {
    const pending = replied(aLedger(), 1, 'pending');

    expect(heard(pending, 'Thank you!', 2).ticket.status).toBe('pending');
    expect(heard(pending, 'Perfect, thank you!', 2).ticket.status).toBe('open');
  });

  test('reopen no resolved ticket, also after the window: nothing new is opened for them', () => {
    const resolved = replied(aLedger(), 1, 'resolved');

    expect(heard(resolved, 'ممنون از شما', 2).ticket).toMatchObject({ status: 'resolved', cycle: 1 });
    expect(heard(resolved, 'It works now!', 2).ticket).toMatchObject({ status: 'resolved', cycle: 1 });
    expect(heard(resolved, 'Danke!', (40 * DAY) / HOUR).ticket).toMatchObject({ status: 'resolved', cycle: 1 });
  });

  test('with a file are a message like any other', () => {
    const file = { name: 'a.png', type: 'image/png', bytes: 3, key: 'k' };
    const ledger = replied(aLedger(), 1);

    const change = granted(customerReply(ledger, { ...said('Danke!'), attachments: [file] }, aContext(hours(2))));

    expect(change.events.map(({ type }) => type)).toEqual(['customer-replied']);
  });

  test('are a message like any other when the policy does not look for them', () => {
    const policy = aPolicy({ thanksOnly: { recognise: false, mostWords: 20 } });
    const ledger = replied(aLedger(), 1);

    const change = granted(customerReply(ledger, said('Danke!'), aContext(hours(2), policy)));

    expect(change.events.map(({ type }) => type)).toEqual(['customer-replied']);
  });

  test('are kept in the conversation', () => {
    const change = granted(customerReply(replied(aLedger(), 1), said('Danke!'), aContext(hours(2))));

    expect(change.messages).toMatchObject([{ direction: 'in', text: 'Danke!' }]);
  });
});

describe('in a chat', () => {
  const turn = (author: 'customer' | 'agent' | 'bot', text: string, at: number) => ({
    at: hours(at),
    author,
    name: author === 'agent' ? 'Ada' : 'Sara',
    text,
  });
  const team = [{ id: 'ada', name: 'Ada', email: 'ada@desk.example' }];

  test('thanks reopen nothing, and what is said beside them does', () => {
    const resolved = replied(aLedger({ channel: 'chat' }), 1, 'resolved');
    const told = (...turns: ReturnType<typeof turn>[]) =>
      granted(appendTurns(resolved, known(turns, team), aContext(hours(3)))).after.status;

    expect(told(turn('customer', 'Thanks!', 2))).toBe('resolved');
    expect(told(turn('customer', 'Thanks!', 2), turn('customer', 'It fails again.', 2.1))).toBe('open');
  });

  test.each(['pending', 'on-hold'])(
    'thanks leave a ticket %s, and what is said beside them ends the wait',
    (status) => {
      const answered = replied(aLedger({ channel: 'chat' }), 1, status === 'pending' ? 'pending' : undefined);
      const waiting = status === 'pending' ? answered : held(answered, 1);
      const told = (...turns: ReturnType<typeof turn>[]) =>
        granted(appendTurns(waiting, known(turns, team), aContext(hours(3)))).after.status;

      expect(told(turn('customer', 'Thanks!', 2))).toBe(status);
      expect(told(turn('customer', 'Thanks!', 2), turn('customer', 'It fails again.', 2.1))).toBe('open');
    },
  );

  test('thanks after an agent’s answer are thanks, before it a part of the question', () => {
    const turns = known(
      [turn('customer', 'Thanks', 1), turn('agent', 'Done.', 2), turn('customer', 'Thanks', 3)],
      team,
    );

    const { notes } = toldBy(turns, { ticketId: 'T-7K2M9Q', customer }, aContext(hours(4)));

    expect(notes.map(({ type }) => type)).toEqual(['customer-replied', 'transcribed', 'customer-thanked']);
  });
});

describe('an agent who reads more in it', () => {
  test('makes it a reply of its own time: the next reply counts from then', () => {
    const ledger = undone(heard(replied(aLedger(), 1), 'Thanks!', 2), 9);

    expect(standingOf(ledger, hours(9)).promises.nextReply).toMatchObject({
      startedAt: hours(2),
      state: 'running',
    });
  });

  test('ends the wait for the customer at the time it was written', () => {
    const ledger = undone(heard(replied(aLedger(), 1, 'pending'), 'Thanks!', 5), 9);

    expect(ledger.ticket.status).toBe('open');
    expect(standingOf(ledger, hours(9)).promises.resolution?.pausedSpans).toEqual([{ from: hours(1), to: hours(5) }]);
  });

  test('ends a hold as well, at that time', () => {
    const ledger = undone(heard(held(replied(aLedger(), 1), 2), 'Thanks!', 5), 9);

    expect(ledger.ticket.status).toBe('open');
    expect(standingOf(ledger, hours(9)).promises).toMatchObject({
      resolution: { pausedSpans: [{ from: hours(2), to: hours(5) }] },
      nextReply: { startedAt: hours(5), dueAt: hours(29) },
    });
  });

  test('reopens what had ended, and its first reply counts from when it was written', () => {
    const ledger = undone(heard(replied(aLedger(), 1, 'resolved'), 'Thanks!', 5), 9);

    expect(lastTypes(ledger, 2)).toEqual(['reopened', 'not-thanked']);
    expect(ledger.ticket).toMatchObject({ status: 'open', cycle: 2 });
    expect(standingOf(ledger, hours(9)).promises.firstReply?.startedAt).toBe(hours(5));
  });

  test('opens what was closed because the customer seemed silent, and its clock counts from when they wrote', () => {
    const silent = closedQuietly(heard(replied(aLedger(), 1, 'pending'), 'Thanks!', 5), 1);

    const ledger = undone(silent, 24 * 9);

    expect(silent.ticket.status).toBe('closed');
    expect(ledger.ticket).toMatchObject({ status: 'open', cycle: 2 });
    expect(standingOf(ledger, hours(24 * 9)).promises.firstReply).toMatchObject({
      startedAt: hours(5),
      dueAt: hours(29),
      pausedSpans: [],
    });
  });

  test('changes no clock once the customer was answered', () => {
    const ledger = undone(replied(heard(replied(aLedger(), 1), 'Thanks!', 2), 3), 9);

    expect(standingOf(ledger, hours(9)).promises.nextReply).toBeUndefined();
  });

  test('leaves what was resolved after it resolved', () => {
    const ledger = undone(replied(heard(replied(aLedger(), 1), 'Thanks!', 2), 3, 'resolved'), 9);

    expect(ledger.ticket).toMatchObject({ status: 'resolved', cycle: 1 });
  });

  test('can say so once, of a message that passed for thanks', () => {
    const thanked = heard(replied(aLedger(), 1), 'Thanks!', 2);
    const again = undone(thanked, 3);
    const message = again.events.findLast(({ type }) => type === 'not-thanked');
    const id = message?.type === 'not-thanked' ? message.message : '';

    expect(notThanks(again, { message: id, by }, aContext(hours(4)))).toMatchObject({ refusal: 'already-there' });
    expect(notThanks(thanked, { message: 'other', by }, aContext(hours(4)))).toMatchObject({
      refusal: 'unknown-message',
    });
  });
});
