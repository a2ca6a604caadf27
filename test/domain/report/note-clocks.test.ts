import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latestOf } from '../../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../../domain/report/clock-note.ts';
import { stillUnanswered } from '../../../domain/report/first-response.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../domain/support/time.ts';
import { merge } from '../../../domain/ticket/acts/merge.ts';
import { unmerge } from '../../../domain/ticket/acts/unmerge.ts';
import { aContext, afterChange, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { lives } from '../../support/lives.ts';
import { aLife } from '../../support/ticket-life.ts';

const at = (ms: number): string => plus(mondayAt9, ms);
const brief = (clocks: ClockFact[]) =>
  clocks.map(({ promise, cycle, outcome, decidedAt, endedAt, why }) => ({
    promise,
    cycle,
    outcome,
    ...(decidedAt && { decidedAt }),
    ...(endedAt && { endedAt }),
    ...(why && { why }),
  }));

test('nothing is noted before triage, and both promises begin with it', () => {
  const { ledger } = aLife();

  expect(ledger.events.map(({ type, clocks }) => [type, clocks?.length])).toEqual([
    ['opened', undefined],
    ['triaged', undefined],
    ['assigned', 2],
  ]);
});

test('a promise is met when it is answered, by whom and in the group that had it', () => {
  const life = aLife().reply(at(2 * HOUR));

  const [first, resolution] = life.clocks();

  expect(first).toMatchObject({
    clock: `1.firstReply.${mondayAt9}`,
    outcome: 'met',
    decidedAt: at(2 * HOUR),
    endedAt: at(2 * HOUR),
    usedMs: 2 * HOUR,
    group: 'frontline',
    agent: 'ada',
    priority: 'P3',
    channel: 'mail',
    high: false,
  });
  expect(resolution).toMatchObject({ promise: 'resolution', outcome: 'running' });
});

test('a breach belongs to its due instant and to the group that let it pass, also when the ladder moves the ticket', () => {
  const life = aLife().climb(at(24 * HOUR));

  const [first] = life.clocks();

  expect(first).toMatchObject({ outcome: 'breached', decidedAt: at(24 * HOUR), group: 'frontline' });
  expect(life.ledger.ticket).toMatchObject({ group: 'advanced' });
});

test('a breach that nobody was there to notice still belongs to its due instant', () => {
  const life = aLife().reply(at(30 * HOUR));

  const [first] = life.clocks();

  expect(first).toMatchObject({ outcome: 'breached', decidedAt: at(24 * HOUR), endedAt: at(30 * HOUR) });
});

test('a late reply ends a broken promise and does not mend it', () => {
  const life = aLife()
    .climb(at(24 * HOUR))
    .reply(at(30 * HOUR));

  const [first] = life.clocks();

  expect(first).toMatchObject({ outcome: 'breached', decidedAt: at(24 * HOUR), endedAt: at(30 * HOUR) });
  expect(first?.usedMs).toBe(30 * HOUR);
});

test('a broken promise that was answered is told of no more', () => {
  const life = aLife()
    .climb(at(24 * HOUR))
    .reply(at(30 * HOUR))
    .hold(at(31 * HOUR))
    .resolve(at(32 * HOUR));

  const told = life.ledger.events
    .flatMap(({ clocks = [] }) => clocks)
    .filter(({ promise }) => promise === 'firstReply');

  expect(told.map(({ outcome }) => outcome)).toEqual(['running', 'breached', 'breached']);
});

test('a promise that runs out where the ladder has no rung is told all the same, at its due instant', () => {
  const policy = aPolicy({ ladder: [] });
  const life = aLife({}, { policy });

  const due = life.ledger.ticket.lookAgainAt;
  life.climb(due ?? '').climb(at(25 * HOUR));

  expect(due).toBe(at(24 * HOUR));
  expect(life.ledger.events.filter(({ type }) => type === 'overdue')).toMatchObject([
    { promise: 'firstReply', dueAt: at(24 * HOUR), by: 'rule:clock.overdue@1' },
  ]);
  expect(life.clocks()[0]).toMatchObject({ outcome: 'breached', decidedAt: at(24 * HOUR) });
});

test('a higher priority that leaves no time breaks the promise with itself, not in the past', () => {
  const life = aLife().prioritise(at(3 * HOUR), 'P1');

  const [first] = life.clocks();

  expect(first).toMatchObject({
    outcome: 'breached',
    decidedAt: at(3 * HOUR),
    dueAt: at(HOUR),
    priority: 'P1',
    high: true,
  });
});

test('what was urgent once stays so for the figures', () => {
  const life = aLife()
    .prioritise(at(MINUTE), 'P2')
    .prioritise(at(2 * MINUTE), 'P4')
    .reply(at(HOUR), 'resolved');

  expect(life.clocks().map(({ high, priority }) => [high, priority])).toEqual([
    [true, 'P4'],
    [true, 'P4'],
  ]);
});

test('each next reply is a clock of its own', () => {
  const life = aLife()
    .reply(at(HOUR))
    .hear(at(2 * HOUR))
    .reply(at(3 * HOUR))
    .hear(at(4 * HOUR));

  expect(brief(life.clocks()).filter(({ promise }) => promise === 'nextReply')).toEqual([
    { promise: 'nextReply', cycle: 1, outcome: 'met', decidedAt: at(3 * HOUR), endedAt: at(3 * HOUR) },
    { promise: 'nextReply', cycle: 1, outcome: 'running' },
  ]);
});

test('a pause is told, and what it added to the due time', () => {
  const life = aLife().hold(at(HOUR));
  const paused = life.clocks().map(({ outcome }) => outcome);

  life.resume(at(5 * HOUR));

  expect(paused).toEqual(['paused', 'paused']);
  expect(life.clocks().map(({ outcome, dueAt }) => [outcome, dueAt])).toEqual([
    ['running', at(28 * HOUR)],
    ['running', at(76 * HOUR)],
  ]);
});

test('resolved without a reply, nobody kept or broke the first reply', () => {
  const life = aLife().resolve(at(HOUR));

  expect(brief(life.clocks())).toEqual([
    { promise: 'firstReply', cycle: 1, outcome: 'cancelled', decidedAt: at(HOUR), why: 'resolved-without-reply' },
    { promise: 'resolution', cycle: 1, outcome: 'met', decidedAt: at(HOUR), endedAt: at(HOUR) },
  ]);
});

test('a ticket that comes back begins new clocks and says so of its last resolution', () => {
  const life = aLife().reply(at(HOUR), 'resolved').reopen(at(DAY));

  const resolutions = life.clocks().filter(({ promise }) => promise === 'resolution');

  expect(resolutions).toMatchObject([
    { cycle: 1, outcome: 'met', decidedAt: at(HOUR), reopenedAt: at(DAY) },
    { cycle: 2, outcome: 'running', startedAt: at(DAY) },
  ]);
});

test('of two merged tickets one keeps the promise: what the other owed is called off, and comes back with it', () => {
  const [part, stays] = [aLife({ id: 'T-000001' }), aLife({ id: 'T-000002' }, { at: at(HOUR) })];
  stays.reply(at(2 * HOUR));
  const ctx = aContext(at(3 * HOUR));

  const merged = merge(part.ledger, { into: stays.ledger, by: 'agent:ada' }, ctx);
  if (!merged.ok || !merged.value.beside) throw new Error('They could not be merged.');
  const closed = afterChange(part.ledger, merged.value);
  const kept = afterChange(stays.ledger, merged.value.beside);
  part.ledger = closed;
  stays.ledger = kept;
  const [afterMerge, ofSurvivor] = [brief(part.clocks()), brief(stays.clocks())];
  const apart = unmerge(closed, { from: kept, by: 'agent:ada' }, aContext(at(4 * HOUR)));
  if (!apart.ok) throw new Error(apart.detail);
  part.ledger = afterChange(closed, apart.value);

  expect(afterMerge).toMatchObject([
    { promise: 'firstReply', outcome: 'cancelled', why: 'merged' },
    { promise: 'resolution', outcome: 'cancelled', why: 'merged' },
  ]);
  expect(ofSurvivor.filter(({ promise, outcome }) => promise === 'nextReply' && outcome === 'running')).toHaveLength(1);
  expect(brief(part.clocks()).map(({ outcome }) => outcome)).toEqual(['running', 'running']);
});

test('a promise that was broken before its ticket was merged is not broken a second time by the survivor', () => {
  const [part, stays] = [aLife({ id: 'T-000003' }), aLife({ id: 'T-000004' }, { at: at(20 * HOUR) })];
  part.climb(at(24 * HOUR));
  stays.reply(at(21 * HOUR));

  const merged = merge(part.ledger, { into: stays.ledger, by: 'agent:ada' }, aContext(at(25 * HOUR)));
  if (!merged.ok || !merged.value.beside) throw new Error('They could not be merged.');
  stays.ledger = afterChange(stays.ledger, merged.value.beside);

  expect(stays.clocks().filter(({ outcome }) => outcome === 'breached')).toEqual([]);
});

/** Broken after a day, and a part of another ticket two hours later. */
const brokenAndMerged = () => {
  const [part, whole] = [aLife({ id: 'T-000005' }), aLife({ id: 'T-000006' })];
  part.climb(at(24 * HOUR));
  const merged = merge(part.ledger, { into: whole.ledger, by: 'agent:ada' }, aContext(at(26 * HOUR)));
  if (!merged.ok || !merged.value.beside) throw new Error('They could not be merged.');
  part.ledger = afterChange(part.ledger, merged.value);
  whole.ledger = afterChange(whole.ledger, merged.value.beside);
  return { part, whole };
};
const firstOf = (life: ReturnType<typeof aLife>) => life.clocks().find(({ promise }) => promise === 'firstReply');

test.each([
  ['had been told', () => aLife().climb(at(24 * HOUR))],
  ['nobody was there to notice', () => aLife()],
])('a first reply whose breach %s stays broken when the ticket is resolved without it, and nobody waits', (_, born) => {
  const life = born().resolve(at(30 * HOUR));

  const first = firstOf(life);

  expect(first).toMatchObject({
    outcome: 'breached',
    decidedAt: at(24 * HOUR),
    calledOffAt: at(30 * HOUR),
    why: 'resolved-without-reply',
    usedMs: 30 * HOUR,
  });
  expect(first).not.toHaveProperty('endedAt');
});

test('that a broken first reply is waited for no more is told once, and a return to the desk takes nothing back', () => {
  const life = aLife()
    .climb(at(24 * HOUR))
    .resolve(at(30 * HOUR))
    .reopen(at(2 * DAY))
    .reply(at(3 * DAY));

  const told = life.ledger.events.flatMap(({ clocks = [] }) => clocks).filter(({ calledOffAt }) => calledOffAt);

  expect(told).toMatchObject([{ cycle: 1, promise: 'firstReply', calledOffAt: at(30 * HOUR) }]);
});

test('nobody waits any more for the broken first reply of a ticket that became a part of another, until they part', () => {
  const { part, whole } = brokenAndMerged();
  const merged = firstOf(part);

  const apart = unmerge(part.ledger, { from: whole.ledger, by: 'agent:ada' }, aContext(at(28 * HOUR)));
  if (!apart.ok) throw new Error(apart.detail);
  part.ledger = afterChange(part.ledger, apart.value);
  const again = firstOf(part);
  part.reply(at(29 * HOUR));

  expect(merged).toMatchObject({ outcome: 'breached', calledOffAt: at(26 * HOUR), why: 'merged' });
  expect(again).toMatchObject({ outcome: 'breached', decidedAt: at(24 * HOUR), usedMs: 28 * HOUR });
  expect(again).not.toHaveProperty('calledOffAt');
  expect(again).not.toHaveProperty('why');
  expect(firstOf(part)).toMatchObject({ outcome: 'breached', endedAt: at(29 * HOUR), usedMs: 29 * HOUR });
});

test('of a broken promise that no list of waiting people looks at, its end without an answer is not told', () => {
  const life = aLife()
    .reply(at(HOUR))
    .hear(at(2 * HOUR))
    .climb(at(40 * HOUR));
  const broken = brief(life.clocks()).find(({ promise }) => promise === 'nextReply');

  life.resolve(at(50 * HOUR));

  expect(broken).toMatchObject({ outcome: 'breached' });
  expect(life.ledger.events.at(-1)?.clocks?.map(({ promise }) => promise)).toEqual(['resolution']);
});

test('in any life, the list of who waits has a ticket exactly until it was answered, resolved or closed', () => {
  let broken = 0;
  fc.assert(
    fc.property(lives, (steps) => {
      for (const { before, change } of steps) {
        const events = [...before.events, ...change.events];
        const seenAt = plus(change.after.updatedAt, 1);
        const notes = events.flatMap(({ clocks = [], ticketId, version }) =>
          clocks.map((clock): ClockFact => ({ ...clock, ticketId, version })),
        );
        const ended = events.some(
          ({ type, cycle }) => cycle === 1 && (type === 'replied' || type === 'resolved' || type === 'closed'),
        );

        const waiting = stillUnanswered(latestOf(notes), { from: mondayAt9, to: seenAt, seenAt, smallBelow: 1 });

        if (notes.some(({ calledOffAt }) => calledOffAt !== undefined)) broken += 1;
        expect(waiting.map(({ ticket }) => ticket)).toEqual(ended ? [] : [change.after.id]);
      }
    }),
    { numRuns: 300 },
  );
  expect(broken).toBeGreaterThan(0);
});
