import { expect, test } from 'vitest';
import { MINUTE, plus } from '../../../domain/support/time.ts';
import { abandonedBy } from '../../../domain/ticket/abandoned.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aNewLedger, aTicket, mondayAt9 } from '../../support/builders.ts';

const now = mondayAt9;
const before = (minutes: number) => plus(now, -minutes * MINUTE);
const late = (over: Partial<Ticket> = {}): Ticket => aTicket({ lookAgainAt: before(16), ...over } as Partial<Ticket>);

test.each([
  [6, undefined],
  [6.1, 'intake'],
] as const)('a ticket that is new for %f minutes is left by %s', (minutes, work) => {
  const ticket = { ...aNewLedger().ticket, createdAt: before(minutes) };

  expect(abandonedBy(ticket, now)).toBe(work);
  expect(abandonedBy({ ...ticket, needsHuman: 'intake: Error' }, now)).toBe(work);
});

test.each([
  [-60, undefined],
  [15, undefined],
  [15.1, 'escalation'],
  [60 * 24 * 40, 'escalation'],
] as const)('a ticket whose next look was %f minutes ago is left by %s', (minutes, work) => {
  expect(abandonedBy(late({ lookAgainAt: before(minutes) }), now)).toBe(work);
});

test.each<[string, Partial<Ticket>]>([
  ['waits for its customer', { status: 'pending', pausedAt: before(60) }],
  ['waits for a third party', { status: 'on-hold', pausedAt: before(60) }],
  ['is being put right', { remediation: { state: 'open', cycle: 1, recoveryCycle: 2 } }],
])('one that %s has a clock as well', (_, over) => {
  expect(abandonedBy(late(over), now)).toBe('escalation');
});

test.each<[string, Partial<Ticket>]>([
  ['is marked for a person', { needsHuman: 'escalation: States.Timeout' }],
  ['is resolved', { status: 'resolved', resolvedAt: before(60) }],
  ['is closed', { status: 'closed', resolvedAt: before(60), closedAt: before(60) }],
])('one that %s is left alone', (_, over) => {
  expect(abandonedBy(late(over), now)).toBeUndefined();
});

test('one at which nobody has to look is left alone', () => {
  const { lookAgainAt, ...ticket } = late();

  expect(abandonedBy(ticket as Ticket, now)).toBeUndefined();
});
