import { describe, expect, test } from 'vitest';
import { standing } from '../../../domain/clock/standing.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { link, unlink } from '../../../domain/ticket/acts/link.ts';
import { moveMessage } from '../../../domain/ticket/acts/move-message.ts';
import { openTicket } from '../../../domain/ticket/acts/open-ticket.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { split } from '../../../domain/ticket/acts/split.ts';
import { triageTicket } from '../../../domain/ticket/acts/triage-ticket.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  anOpening,
  aPolicy,
  aTeam,
  mondayAt9,
  theCategories,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const by = 'agent:ada' as const;
const policy = aPolicy();
const at = (hours: number) => plus(mondayAt9, hours * HOUR);
const ctx = (hours: number) => aContext(at(hours));

/** A ticket with what was said on it. */
interface Told {
  ledger: Ledger;
  messages: Message[];
}

const on = ({ ledger, messages }: Told, change: Change): Told => ({
  ledger: afterChange(ledger, change),
  messages: [
    ...messages.filter(({ id }) => !change.messages?.some((message) => message.id === id)),
    ...(change.messages ?? []),
  ],
});
const beside = (told: Told, change: Change): Told => {
  if (!change.beside) throw new Error('Only one ticket changed.');
  return on(told, change.beside);
};
const opened = (id: string, hours = 0): Told => {
  const change = openTicket(anOpening({ id }), ctx(hours));
  const ledger = afterChange(undefined, change);
  const triaged = triageTicket(ledger, { text: 'Hm', categories: theCategories(), team: aTeam() }, ctx(hours));
  return on({ ledger, messages: change.messages ?? [] }, granted(triaged));
};
const wrote = (told: Told, hours: number, text: string): Told => {
  const { customer } = told.ledger.ticket;
  return on(
    told,
    granted(customerReply(told.ledger, { text, channel: 'mail', customer, attachments: [] }, ctx(hours))),
  );
};
const answered = (told: Told, hours: number): Told =>
  on(
    told,
    granted(reply(told.ledger, { agent: 'ada', agentName: 'Ada', body: 'Hm', links: { ticket: 'x' } }, ctx(hours))),
  );
const idOf = (told: Told, text: string): string => told.messages.find((message) => message.text === text)?.id ?? '';
const promises = ({ ledger }: Told, hours: number) => standing(ledger.events, policy, at(hours)).promises;

/** Opened and answered; then two more messages about another matter. */
const talkedOver = (): Told => wrote(wrote(answered(opened('T-000001'), 1), 2, 'And the printer?'), 3, 'It smokes!');

describe('a split', () => {
  test('makes a new ticket of the messages, with the clock of the earliest, and leaves marks', () => {
    const told = talkedOver();
    const take = [idOf(told, 'It smokes!'), idOf(told, 'And the printer?')];
    const change = granted(
      split(told.ledger, { id: 'T-000009', messages: told.messages, take, subject: 'Printer', by }, ctx(5)),
    );

    const [left, fresh] = [
      on(told, change),
      beside({ ledger: { ticket: told.ledger.ticket, events: [] }, messages: [] }, change),
    ];
    expect(fresh.ledger.ticket).toMatchObject({
      id: 'T-000009',
      status: 'new',
      subject: 'Printer',
      splitFrom: 'T-000001',
    });
    expect(fresh.ledger.ticket.anchor).toBe('<ticket.T-000009@desk.example>');
    expect(fresh.messages.map(({ text, ticketId, movedFrom }) => [text, ticketId, movedFrom])).toEqual([
      ['And the printer?', 'T-000009', 'T-000001'],
      ['It smokes!', 'T-000009', 'T-000001'],
    ]);
    expect(promises(fresh, 5).firstReply).toMatchObject({ startedAt: at(2), dueAt: at(26) });
    expect(left.messages.filter(({ movedTo }) => movedTo === 'T-000009').map(({ text }) => text)).toEqual(['', '']);
    expect(left.ledger.events.at(-1)).toMatchObject({ type: 'split', to: 'T-000009' });
  });

  test('takes the promise of a next reply along when nothing else waits for one', () => {
    const told = talkedOver();
    const both = [idOf(told, 'And the printer?'), idOf(told, 'It smokes!')];
    const taken = (take: string[]) =>
      on(told, granted(split(told.ledger, { id: 'T-000009', messages: told.messages, take, by }, ctx(5))));

    expect(promises(told, 5).nextReply).toMatchObject({ startedAt: at(2) });
    expect(promises(taken(both), 5).nextReply).toBeUndefined();
    const left = taken(both.slice(0, 1));
    const by3 = left.ledger.events.find((event) => event.at === at(3));
    expect(promises(left, 5).nextReply).toMatchObject({ startedAt: at(3), startedByEvent: by3?.id });
    expect(promises(taken(both.slice(1)), 5).nextReply).toMatchObject({ startedAt: at(2) });
  });

  test('leaves a message of the customer, and takes only those', () => {
    const told = talkedOver();
    const refusalOf = (take: string[]) => {
      const decision = split(told.ledger, { id: 'T-000009', messages: told.messages, take, by }, ctx(5));
      return decision.ok ? 'granted' : decision.refusal;
    };
    const all = told.messages.filter(({ direction }) => direction === 'in').map(({ id }) => id);

    expect(refusalOf(all)).toBe('nothing-left');
    expect(refusalOf(['01J00000000000000000000000'])).toBe('unknown-message');
    expect(refusalOf([told.messages.find(({ direction }) => direction === 'out')?.id ?? ''])).toBe('unknown-message');
    expect(refusalOf([])).toBe('unknown-message');
  });

  test('keeps what was masked, attached and folded', () => {
    const told = wrote(talkedOver(), 4, 'My card is 4111 1111 1111 1111');
    const take = [told.messages.at(-1)?.id ?? ''];
    const change = granted(split(told.ledger, { id: 'T-000009', messages: told.messages, take, by }, ctx(5)));

    expect(change.beside?.messages?.[0]).toEqual({
      ...told.messages.at(-1),
      ticketId: 'T-000009',
      movedFrom: 'T-000001',
    });
  });
});

describe('moving a message', () => {
  test('leaves no second promise where it was owed before the first reply of the other ticket', () => {
    const told = wrote(answered(opened('T-000001'), 1), 2, 'And the printer?');
    const message = idOf(told, 'And the printer?');
    const late = opened('T-000002', 10);
    const away = granted(moveMessage(told.ledger, { messages: told.messages, message, to: late.ledger, by }, ctx(11)));
    const landed = beside(late, away);

    const home = { messages: landed.messages, message, to: on(told, away).ledger, by };
    const left = on(landed, granted(moveMessage(landed.ledger, home, ctx(12))));

    expect(promises(landed, 11).nextReply).toMatchObject({ startedAt: at(2) });
    expect(promises(left, 12)).toMatchObject({ firstReply: { startedAt: at(10), state: 'running' } });
    expect(promises(left, 12).nextReply).toBeUndefined();
  });

  test('takes it, and the answer it is owed, to the other ticket; moved back, all is as it was', () => {
    const [one, two] = [talkedOver(), answered(opened('T-000002'), 1)];
    const message = idOf(one, 'And the printer?');
    const there = granted(moveMessage(one.ledger, { messages: one.messages, message, to: two.ledger, by }, ctx(5)));
    const [left, landed] = [on(one, there), beside(two, there)];

    expect(promises(landed, 5).nextReply).toMatchObject({ startedAt: at(2), dueAt: at(26) });
    expect(promises(left, 5).nextReply).toMatchObject({ startedAt: at(3) });
    expect(landed.messages.at(-1)).toMatchObject({ text: 'And the printer?', movedFrom: 'T-000001' });

    const back = granted(
      moveMessage(landed.ledger, { messages: landed.messages, message, to: left.ledger, by }, ctx(6)),
    );
    const [again, home] = [on(landed, back), beside(left, back)];
    expect(home.messages.find(({ id }) => id === message)).toMatchObject({
      text: 'And the printer?',
      ticketId: 'T-000001',
    });
    expect(home.messages.find(({ id }) => id === message)?.movedTo).toBeUndefined();
    expect(promises(home, 6).nextReply).toMatchObject({ startedAt: at(2) });
    expect(promises(again, 6).nextReply).toBeUndefined();
  });

  test("to another customer's ticket has to be meant", () => {
    const [one, two] = [talkedOver(), opened('T-000002')];
    const to = { ...two.ledger, ticket: { ...two.ledger.ticket, customer: aCustomer({ id: 'X' }) } };
    const input = { messages: one.messages, message: idOf(one, 'It smokes!'), to, by };

    expect(moveMessage(one.ledger, input, ctx(5))).toMatchObject({ refusal: 'other-customer' });
    expect(moveMessage(one.ledger, { ...input, confirm: true }, ctx(5)).ok).toBe(true);
  });
});

describe('links', () => {
  test('stand on both tickets, each seen from its own side, until they are taken back', () => {
    const [one, two] = [aLedger({ id: 'T-000001' }), aLedger({ id: 'T-000002' })];
    const linked = granted(link(one, { to: two, as: 'duplicate', by }, ctx(1)));

    expect(linked.after.links).toEqual([{ ticket: 'T-000002', as: 'duplicate' }]);
    expect(linked.beside?.after.links).toEqual([{ ticket: 'T-000001', as: 'duplicated-by' }]);
    expect(linked.after.clock).toEqual(one.ticket.clock);

    const here = afterChange(one, linked);
    const there = afterChange(two, linked.beside ?? linked);
    expect(link(here, { to: there, as: 'duplicate', by }, ctx(2))).toMatchObject({ refusal: 'already-there' });
    expect(granted(link(here, { to: there, as: 'caused-by', by }, ctx(2))).after.links).toEqual([
      { ticket: 'T-000002', as: 'caused-by' },
    ]);
    const taken = granted(unlink(here, { to: there, by }, ctx(2)));
    expect([taken.after.links, taken.beside?.after.links]).toEqual([[], []]);
    expect(unlink(one, { to: two, by }, ctx(2))).toMatchObject({ refusal: 'not-linked' });
    expect(link(one, { to: one, as: 'related', by }, ctx(2))).toMatchObject({ refusal: 'same-ticket' });
  });
});
