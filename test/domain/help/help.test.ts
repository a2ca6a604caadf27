import { describe, expect, test } from 'vitest';
import checklists from '#desk/checklists.json' with { type: 'json' };
import { adviseChannel } from '../../../domain/help/advise-channel.ts';
import { checklistsFor } from '../../../domain/help/checklist.ts';
import { nextStep } from '../../../domain/help/next-step.ts';
import { fillTemplate } from '../../../domain/help/reply-template.ts';
import { solvedBefore } from '../../../domain/help/solved-before.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, aTicket } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

describe('checklists', () => {
  test.each([
    ['The activation link does not arrive', 'account-activation'],
    ['My payment was declined, transaction 5', 'transaction-error'],
    ['Ich habe mein Passwort vergessen', 'password-reset'],
    ['Is my tablet supported by the new version?', 'device-compatibility'],
    ['Wie kann ich das exportieren? Gibt es diese Funktion?', 'feature-question'],
    ['چاپگر چاپ نمی‌کند', 'hardware'],
    ['There is an error message and it does not load', 'software-fault'],
  ])('%j is helped by "%s" first', (text, id) => {
    const ticket = { ...aTicket({ subject: 'Help' }), category: 'other' } as Ticket;

    expect(checklistsFor(ticket, text, checklists)[0]?.checklist.id).toBe(id);
  });

  test('that only share the category come after those whose words were said, and none fits nothing', () => {
    const ticket = { ...aTicket({ subject: 'Help' }), category: 'account' } as Ticket;
    const found = checklistsFor(ticket, 'I forgot my password', checklists);

    expect(found.map(({ checklist }) => checklist.id)).toEqual(['password-reset', 'account-activation']);
    expect(found[0]?.reason).toContain('password');
    expect(checklistsFor({ ...ticket, category: 'shipping' } as Ticket, 'Hello', checklists)).toEqual([]);
  });
});

test.each([
  ['complex', 'mail', 1, 'call', 'channel.complex'],
  ['simple', 'mail', 1, 'mail', 'channel.simple'],
  ['simple', 'chat', 1, 'chat', 'channel.simple'],
  ['simple', 'phone', 1, 'call', 'channel.chosen'],
  ['simple', 'mail', 4, 'call', 'channel.back-and-forth'],
] as const)('a %s matter by %s after %i messages is talked about by %s', (nature, channel, messages, by, rule) => {
  const advice = adviseChannel({ nature, channel, messages, customer: {} });

  expect(advice).toMatchObject({ by, rule });
  expect(advice.reason.includes('No number is known')).toBe(by === 'call');
  expect(adviseChannel({ nature, channel, messages, customer: { phone: '+491511234567' } }).reason).not.toContain(
    'No number',
  );
});

test('the next step follows what has happened: gather, analyse, propose, apply, verify', () => {
  const ctx = aContext();
  const words = { text: 'Here', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
  const said = { agent: 'ada', agentName: 'Ada', body: 'Hm', links: { ticket: 'x' } };
  const stepOf = ({ ticket, events }: typeof fresh) => nextStep(ticket, events).step;
  const fresh = aLedger();
  const asked = afterChange(fresh, granted(reply(fresh, said, ctx)));
  const answered = afterChange(asked, granted(customerReply(asked, words, ctx)));
  const proposed = afterChange(answered, granted(reply(answered, said, ctx)));
  const tried = afterChange(proposed, granted(customerReply(proposed, words, ctx)));
  const resolved = afterChange(tried, granted(resolve(tried, { agent: 'ada' }, ctx)));
  const again = afterChange(resolved, granted(reopen(resolved, { by: 'agent:ada', cause: 'agent' }, ctx)));
  const waiting = afterChange(answered, granted(reply(answered, { ...said, then: 'pending' }, ctx)));

  expect([fresh, asked, answered, proposed, tried, resolved, again, waiting].map(stepOf)).toEqual([
    'gather',
    'propose',
    'analyse',
    'verify',
    'apply',
    'verify',
    'analyse',
    'gather',
  ]);
  expect(stepOf(aLedger({ report: { context: { browser: 'Firefox' } } }))).toBe('analyse');
});

describe('a template', () => {
  test('takes what is known, and what stands in for it where it is not', () => {
    const body = 'Hello {customer.name|there}, Guten Tag {customer.name|}, {ticket.id} by {promise|soon}';

    expect(fillTemplate({ body }, { 'customer.name': 'Kim', 'ticket.id': 'T-7K2M9Q', promise: 'Tuesday' })).toBe(
      'Hello Kim, Guten Tag Kim, T-7K2M9Q by Tuesday',
    );
    expect(fillTemplate({ body }, { 'ticket.id': 'T-7K2M9Q' })).toBe('Hello there, Guten Tag, T-7K2M9Q by soon');
  });

  test("takes a customer's words as they are: they are no template", () => {
    expect(fillTemplate({ body: '{ticket.subject}' }, { 'ticket.subject': '{agent.name} $& $1' })).toBe(
      '{agent.name} $& $1',
    );
  });
});

describe('resolving', () => {
  test('keeps the notes on the ticket, where whoever meets the same again finds them', () => {
    const open = aLedger({ id: 'T-000001', subject: 'Printer prints blank pages' });
    const notes = { cause: 'Empty cartridge', solution: 'Replaced the cartridge', check: 'Test page' };
    const { after } = granted(resolve(open, { agent: 'ada', ...notes }, aContext()));
    const other = aTicket({ id: 'T-000002', subject: 'Blank pages from the printer' });

    expect(after).toMatchObject({ resolution: notes });
    expect(solvedBefore(other, '', [after, aTicket({ id: 'T-000003', subject: 'Printer' })])).toEqual([
      { id: 'T-000001', subject: 'Printer prints blank pages', ...notes },
    ]);
    expect(solvedBefore(aTicket({ subject: 'Refund' }), 'Money', [after])).toEqual([]);
  });

  test('needs what the policy says of its category, else what it says of all', () => {
    const policy = aPolicy({ resolveNeeds: ['solution'], resolveNeedsOf: { payment: ['cause', 'check'], other: [] } });
    const payment = aLedger({ text: 'The card is refused.' });
    const attempt = (notes: object, category: string) => {
      const ledger = { ...payment, ticket: { ...payment.ticket, category } as Ticket };
      return resolve(ledger, { agent: 'ada', ...notes }, aContext(undefined, policy)).ok;
    };

    expect([attempt({}, 'payment'), attempt({ cause: 'a', check: 'b' }, 'payment')]).toEqual([false, true]);
    expect([attempt({}, 'technical'), attempt({ solution: 'a' }, 'technical')]).toEqual([false, true]);
    expect(attempt({}, 'other')).toBe(true);
  });
});
