import { expect, test } from 'vitest';
import type { Policy } from '../../domain/policy.ts';
import { acknowledge } from '../../domain/ticket/acts/acknowledge.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../domain/ticket/acts/reprioritise.ts';
import { transfer } from '../../domain/ticket/acts/transfer.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { Priority } from '../../domain/ticket/ticket.ts';
import { aCustomer, aPolicy, aTeam } from '../support/builders.ts';
import { granted } from '../support/decisions.ts';
import { EscalationLife } from '../support/escalation-life.ts';

const links = { ticket: 'https://desk.example/t/token' };
const by = 'agent:lea' as const;
const policy: Policy = aPolicy({
  tellCustomerWhenLate: true,
  ladder: [],
  targets: [
    { id: 'urgent', priorities: ['P1'], calendar: 'always', firstReply: 'PT3H', nextReply: 'PT3H', resolution: 'PT9H' },
    { id: 'experts', groups: ['expert'], calendar: 'always', firstReply: 'PT48H', resolution: 'PT96H' },
    { id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT6H', resolution: 'PT72H' },
  ],
});

/** Opened at eight with a mail that said "by eight tomorrow". */
const told = async (): Promise<EscalationLife> => {
  const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z', policy });
  await life.change((ledger, ctx) => granted(acknowledge(ledger, { links }, ctx)));
  return life;
};
const prioritise = (life: EscalationLife, priority: Priority) =>
  life.change((ledger, ctx): Change => granted(reprioritise(ledger, { priority, by }, ctx)));
const answer = (life: EscalationLife) =>
  life.change((ledger, ctx) => granted(reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Yes.', links }, ctx)));
const slips = (life: EscalationLife) => life.events('promise-slipped');

test('a transfer that gives the desk longer breaks what the first mail said at its own second, and the new time at its own', async () => {
  const life = await told();

  await life.moveTo('2026-01-05T12:00:00Z');
  await life.change((ledger, ctx) => granted(transfer(ledger, { to: 'expert', by, team: aTeam() }, ctx)));
  await life.moveTo('2026-01-06T07:59:59Z');
  const before = life.called.length;
  await life.moveTo('2026-01-12T08:00:00Z');

  expect(before).toBe(0);
  expect(await slips(life)).toEqual([
    'promise-slipped 2026-01-06T08:00:00.000Z',
    'promise-slipped 2026-01-07T08:00:00.000Z',
  ]);
  expect(life.mails('late')).toBe(2);
  expect(Math.max(...life.histories)).toBeLessThanOrEqual(40);
});

test('priorities back and forth wake nobody at a time that was never named, and an answer in time costs no mail', async () => {
  const life = await told();

  for (const priority of ['P1', 'P4', 'P1', 'P3'] as const) await prioritise(life, priority);
  await life.moveTo('2026-01-05T20:00:00Z');
  await answer(life);
  await life.moveTo('2026-01-07T08:00:00Z');

  expect(await slips(life)).toEqual([]);
  expect(life.mails('late')).toBe(0);
});

test('a hold over the time that was named is told of within it, and the ticket goes on waiting for its third party', async () => {
  const life = await told();

  await life.moveTo('2026-01-05T12:00:00Z');
  await life.change((ledger, ctx) => granted(hold(ledger, { waitingFor: 'third-party', by }, ctx)));
  await life.moveTo('2026-01-07T08:00:00Z');

  expect(await slips(life)).toEqual(['promise-slipped 2026-01-06T08:00:00.000Z']);
  expect(life.mails('late')).toBe(1);
  expect(life.executions.at(-1)).toContain('RUNNING Await Third Party');
});

test('a second message without an answer is told of at its own second, and the solution after the answer', async () => {
  const life = await told();

  await answer(life);
  await life.moveTo('2026-01-05T10:00:00Z');
  await life.change((ledger, ctx) =>
    granted(customerReply(ledger, { text: 'Again.', channel: 'mail', customer: aCustomer(), attachments: [] }, ctx)),
  );
  await life.moveTo('2026-01-05T20:00:00Z');
  await answer(life);
  await life.moveTo('2026-01-12T08:00:00Z');

  expect(await slips(life)).toEqual([
    'promise-slipped 2026-01-05T16:00:00.000Z',
    'promise-slipped 2026-01-08T08:00:00.000Z',
  ]);
  expect(life.mails('late')).toBe(2);
});
