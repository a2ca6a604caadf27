import { expect, test } from 'vitest';
import { rulesNow } from '../../domain/clock/versions.ts';
import type { Policy } from '../../domain/policy.ts';
import { recount } from '../../domain/ticket/acts/recount.ts';
import { aPolicy } from '../support/builders.ts';
import { EscalationLife } from '../support/escalation-life.ts';

const promising = (firstReply: string): Policy['targets'] => [
  { id: 'rest', calendar: 'always', firstReply, nextReply: firstReply, resolution: 'PT240H' },
];
const old = aPolicy({
  targets: promising('PT24H'),
  ladder: [{ id: 'move', at: { share: 1 }, act: { kind: 'move' } }],
});
const next = (firstReply: string): Policy => ({
  ...old,
  version: '2',
  applyToOpenTickets: true,
  past: { '1': rulesNow(old) },
  targets: promising(firstReply),
});
const swept = (life: EscalationLife) =>
  life.change((ledger, ctx) => recount(ledger, ctx) ?? expect.fail('Nothing changed.'));

test.each([
  ['a shorter promise breaks at its own second', 'PT12H', '2026-01-05T20:00:00.000Z'],
  ['one that is over by the new version breaks at the sweep', 'PT6H', '2026-01-05T18:00:00.000Z'],
  ['a longer one at its own, and not when the old timer ends', 'PT36H', '2026-01-06T20:00:00.000Z'],
])('a version in the middle of a wait: %s, and once', async (_, firstReply, due) => {
  const life = await EscalationLife.begin({ at: '2026-01-05T08:00:00Z', policy: old });

  await life.moveTo('2026-01-05T18:00:00Z');
  life.deploy(next(firstReply));
  await swept(life);
  await life.moveTo('2026-01-08T08:00:00Z');

  expect(await life.climbed()).toEqual([`move ${due}`]);
  expect(life.waiting).toBe(1);
});
