import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latestOf } from '../../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../../domain/report/clock-note.ts';
import { csvCell, csvOf } from '../../../domain/report/csv.ts';
import { quantile, wilson } from '../../../domain/report/figure.ts';
import { type AskedPeriod, periodOf } from '../../../domain/report/period.ts';
import { type SlaReport, slaReport } from '../../../domain/report/sla.ts';
import { PLACING_TYPES } from '../../../domain/report/where-it-stands.ts';
import { DAY, HOUR, plus } from '../../../domain/support/time.ts';
import type { TicketEvent } from '../../../domain/ticket/event.ts';
import { aCalendar, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { lives } from '../../support/lives.ts';
import { aLife } from '../../support/ticket-life.ts';

const policy = aPolicy();
const at = (ms: number): string => plus(mondayAt9, ms);
/** The week of that Monday, looked at when it is over. */
const week: AskedPeriod = {
  from: at(-9 * HOUR),
  to: at(-9 * HOUR + 7 * DAY),
  seenAt: at(-9 * HOUR + 7 * DAY),
  zone: 'Europe/Berlin',
  calendar: 'office',
};

let count = 0;
const clock = (overrides: Partial<ClockFact>): ClockFact => {
  const startedAt = overrides.startedAt ?? mondayAt9;
  const promise = overrides.promise ?? 'firstReply';
  return {
    ticketId: `T-${String(++count).padStart(6, '0')}`,
    version: 2,
    clock: `1.${promise}.${startedAt}`,
    promise,
    cycle: 1,
    startedAt,
    dueAt: plus(startedAt, DAY),
    target: 'PT24H',
    calendar: 'always',
    row: 'rest',
    outcome: 'running',
    usedMs: 0,
    group: 'frontline',
    priority: 'P3',
    channel: 'mail',
    high: false,
    ...overrides,
  };
};
const met = (after: number, overrides: Partial<ClockFact> = {}): ClockFact => {
  const end = plus(overrides.startedAt ?? mondayAt9, after);
  return clock({ outcome: 'met', decidedAt: end, endedAt: end, usedMs: after, ...overrides });
};
const late = (overrides: Partial<ClockFact> = {}): ClockFact => {
  const dueAt = overrides.dueAt ?? plus(overrides.startedAt ?? mondayAt9, DAY);
  return clock({ outcome: 'breached', dueAt, decidedAt: dueAt, ...overrides });
};
const urgent = { promise: 'resolution', high: true, priority: 'P1' } as const;

const figure = ({ figures }: SlaReport, name: string, of?: Record<string, string>) => {
  const found = figures.find((each) => each.name === name && JSON.stringify(each.of) === JSON.stringify(of));
  if (!found) throw new Error(`There is no figure ${name}.`);
  return found;
};

test('attainment counts what was decided in the period, once each, and tells the rest apart', () => {
  const clocks = [
    met(HOUR),
    met(2 * HOUR),
    met(3 * HOUR, { group: 'advanced' }),
    late(),
    clock({ startedAt: at(DAY) }),
    clock({ startedAt: at(DAY), outcome: 'paused' }),
    clock({ outcome: 'cancelled', why: 'merged', decidedAt: at(HOUR) }),
    met(HOUR, { leftOut: 'staff' }),
    // Decided before and after the week: of other reports.
    met(HOUR, { startedAt: at(-2 * DAY) }),
    met(12 * HOUR, { startedAt: at(6 * DAY + 10 * HOUR) }),
  ];

  const report = slaReport(clocks, week, policy, 'group');

  const all = figure(report, 'attainment.first-reply');
  expect(all).toMatchObject({ value: 0.75, numerator: 3, n: 4, unit: 'share', small: true });
  expect(all.tickets).toEqual(clocks.slice(0, 4).map(({ ticketId }) => ticketId));
  const n = Object.fromEntries(Object.entries(all.parts).map(([name, part]) => [name, part.n]));
  expect(n).toEqual({ met: 3, breached: 1, running: 2, paused: 1, cancelled: 1, staff: 1 });
  expect(figure(report, 'attainment.first-reply', { group: 'frontline' })).toMatchObject({ numerator: 2, n: 3 });
  expect(figure(report, 'attainment.first-reply', { group: 'advanced' })).toMatchObject({ value: 1, n: 1 });
  expect(figure(report, 'attainment.resolution')).toMatchObject({ n: 0 });
  expect(figure(report, 'attainment.resolution')).not.toHaveProperty('value');
});

test('the interval is the one of Wilson, and a share of few is grey', () => {
  expect(wilson(19, 20)).toEqual([0.7639, 0.9911]);
  expect(wilson(0, 0)).toBeUndefined();
  expect(wilson(5, 5)).toEqual([0.5655, 1]);
  const report = slaReport(
    Array.from({ length: 20 }, () => met(HOUR)),
    week,
    policy,
  );
  expect(figure(report, 'attainment.first-reply').small).toBe(false);
});

test('the first response counts what people waited, lists who still waits, and drops nobody', () => {
  const waiting = clock({ startedAt: at(5 * DAY) });
  const clocks = [
    met(HOUR),
    met(3 * HOUR),
    // Late, and answered after all.
    late({ endedAt: at(44 * HOUR), usedMs: 26 * HOUR }),
    waiting,
    clock({ outcome: 'cancelled', why: 'merged', decidedAt: at(HOUR) }),
    met(9 * HOUR, { cycle: 2 }),
  ];

  const report = slaReport(clocks, week, policy);

  expect(figure(report, 'first-response-time.working')).toMatchObject({
    value: 10 * 3600,
    median: 3 * 3600,
    p90: Math.round(21.4 * 3600),
    n: 3,
  });
  expect(figure(report, 'first-response-time.elapsed')).toMatchObject({ value: 16 * 3600, n: 3 });
  expect(figure(report, 'first-response-time.elapsed').parts).toMatchObject({
    unanswered: { n: 1 },
    cancelled: { n: 1 },
  });
  expect(report.unanswered).toEqual([
    { ticket: waiting.ticketId, since: at(5 * DAY), ageSeconds: (2 * DAY - 9 * HOUR) / 1000 },
  ]);
});

test('a broken first reply that nobody waits for any more is told with those that were called off, and stays broken', () => {
  const gone = late({ calledOffAt: at(2 * DAY), why: 'resolved-without-reply' });

  const report = slaReport([gone, late()], week, policy);

  expect(report.unanswered).toHaveLength(1);
  expect(figure(report, 'first-response-time.elapsed').parts).toMatchObject({
    unanswered: { n: 1 },
    cancelled: { n: 1, tickets: [gone.ticketId] },
  });
  expect(figure(report, 'attainment.first-reply')).toMatchObject({ numerator: 0, n: 2 });
});

/** The report of a life until then, and by what its figures are told apart. */
const reportOf = ({ ledger, clocks }: ReturnType<typeof aLife>, seenAt: string, by: 'group' | 'priority') =>
  slaReport(clocks(), { ...week, seenAt }, policy, by, placingsOf(ledger.events).toReversed());

const placingsOf = (events: readonly TicketEvent[]) =>
  events.filter(({ type }) => PLACING_TYPES.some((each) => each === type));

test('what is undecided stands where the ticket was moved, what was decided where it was decided', () => {
  const life = aLife()
    .reply(at(HOUR))
    .hear(at(2 * HOUR))
    .transfer(at(3 * HOUR), 'expert')
    .prioritise(at(4 * HOUR), 'P2');

  const [byGroup, byPriority] = [reportOf(life, at(5 * HOUR), 'group'), reportOf(life, at(5 * HOUR), 'priority')];

  const [had, has] = [{ group: 'frontline' }, { group: 'expert' }];
  expect(figure(byGroup, 'attainment.first-reply', had)).toMatchObject({ numerator: 1, n: 1 });
  for (const name of ['attainment.next-reply', 'attainment.resolution']) {
    expect(figure(byGroup, name, has).parts).toMatchObject({ running: { n: 1 } });
    expect(byGroup.figures.filter((each) => each.name === name)).toHaveLength(2);
    expect(figure(byPriority, name, { priority: 'P2' }).parts).toMatchObject({ running: { n: 1 } });
  }
  expect(figure(byPriority, 'attainment.first-reply', { priority: 'P3' })).toMatchObject({ n: 1 });
});

test('a first reply that was broken in one group is waited for in the group that the ladder moved it to', () => {
  const report = reportOf(aLife().climb(at(DAY)), at(25 * HOUR), 'group');

  const [broke, waits] = [{ group: 'frontline' }, { group: 'advanced' }];
  expect(figure(report, 'attainment.first-reply', broke)).toMatchObject({ numerator: 0, n: 1 });
  expect(figure(report, 'first-response-time.elapsed', waits).parts).toMatchObject({ unanswered: { n: 1 } });
  expect(
    report.figures.some(({ name, of }) => name === 'first-response-time.elapsed' && of?.group === 'frontline'),
  ).toBe(false);
});

test('a period that is over says where the ticket stood at its end, also when it was moved and decided since', () => {
  const life = aLife()
    .transfer(at(2 * HOUR), 'expert')
    .transfer(at(6 * HOUR), 'advanced')
    .reply(at(7 * HOUR));

  const [first, then] = [reportOf(life, at(HOUR), 'group'), reportOf(life, at(3 * HOUR), 'group')];

  expect(figure(first, 'attainment.first-reply', { group: 'frontline' }).parts).toMatchObject({ running: { n: 1 } });
  expect(figure(then, 'attainment.first-reply', { group: 'expert' }).parts).toMatchObject({ running: { n: 1 } });
});

test('in any life, each clock is in one part: decided where it was, undecided where the ticket is', () => {
  fc.assert(
    fc.property(lives, fc.constantFrom('group', 'priority'), (steps, by) => {
      for (const { before, change } of steps) {
        const { after } = change;
        if (after.status === 'new') continue;
        const events = [...before.events, ...change.events];
        const clocks = latestOf(
          events.flatMap(({ clocks: noted = [], ticketId, version }) =>
            noted.map((each): ClockFact => ({ ...each, ticketId, version })),
          ),
        );
        const seenAt = plus(after.updatedAt, 1);
        const period = { ...week, to: seenAt, seenAt };

        const told = slaReport(clocks, period, policy, by, placingsOf(events)).figures.filter(({ of }) => of?.[by]);

        for (const { name, of, n, parts } of told.filter(({ name: each }) => each.startsWith('attainment'))) {
          const own = clocks.filter(({ promise }) => name === `attainment.${NAMES[promise]}`);
          const decided = own.filter((each) => each.decidedAt !== undefined && each[by] === of?.[by]);
          const open = after[by] === of?.[by] ? own.filter(({ decidedAt }) => decidedAt === undefined) : [];
          expect([n + (parts.cancelled?.n ?? 0), (parts.running?.n ?? 0) + (parts.paused?.n ?? 0)]).toEqual([
            decided.length,
            open.length,
          ]);
        }
        for (const { name, of, parts } of told.filter(({ name: each }) => each.startsWith('first-response')))
          expect([name, parts.unanswered?.n === 1 ? of?.[by] : after[by]]).toEqual([name, after[by]]);
      }
    }),
    { numRuns: 200 },
  );
});
const NAMES = { firstReply: 'first-reply', nextReply: 'next-reply', resolution: 'resolution' };

test('an urgent matter counts as put right when it was resolved in time and stayed so', () => {
  const clocks = [
    met(HOUR, { ...urgent, dueAt: at(4 * HOUR) }),
    // Lowered to P4 since: it was urgent once.
    met(HOUR, { ...urgent, priority: 'P4', dueAt: at(4 * HOUR) }),
    // Came back after two days; another one after eight, when it had counted.
    met(HOUR, { ...urgent, dueAt: at(4 * HOUR), reopenedAt: at(2 * DAY) }),
    met(HOUR, { ...urgent, dueAt: at(4 * HOUR), reopenedAt: at(8 * DAY + HOUR) }),
    late({ ...urgent, dueAt: at(4 * HOUR) }),
    // Due in another week, and one that was never urgent.
    met(HOUR, { ...urgent, dueAt: at(9 * DAY) }),
    met(HOUR, { promise: 'resolution', dueAt: at(4 * HOUR) }),
  ];

  const share = figure(slaReport(clocks, week, policy), 'urgent-resolved-in-time');

  expect(share).toMatchObject({ value: 0.6, numerator: 3, n: 5, target: 0.95 });
  expect(share.parts).toMatchObject({ late: { n: 1 }, reopened: { n: 1 }, provisional: { n: 2 } });
});

test('the objective says what is left of its budget and where the period ends', () => {
  const now = { ...week, seenAt: at(3 * DAY) };
  const kept = Array.from({ length: 38 }, () => met(HOUR, { ...urgent, dueAt: at(4 * HOUR) }));
  const missed = [late({ ...urgent, dueAt: at(3 * DAY - HOUR / 2) }), late({ ...urgent, dueAt: at(5 * HOUR) })];

  const goingOn = slaReport([...kept, ...missed], now, policy).objective;
  const over = slaReport([...kept, ...missed, late({ ...urgent, dueAt: at(6 * HOUR) })], week, policy).objective;

  // 40 decided in three days, two late: as many again in 3 days and 15 hours would be 88.33 of which 4.42 late.
  expect(goingOn).toMatchObject({
    target: 0.95,
    budget: { allowed: 2, used: 2, left: 0 },
    endsAt: 0.95,
    affordable: 2,
  });
  expect(goingOn.burn).toEqual([
    { window: 'PT1H', decided: 1, late: 1, rate: 20 },
    { window: 'PT6H', decided: 1, late: 1, rate: 20 },
    { window: 'P3D', decided: 40, late: 2, rate: 1 },
  ]);
  expect(goingOn.sentence).toBe('Ends at 95.0 % if it goes on like this; 2 more breaches affordable.');
  expect(over.sentence).toBe('Ended at 92.6 %; 1 breach too many.');
  expect(slaReport([], week, policy).objective.sentence).toBe('Nothing urgent was due.');
});

test('the objective is among the figures too, so that the spreadsheet has it, and says how it is reckoned', () => {
  const now = { ...week, seenAt: at(3 * DAY) };
  const report = slaReport(
    [met(HOUR, { ...urgent, dueAt: at(4 * HOUR) }), late({ ...urgent, dueAt: at(HOUR) })],
    now,
    policy,
  );
  const told = report.figures.filter(({ name }) => name.startsWith('objective.'));

  expect(told.map(({ name, of, value, unit, n }) => [name, of?.window, value, unit, n])).toEqual([
    ['objective.budget-left', undefined, -1, 'count', 2],
    ['objective.burn-rate', 'PT1H', undefined, 'ratio', 0],
    ['objective.burn-rate', 'PT6H', undefined, 'ratio', 0],
    ['objective.burn-rate', 'P3D', 10, 'ratio', 2],
    ['objective.ends-at', undefined, 0.5, 'share', 2],
  ]);
  expect(new Set(told.map(({ formula }) => formula))).toEqual(new Set([report.objective.formula]));
  expect(csvOf(report)).toContain('objective.burn-rate,window P3D,10,ratio,2,1,');
});

test('a period that is still to come ends by what the last three days bring in its own length', () => {
  const recent = [met(HOUR, { ...urgent, dueAt: at(4 * HOUR) }), late({ ...urgent, dueAt: at(HOUR) })];
  const ahead = { ...week, from: at(30 * DAY), to: at(33 * DAY), seenAt: at(2 * DAY) };

  // Two in three days, and three days long: one more would have to be late than a twentieth of two.
  expect(slaReport(recent, ahead, policy).objective).toMatchObject({ endsAt: 0.5, affordable: 0, budget: { used: 0 } });
});

test('dates begin and end in the zone of the first calendar, through changes of the clock', () => {
  const of = (from: string, to: string, zone = 'Europe/Berlin') => {
    const period = periodOf({ from, to }, { calendars: { office: aCalendar({ zone }) } }, at(300 * DAY));
    return period.ok ? [period.value.from, period.value.to] : period.detail;
  };

  expect(of('2026-11-23', '2026-11-29')).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-29T23:00:00.000Z']);
  expect(of('2026-03-29', '2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(of('2026-10-25', '2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
  // In Beirut midnight of this date does not exist.
  expect(of('2026-03-29', '2026-03-29', 'Asia/Beirut')).toEqual([
    '2026-03-28T22:00:00.000Z',
    '2026-03-29T21:00:00.000Z',
  ]);
  expect(of('2026-11-24', '2026-11-23')).toBe('The period ends before it begins.');
  expect(of('2025-01-01', '2026-01-01')).toEqual(['2024-12-31T23:00:00.000Z', '2026-01-01T23:00:00.000Z']);
  expect(of('2025-01-01', '2026-01-02')).toBe('A report covers 366 days at most.');
});

test('what happens at the very moment of asking counts, and the end of a period that is over does not move', () => {
  const asked = periodOf({ from: '2026-11-23', to: '2026-11-29' }, policy, at(HOUR));
  const later = periodOf({ from: '2026-11-23', to: '2026-11-29' }, policy, at(30 * DAY));

  expect(asked.ok && asked.value.seenAt > at(HOUR)).toBe(true);
  expect(later.ok && later.value.seenAt).toBe('2026-11-29T23:00:00.000Z');
});

test('a cell that a spreadsheet would compute stays text, and commas and quotes stay in their cell', () => {
  const cells = ['=1+1', '+49', '-1', '@cmd', '\t=1', '\r=1', 'a,b', 'say "x"', 'plain', undefined].map(csvCell);

  expect(cells).toEqual([
    `"'=1+1"`,
    `"'+49"`,
    `"'-1"`,
    `"'@cmd"`,
    `"'\t=1"`,
    `"'\r=1"`,
    '"a,b"',
    '"say ""x"""',
    'plain',
    '',
  ]);
  expect(csvCell(-1)).toBe('-1');
});

test('the sheet has a line for each figure, with the tickets behind it', () => {
  const one = met(HOUR, { group: '=HYPERLINK("http://x")' });
  const lines = csvOf(slaReport([one], week, policy, 'group'))
    .trimEnd()
    .split('\r\n');

  expect(lines[0]).toMatch(/^figure,of,value,unit,n,/);
  expect(lines[1]).toContain(`attainment.first-reply,,1,share,1,1,0.2065,1,`);
  expect(lines[1]).toContain(one.ticketId);
  expect(lines.filter((line) => line.startsWith('attainment.first-reply'))).toHaveLength(2);
  expect(lines.some((line) => /(^|,)[=+\-@]/.test(line))).toBe(false);
});

test('a place between two values is shared between them', () => {
  expect([quantile([1, 2, 3, 4], 0.5), quantile([5], 0.9), quantile([], 0.5)]).toEqual([2.5, 5, undefined]);
});
