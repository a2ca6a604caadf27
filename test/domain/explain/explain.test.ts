import { expect, test } from 'vitest';
import { auditedOf } from '../../../domain/explain/audited.ts';
import { explain } from '../../../domain/explain/explain.ts';
import { isoOf } from '../../../domain/explain/words.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../domain/support/time.ts';
import { aCalendar, aCustomer, anEvent, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { aLife } from '../../support/ticket-life.ts';

const at = (ms: number): string => plus(mondayAt9, ms);
const policy = aPolicy();
const daytime = aPolicy({
  survey: { ...policy.survey, hours: { from: '09:00', to: '20:00' }, zone: 'Europe/Berlin' },
});

test('a promise tells its row, version, calendar, closed days, pauses, times and what began and ended it', () => {
  const office = aCalendar({ closed: ['2026-11-24'], open: { '2026-11-25': [{ from: '09:00', to: '11:00' }] } });
  const chat = aPolicy({ calendars: { office }, version: '7' });
  const life = aLife({ channel: 'chat' }, { policy: chat, at: at(7 * HOUR + 30 * MINUTE) });
  life.hold(at(7 * HOUR + 45 * MINUTE)).resume(at(2 * DAY + HOUR));

  const [first] = explain(life.ledger, chat, at(2 * DAY + HOUR)).promises;

  expect(first).toMatchObject({
    promise: 'firstReply',
    cycle: 1,
    state: 'running',
    target: 'PT1H',
    calendar: 'office',
    zone: 'Europe/Berlin',
    row: 'chat',
    policy: '7',
    startedBy: 'opened',
    used: 'PT15M',
    left: 'PT45M',
    dueAt: at(2 * DAY + HOUR + 45 * MINUTE),
    pausedSpans: [{ from: at(7 * HOUR + 45 * MINUTE), to: at(2 * DAY + HOUR) }],
    closures: [
      { date: '2026-11-24', hours: [] },
      { date: '2026-11-25', hours: ['09:00-11:00'] },
    ],
  });
  expect(first?.startedByEvent).toBe(life.ledger.events[0]?.id);
});

test('a promise that is due after the last day for which holidays are listed says that none is counted from then on', () => {
  const listed = (holidaysUntil: string) => {
    const chat = aPolicy({ calendars: { office: { ...aCalendar(), holidaysUntil } } });
    const life = aLife({ channel: 'chat' }, { policy: chat, at: mondayAt9 });
    return explain(life.ledger, chat, at(HOUR)).promises.map(({ promise, closuresNote }) => [promise, closuresNote]);
  };

  // Monday 23 November: the solution in sixteen hours of work is due on Wednesday.
  expect(listed('2026-11-25')).toEqual([
    ['firstReply', undefined],
    ['resolution', undefined],
  ]);
  expect(listed('2026-11-23')).toEqual([
    ['firstReply', undefined],
    [
      'resolution',
      'Public holidays are listed until 2026-11-23: after that none is counted, so that this may be due too early.',
    ],
  ]);
});

test('every promise of every cycle is told, also those that later ones took the place of', () => {
  const life = aLife()
    .reply(at(HOUR))
    .hear(at(2 * HOUR))
    .reply(at(3 * HOUR))
    .hear(at(4 * HOUR))
    .reply(at(5 * HOUR), 'resolved')
    .reopen(at(DAY));

  const told = explain(life.ledger, policy, at(2 * DAY)).promises;

  expect(told.map(({ promise, cycle, state, endedBy }) => [promise, cycle, state, endedBy])).toEqual([
    ['firstReply', 1, 'met', 'replied'],
    ['resolution', 1, 'met', 'resolved'],
    ['nextReply', 1, 'met', 'replied'],
    ['nextReply', 1, 'met', 'replied'],
    ['firstReply', 2, 'breached', undefined],
    ['resolution', 2, 'running', undefined],
  ]);
});

test('every act of a rule has its rule, version and inputs, and acts of people are left to the timeline', () => {
  const life = aLife()
    .climb(at(20 * HOUR))
    .reply(at(21 * HOUR));

  const { acts } = explain(life.ledger, policy, at(21 * HOUR));

  expect(acts.map(({ type, rule, policy: version }) => [type, rule, version])).toEqual([
    ['triaged', 'triage', '1'],
    ['assigned', 'routing.least-loaded', '1'],
    ['warned', 'ladder.warn', '1'],
  ]);
  expect(acts[0]?.inputs).toMatchObject({ priority: 'P3', category: 'payment', impact: expect.anything() });
  expect(acts[1]?.reason).toContain('Not ben: with more to do');
  expect(acts[2]).toMatchObject({
    at: at(20 * HOUR),
    inputs: { promise: 'firstReply', rung: 'warn', told: ['ada'], dueAt: at(24 * HOUR) },
    event: life.ledger.events.find(({ type }) => type === 'warned')?.id,
  });
});

test('joining is explained whoever did it, with the promises that came along', () => {
  const life = aLife();
  const merged = anEvent(
    { type: 'merged', from: 'T-000009', carries: [{ as: 'firstReply', since: mondayAt9, pausedMs: 0, row: 'rest' }] },
    at(HOUR),
    { version: 3 },
  );

  const { acts } = explain({ ...life.ledger, events: [...life.ledger.events, merged] }, policy, at(HOUR));

  expect(acts.at(-1)).toMatchObject({
    type: 'merged',
    rule: 'by hand',
    inputs: { from: 'T-000009', 'promise 1': `firstReply since ${mondayAt9} (row rest)` },
  });
});

test('no word of the customer, and no note of an agent about the case, is told', () => {
  const life = aLife({ subject: 'SECRET subject', text: 'SECRET text', customer: aCustomer({ name: 'SECRET' }) });
  life.ledger.events.push(
    anEvent({ type: 'resolved', agent: 'ada', cause: 'SECRET', solution: 'SECRET' }, at(HOUR), {
      version: 3,
      by: 'rule:x@1',
    }),
  );

  expect(JSON.stringify(explain(life.ledger, policy, at(HOUR)))).not.toContain('SECRET');
});

test('what comes next is every rung ahead and the due times, in order, and it is what then happens', () => {
  const life = aLife();

  const { next } = explain(life.ledger, policy, at(HOUR));
  life.climb(next[0]?.at ?? '');

  expect(next.slice(0, 4).map(({ at: when, rule }) => [when, rule])).toEqual([
    [at(19.2 * HOUR), 'ladder.warn@1'],
    [at(24 * HOUR), 'targets.rest@1'],
    [at(24 * HOUR), 'ladder.move@1'],
    [at(28 * HOUR), 'ladder.call@1'],
  ]);
  expect(next[0]?.what).toBe(`The assignee is warned: the first reply is due at ${at(24 * HOUR)}.`);
  expect(next[2]?.what).toContain('moves from frontline to advanced, and the lead (lea) is told');
  expect(life.ledger.events.at(-1)).toMatchObject({ type: 'warned', rung: 'warn' });
});

test('each step ahead is told for the group in which those before it will have left the ticket', () => {
  const climbed = aLife().climb(at(24 * HOUR));
  const climbedOn = aLife()
    .climb(at(24 * HOUR))
    .transfer(at(25 * HOUR), 'expert');

  const moves = ({ ledger }: ReturnType<typeof aLife>) =>
    explain(ledger, policy, at(26 * HOUR)).next.filter(({ rule }) => rule === 'ladder.move@1')[0]?.what;

  const ahead = explain(aLife().ledger, policy, at(HOUR)).next.filter(({ rule }) => rule === 'ladder.move@1');
  expect(ahead.map(({ what }) => /from \w+ to \w+/.exec(what)?.[0])).toEqual([
    'from frontline to advanced',
    'from advanced to expert',
  ]);
  expect(moves(climbed)).toContain('moves from advanced to expert');
  expect(moves(climbedOn)).toContain('stays, as no group follows expert, and the lead (lea) is called');
});

test('the word to the customer that the first reply is late comes next at its due time, once', () => {
  const telling = aPolicy({ tellCustomerWhenLate: true });
  const life = aLife({}, { policy: telling });
  const word = (now: string) =>
    explain(life.ledger, telling, now).next.filter(({ rule }) => rule === 'clock.tell-customer-when-late@1');

  const ahead = word(at(HOUR));
  const owed = word(at(24 * HOUR));
  life.climb(at(24 * HOUR));

  expect(ahead.map(({ at: when }) => when)).toEqual([at(24 * HOUR)]);
  expect(owed[0]?.what).toContain(`hear from the desk by ${at(36 * HOUR)}`);
  expect(word(at(25 * HOUR))).toEqual([]);
  expect(explain(life.ledger, policy, at(HOUR)).next.map(({ rule }) => rule)).not.toContain(
    'clock.tell-customer-when-late@1',
  );
});

test('what people did that the clock and the ladder follow is told with who did it', () => {
  const life = aLife()
    .prioritise(at(HOUR), 'P1')
    .hold(at(2 * HOUR))
    .resume(at(3 * HOUR))
    .reply(at(4 * HOUR), 'resolved')
    .reopen(at(5 * HOUR));

  const { acts } = explain(life.ledger, policy, at(6 * HOUR));
  const byHand = acts.filter(({ rule }) => rule === 'by hand');

  expect(byHand.map(({ type }) => type)).toEqual(['reprioritised', 'paused', 'resumed', 'reopened']);
  expect(byHand[0]?.inputs).toMatchObject({ by: 'agent:ada', from: 'P3', priority: 'P1' });
});

test('a ticket that waits for its customer comes to the reminder and then to the quiet closing', () => {
  const life = aLife().reply(at(HOUR), 'pending');
  const asked = explain(life.ledger, policy, at(2 * HOUR)).next;
  life.ledger.events.push(
    anEvent({ type: 'reminded' }, at(HOUR + 3 * DAY), { version: 9, by: 'rule:silence.remind@1' }),
  );

  const reminded = explain(life.ledger, policy, at(HOUR + 3 * DAY)).next;

  expect(asked).toMatchObject([{ at: at(HOUR + 3 * DAY), rule: 'silence.remind@1' }]);
  expect(reminded).toMatchObject([{ at: at(HOUR + 7 * DAY), rule: 'silence.close@1' }]);
});

test('a hold comes to its review', () => {
  const { next } = explain(aLife().hold(at(HOUR)).ledger, policy, at(2 * HOUR));

  expect(next).toMatchObject([{ at: at(HOUR + 7 * DAY), rule: 'hold.review@1' }]);
});

test('a resolved ticket comes to its survey, its reminder and the end of both windows', () => {
  const life = aLife().reply(at(HOUR), 'resolved');
  const rules = () => explain(life.ledger, policy, at(DAY)).next.map(({ at: when, rule }) => [when, rule]);
  const window = [at(HOUR + 14 * DAY), 'reopen-within@1'];
  const survey = { survey: 'csat@1', kind: 'csat' as const };

  const before = rules();
  life.ledger.events.push(anEvent({ type: 'survey-sent', ...survey, mail: 'm' }, at(2 * HOUR), { version: 8 }));
  const asked = rules();
  life.ledger.events.push(
    anEvent({ type: 'survey-answered', ...survey, score: 4, scale: 's', low: false, edit: 0 }, at(3 * HOUR), {
      version: 9,
    }),
  );

  expect(before).toEqual([[at(2 * HOUR), 'survey.eligibility@1'], window]);
  expect(asked).toEqual([
    [at(2 * HOUR + 3 * DAY), 'survey.reminder@1'],
    window,
    [at(2 * HOUR + 28 * DAY), 'survey.expiry@1'],
  ]);
  expect(rules()).toEqual([window]);
});

test('an exported ticket tells whose day counts for what comes next, and nothing else of the customer', () => {
  const { ticket } = aLife({ customer: aCustomer({ timeZone: 'Asia/Tehran' }) }).ledger;

  expect(auditedOf(ticket)).toMatchObject({ timeZone: 'Asia/Tehran' });
  expect(JSON.stringify(auditedOf(ticket))).not.toMatch(/Sara|example|payment fails/);
});

test('a survey and its reminder wait for the day of the customer', () => {
  const life = aLife().reply(at(11 * HOUR), 'resolved');
  const inTokyo = {
    ...life.ledger,
    ticket: { ...life.ledger.ticket, customer: aCustomer({ timeZone: 'Asia/Tokyo' }) },
  };
  const whens = (ledger: typeof inTokyo) => explain(ledger, daytime, at(DAY)).next.map(({ at: when }) => when);

  // mondayAt9 is nine in Berlin and five in the afternoon in Tokyo.
  expect(whens(life.ledger)[0]).toBe(at(DAY));
  expect(whens(inTokyo)[0]).toBe(at(16 * HOUR));
});

test('who is not asked is told with what was weighed, and when something can be asked again', () => {
  const life = aLife().reply(at(HOUR), 'resolved');
  const budget = { lately: 3, upTo: 3, within: 'P30D', freeFrom: at(9 * DAY) };
  const skipped = {
    type: 'survey-skipped' as const,
    survey: 'csat@1',
    kind: 'csat' as const,
    why: 'asked-enough',
    budget,
  };
  life.ledger.events.push(anEvent(skipped, at(2 * HOUR), { version: 8, by: 'rule:contact.budget@1' }));

  const { acts, next } = explain(life.ledger, policy, at(3 * HOUR));

  expect(acts.at(-1)).toMatchObject({
    type: 'survey-skipped',
    rule: 'contact.budget',
    inputs: { why: 'asked-enough', budget: `lately 3, upTo 3, within P30D, freeFrom ${at(9 * DAY)}` },
  });
  expect(next.map(({ at: when, rule }) => [when, rule])).toContainEqual([at(9 * DAY), 'contact.budget@1']);
  expect(explain(life.ledger, policy, at(9 * DAY)).next.map(({ rule }) => rule)).not.toContain('contact.budget@1');
});

test('a reminder that is not sent comes no more', () => {
  const life = aLife().reply(at(HOUR), 'resolved');
  const survey = { survey: 'csat@1', kind: 'csat' as const };
  life.ledger.events.push(anEvent({ type: 'survey-sent', ...survey, mail: 'm' }, at(2 * HOUR), { version: 8 }));
  life.ledger.events.push(
    anEvent({ type: 'reminder-skipped', ...survey, why: 'ask-open' }, at(3 * DAY), { version: 9 }),
  );

  const rules = explain(life.ledger, policy, at(3 * DAY)).next.map(({ rule }) => rule);

  expect(rules).toEqual(['reopen-within@1', 'survey.expiry@1']);
});

test('a low answer comes to the call of the lead until it was put right', () => {
  const life = aLife()
    .reply(at(HOUR), 'resolved')
    .reopen(at(2 * HOUR));
  const opened = { type: 'remediation-opened' as const, ratedCycle: 1, score: 1, deadline: at(9 * HOUR) };
  life.ledger.events.push(anEvent(opened, at(2 * HOUR), { version: 8, cycle: 2 }));
  const open = explain(life.ledger, policy, at(3 * HOUR)).next;
  life.ledger.events.push(
    anEvent({ type: 'remediation-called', told: ['lea'], attempt: 1 }, at(9 * HOUR), { version: 9, cycle: 2 }),
  );

  const called = explain(life.ledger, policy, at(9 * HOUR)).next;

  const ofRecovery = (next: typeof open) => next.filter(({ rule }) => rule === 'remediation.overdue@1');
  expect(ofRecovery(open)).toMatchObject([{ at: at(9 * HOUR), what: expect.stringContaining('The lead is called') }]);
  expect(ofRecovery(called)).toMatchObject([{ at: at(13 * HOUR), what: expect.stringContaining('The manager') }]);
});

test('what was put right comes to the question whether it is better', () => {
  const life = aLife()
    .reply(at(HOUR), 'resolved')
    .reopen(at(2 * HOUR));
  const opened = { type: 'remediation-opened' as const, ratedCycle: 1, score: 1, deadline: at(9 * HOUR) };
  life.ledger.events.push(anEvent(opened, at(2 * HOUR), { version: 8, cycle: 2 }));
  const solved = [
    anEvent({ type: 'replied', agent: 'cleo', message: 'M' }, at(3 * HOUR), { version: 9, cycle: 2 }),
    anEvent({ type: 'resolved', agent: 'cleo' }, at(4 * HOUR), { version: 10, cycle: 2 }),
  ];

  life.ledger.events.push(...solved);
  const { next } = explain(life.ledger, policy, at(5 * HOUR));
  const inTokyo = {
    ...life.ledger,
    ticket: { ...life.ledger.ticket, customer: aCustomer({ timeZone: 'Asia/Tokyo' }) },
  };
  const byDay = explain(inTokyo, daytime, at(5 * HOUR)).next;

  expect(next.filter(({ rule }) => rule.startsWith('remediation.'))).toMatchObject([
    { at: at(4 * HOUR + DAY), rule: 'remediation.ask-again@1' },
  ]);
  // One in the afternoon in Berlin is nine in the evening in Tokyo: it is asked on the morning after.
  expect(byDay.find(({ rule }) => rule === 'remediation.ask-again@1')?.at).toBe(at(16 * HOUR + DAY));
});

test('why a low answer begins no work is told with what was weighed', () => {
  const life = aLife().reply(at(HOUR), 'resolved');
  const skipped = {
    type: 'remediation-skipped' as const,
    why: 'cap' as const,
    cause: 'reply' as const,
    ratedCycle: 1,
    score: 1,
    lately: 2,
    most: 2,
    within: 'P90D',
    told: ['lea'],
  };
  life.ledger.events.push(anEvent(skipped, at(2 * HOUR), { version: 8, by: 'rule:remediation.low-answer@1' }));

  const { acts } = explain(life.ledger, policy, at(3 * HOUR));

  expect(acts.at(-1)).toMatchObject({
    rule: 'remediation.low-answer',
    inputs: { why: 'cap', cause: 'reply', lately: 2, most: 2, within: 'P90D' },
  });
});

test('working time is written in hours: a day of it has no fixed length', () => {
  expect([0, 59_400, 26 * HOUR + 5 * MINUTE, -1].map(isoOf)).toEqual(['PT0S', 'PT59S', 'PT26H5M', 'PT0S']);
});

test('an acknowledgement that was withheld is told as an act', () => {
  const { ledger } = aLife();
  const [opened, ...rest] = ledger.events;
  if (opened?.type !== 'opened') throw new Error('It begins with its opening.');

  const { acts } = explain({ ...ledger, events: [{ ...opened, noReceipt: true }, ...rest] }, policy, at(HOUR));

  expect(acts[0]).toMatchObject({ type: 'opened', rule: 'acknowledgement.withheld', event: opened.id });
});

test('a promise that was called off is not told as kept, and one that was broken before is told as broken', () => {
  const [first] = explain(aLife().resolve(at(HOUR)).ledger, policy, at(HOUR)).promises;
  const [broken] = explain(aLife().resolve(at(30 * HOUR)).ledger, policy, at(30 * HOUR)).promises;

  expect(first).toMatchObject({ promise: 'firstReply', calledOff: 'resolved-without-reply' });
  expect(broken).toMatchObject({ promise: 'firstReply', state: 'breached', endedBy: 'resolved' });
  expect(broken).not.toHaveProperty('calledOff');
});

test('what was masked in a message is told by its kind', () => {
  const messages = [
    { id: 'm1', at: mondayAt9, masked: ['card-number'] },
    { id: 'm2', at: mondayAt9 },
  ];

  const { acts } = explain(aLife().ledger, policy, at(HOUR), messages);

  expect(acts.filter(({ type }) => type === 'masked')).toMatchObject([
    { rule: 'masking.secrets', event: 'm1', inputs: { kinds: ['card-number'] } },
  ]);
});
