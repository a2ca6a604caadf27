import { expect, test } from 'vitest';
import { audit } from '../../../domain/explain/audit.ts';
import { type Audited, auditedOf } from '../../../domain/explain/audited.ts';
import type { Ledger } from '../../../domain/ports.ts';
import type { ClockNote } from '../../../domain/report/clock-note.ts';
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../../domain/support/time.ts';
import type { EventOf, EventType, TicketEvent } from '../../../domain/ticket/event.ts';
import { anEvent, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { aLife, anEventfulLife } from '../../support/ticket-life.ts';

const at = (ms: number): string => plus(mondayAt9, ms);
const policy = aPolicy();
const telling = aPolicy({ tellCustomerWhenLate: true });
const whatsOf = (found: ReturnType<typeof audit>) => found.map(({ what }) => what);

/** Given to others and raised, after all that. */
const eventful = () =>
  anEventfulLife()
    .transfer(at(2 * DAY + 2 * HOUR), 'expert')
    .prioritise(at(2 * DAY + 3 * HOUR), 'P2').ledger;

/** What is found when the first event of a type says something else. */
const tampered = <T extends EventType>(type: T, edit: (event: EventOf<T>) => Partial<EventOf<T>>): string[] => {
  const { ticket, events } = eventful();
  const place = events.findIndex((event) => event.type === type);
  const changed = events.map((event, index) =>
    index === place ? ({ ...event, ...edit(event as EventOf<T>) } as TicketEvent) : event,
  );
  return whatsOf(audit(auditedOf(ticket), changed, policy, at(2 * DAY + 3 * HOUR)));
};

const stored = (ledger: Ledger, claimed: Partial<Audited>): string[] =>
  whatsOf(audit({ ...auditedOf(ledger.ticket), ...claimed }, ledger.events, policy, at(2 * DAY + 3 * HOUR)));

test('nothing is found where nothing was changed', () => {
  const { ticket, events } = eventful();

  expect(audit(auditedOf(ticket), events, policy, at(2 * DAY + 3 * HOUR))).toEqual([]);
});

test('an event dated by an hour is found by its id, its change and what came before it', () => {
  const later = (event: TicketEvent) => ({ at: plus(event.at, HOUR) });

  expect(tampered('replied', later)).toContain('replied.at');
  expect(tampered('assigned', later)).toContain('assigned.at');
  expect(tampered('paused', (event) => ({ at: plus(event.at, -5 * HOUR) }))).toContain('paused.at');
  expect(tampered('opened', () => ({ id: 'no-ulid' }))).toContain('opened.at');
});

test('two events of one change have one time, to the millisecond', () => {
  expect(tampered('assigned', (event) => ({ at: plus(event.at, 1) }))).toContain('assigned.at');
  expect(tampered('replied', (event) => ({ at: plus(event.at, -2 * SECOND) }))).not.toContain('replied.at');
});

test.each<[string, string[], string]>([
  ['the reply', ['replied'], 'ledger'],
  ['the hand-over', ['transferred'], 'ledger'],
  ['the other priority', ['reprioritised'], 'version'],
])('%s that was taken out is missed by its version', (_, types, what) => {
  const { ticket, events } = eventful();
  const first = events.findIndex(({ type }) => types.includes(type));
  const version = events[first]?.version;

  const found = audit(
    auditedOf(ticket),
    events.filter((event) => event.version !== version),
    policy,
    at(2 * DAY + 3 * HOUR),
  );

  expect(whatsOf(found)).toContain(what);
});

test('a timer that looked and found nothing to do leaves no event, and nobody misses one', () => {
  const { ledger } = aLife()
    .hold(at(HOUR))
    .resume(at(8 * DAY));
  const events = ledger.events.map((event) =>
    event.type === 'resumed' ? { ...event, by: 'rule:hold.review@1' as const } : event,
  );
  const looked = events.map((event) => (event.type === 'resumed' ? { ...event, version: event.version + 1 } : event));
  const ticket = { ...auditedOf(ledger.ticket), version: ledger.ticket.version + 1 };

  expect(whatsOf(audit(ticket, looked, policy, at(8 * DAY)))).not.toContain('ledger');
});

test('a cycle that nothing began is found', () => {
  expect(tampered('paused', () => ({ cycle: 2 }))).toContain('paused.cycle');
  expect(tampered('reopened', () => ({ cycle: 3 }))).toContain('reopened.cycle');
});

test('a rule of another version than its event, and a reply in another name, are found', () => {
  expect(tampered('warned', () => ({ policy: '2' }))).toContain('warned.policy');
  expect(tampered('replied', () => ({ agent: 'ben' }))).toContain('replied.agent');
});

test('what a rung says of its promise, its act and its acknowledgement is checked', () => {
  expect(tampered('warned', () => ({ dueAt: at(HOUR) }))).toContain('rung warn (firstReply) dueAt');
  expect(tampered('warned', () => ({ by: 'rule:ladder.other@1' }))).toContain('rung warn (firstReply) by');
  expect(tampered('escalated', () => ({ stays: 'end-of-path' }))).toContain('rung move (firstReply) stays');
  expect(tampered('warned', () => ({ acknowledge: { from: at(HOUR), within: 'PT1H' } }))).toContain(
    'rung warn (firstReply) acknowledge',
  );
});

test('each place of the ticket follows from the one before it', () => {
  expect(tampered('escalated', () => ({ toGroup: 'expert' }))).toContain('escalated.toGroup');
  expect(tampered('escalated', () => ({ moves: 7 }))).toContain('escalated.moves');
  expect(tampered('transferred', () => ({ fromGroup: 'frontline' }))).toContain('transferred.fromGroup');
  expect(tampered('transferred', () => ({ fromTier: 1 }))).toContain('transferred.fromTier');
  expect(tampered('transferred', () => ({ agent: 'ben' }))).toContain('assignee');
  expect(tampered('replied', () => ({ group: 'frontline' }))).toContain('replied.group');
  expect(tampered('reprioritised', () => ({ from: 'P4' }))).toContain('reprioritised.from');
});

test('whose a promise was, and by which row, is recomputed and not believed', () => {
  const { ticket, events } = eventful();
  const noted = (edit: object): ReturnType<typeof audit> =>
    audit(
      auditedOf(ticket),
      events.map(({ clocks, ...event }) => ({
        ...event,
        ...(clocks && { clocks: clocks.map((clock) => ({ ...clock, ...edit })) }),
      })),
      policy,
      at(2 * DAY + 3 * HOUR),
    );

  for (const edit of [{ group: 'expert' }, { agent: 'eva' }, { channel: 'chat' }, { high: true }, { row: 'x' }])
    expect(whatsOf(noted(edit))).toContain(`outcome 1.firstReply.${mondayAt9}`);
  expect(noted({ row: 'x' })[0]).toMatchObject({ stored: 'row x', recomputed: 'row rest' });
});

test('that nobody waits any more for a broken first reply follows from the ledger', () => {
  const { ticket, events } = aLife()
    .climb(at(24 * HOUR))
    .resolve(at(30 * HOUR)).ledger;
  const noted = (edit: (clock: ClockNote) => ClockNote): ReturnType<typeof audit> =>
    audit(
      auditedOf(ticket),
      events.map(({ clocks, ...event }) => ({ ...event, ...(clocks && { clocks: clocks.map(edit) }) })),
      policy,
      at(30 * HOUR),
    ).filter(({ what }) => what.startsWith('outcome'));

  const [untouched, edited] = [
    noted((clock) => clock),
    noted(({ calledOffAt, ...clock }) => ({ ...clock, ...(calledOffAt && { calledOffAt: at(29 * HOUR) }) })),
  ];

  expect(untouched).toEqual([]);
  expect(edited).toMatchObject([
    { stored: `calledOffAt ${at(29 * HOUR)}`, recomputed: `calledOffAt ${at(30 * HOUR)}` },
  ]);
});

test('what is stored beside the clock follows from the ledger as well', () => {
  const ledger = eventful();

  expect(stored(ledger, { assignee: 'ben' })).toEqual(['assignee']);
  expect(stored(ledger, { createdAt: at(1) })).toEqual(['createdAt']);
  expect(stored(ledger, { channel: 'chat' })).toEqual(['channel']);
  expect(stored(ledger, { updatedAt: at(3 * DAY) })).toContain('updatedAt');
  expect(stored(ledger, { version: ledger.ticket.version + 1 })).toEqual(['version']);
});

test('a rung that a higher priority made due at once is not late', () => {
  const raised = (climbedAt: string) =>
    aLife()
      .prioritise(at(3 * HOUR), 'P1')
      .climb(climbedAt).ledger;
  const check = ({ ticket, events }: Ledger, now: string) => audit(auditedOf(ticket), events, policy, now);

  expect(check(raised(at(3 * HOUR + SECOND)), at(3 * HOUR + SECOND))).toEqual([]);
  expect(check(raised(at(3 * HOUR + MINUTE)), at(3 * HOUR + MINUTE))).toContainEqual(
    expect.objectContaining({ what: 'rung warn (firstReply)', recomputed: `due at ${at(3 * HOUR)}` }),
  );
});

test('a customer who was told of a late reply otherwise than it was, or not at all, is found', () => {
  const { ledger } = aLife({}, { policy: telling })
    .climb(at(19.2 * HOUR))
    .climb(at(24 * HOUR));
  const check = (events: TicketEvent[]) =>
    audit(auditedOf(ledger.ticket), events, telling, at(24 * HOUR + MINUTE)).filter(({ what }) =>
      what.startsWith('promise-slipped'),
    );
  const slip = (edit: Partial<EventOf<'promise-slipped'>>) =>
    ledger.events.map((event) => (event.type === 'promise-slipped' ? { ...event, ...edit } : event));

  expect(check(ledger.events)).toEqual([]);
  expect(whatsOf(check(slip({ until: at(40 * HOUR) })))).toEqual(['promise-slipped.until']);
  expect(whatsOf(check(slip({ dueAt: at(23 * HOUR) })))).toEqual(['promise-slipped.dueAt']);
  expect(check(ledger.events.filter(({ type }) => type !== 'promise-slipped'))).toMatchObject([
    { recomputed: `late since ${at(24 * HOUR)}` },
  ]);
});

test('a first mail that told another time than was promised is found', () => {
  const { ledger } = aLife();
  const told = (promised: string) =>
    audit(
      { ...auditedOf(ledger.ticket), version: 3, updatedAt: at(1) },
      [
        ...ledger.events,
        anEvent({ type: 'acknowledged', mail: 'm', promised }, at(1), { version: 3, by: 'rule:acknowledgement@1' }),
      ],
      policy,
      at(1),
    );

  expect(told(at(24 * HOUR))).toEqual([]);
  expect(whatsOf(told(at(25 * HOUR)))).toEqual(['acknowledged.promised']);
});

test('a hold that nobody looked at again is found', () => {
  const { ledger } = aLife().hold(at(HOUR));
  const check = (now: string) => whatsOf(audit(auditedOf(ledger.ticket), ledger.events, policy, now));

  expect(check(at(HOUR + 7 * DAY))).toEqual([]);
  expect(check(at(HOUR + 7 * DAY + MINUTE))).toEqual(['resumed']);
});
