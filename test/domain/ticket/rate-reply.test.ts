import { expect, test } from 'vitest';
import policy from '#desk/policy.json' with { type: 'json' };
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import type { Ledger } from '../../../domain/ports.ts';
import { rateReply } from '../../../domain/ticket/acts/rate-reply.ts';
import { anEvent, aTicket, at, placed } from '../../contract/changes.ts';
import { countedIds } from '../../support/fakes.ts';

const ctx = { policy, now: at(30), ids: countedIds() };
const answered = (by: 'agent:ada' | 'rule:bot@1', credit: { group?: string; tier?: 1 | 2 | 3 } = {}): Ledger => {
  const ticket = placed(aTicket(), { group: 'advanced', tier: 2, assignee: 'bo' });
  const opened = anEvent(ticket, { type: 'opened', channel: 'web', message: 'm0' });
  const replied = anEvent(ticket, { type: 'replied', agent: 'ada', message: 'm1', ...credit });
  return { ticket, events: [opened, { ...replied, by }] };
};

test('the credit is what the reply was sent with, and nothing where it was sent with none', () => {
  const sent = rateReply(
    answered('agent:ada', { group: 'frontline', tier: 1 }),
    { message: 'm1', score: 4 },
    replyScale,
    ctx,
  );
  const old = rateReply(answered('agent:ada'), { message: 'm1', score: 4 }, replyScale, ctx);

  const [rated] = sent.ok ? (sent.value.change?.events ?? []) : [];
  expect(rated).toMatchObject({
    type: 'reply-rated',
    agent: 'ada',
    group: 'frontline',
    tier: 1,
    ratedCycle: 1,
    edit: 0,
  });
  const [without] = old.ok ? (old.value.change?.events ?? []) : [];
  expect(without).not.toHaveProperty('group');
  expect(without).not.toHaveProperty('tier');
});

test('what a rule wrote is nobody’s merit and cannot be rated', () => {
  expect(rateReply(answered('rule:bot@1'), { message: 'm1', score: 4 }, replyScale, ctx)).toMatchObject({
    ok: false,
    refusal: 'not-rateable',
  });
});

test('a rating leaves the ticket as it was, but for its version', () => {
  const ledger = answered('agent:ada');

  const decision = rateReply(ledger, { message: 'm1', score: 1 }, replyScale, ctx);

  const { ticket } = ledger;
  expect(decision.ok && decision.value.change?.after).toMatchObject({
    status: 'open',
    assignee: 'bo',
    cycle: ticket.cycle,
    version: ticket.version + 1,
  });
  expect(decision.ok && decision.value.change?.after.satisfaction).toBeUndefined();
});
