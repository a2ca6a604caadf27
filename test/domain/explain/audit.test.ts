import { expect, test } from 'vitest';
import { audit } from '../../../domain/explain/audit.ts';
import { type Audited, auditedOf } from '../../../domain/explain/audited.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, plus } from '../../../domain/support/time.ts';
import type { TicketEvent } from '../../../domain/ticket/event.ts';
import { anEvent, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { aLife, anEventfulLife } from '../../support/ticket-life.ts';

const at = (ms: number): string => plus(mondayAt9, ms);
const policy = aPolicy();
const check = ({ ticket, events }: Ledger, now: string, tampered: Partial<Audited> = {}) =>
  audit({ ...auditedOf(ticket), ...tampered }, events, policy, now);
const whatsOf = (found: ReturnType<typeof audit>) => found.map(({ what }) => what);

const edited = <T extends TicketEvent['type']>(
  ledger: Ledger,
  type: T,
  edit: (event: TicketEvent) => TicketEvent,
): Ledger => ({
  ...ledger,
  events: ledger.events.map((event) => (event.type === type ? edit(event) : event)),
});

test('a ticket as the desk left it agrees with its ledger, whatever happened to it', () => {
  const { ledger } = anEventfulLife();

  expect(check(ledger, at(2 * DAY + HOUR))).toEqual([]);
});

test('a clock, a state, a priority or a look that was patched is found', () => {
  const { ledger } = aLife().reply(at(HOUR));
  const { clock } = ledger.ticket;
  const first = clock.firstReply;
  if (!first) throw new Error('It promises a first reply.');

  const found = check(ledger, at(HOUR), {
    clock: { ...clock, firstReply: { ...first, dueAt: at(25 * HOUR), state: 'breached' } },
    status: 'pending',
    priority: 'P1',
    group: 'expert',
    cycle: 2,
    lookAgainAt: at(DAY),
  });

  expect(whatsOf(found)).toEqual([
    'status',
    'cycle',
    'priority',
    'group',
    'clock.firstReply.dueAt',
    'clock.firstReply.state',
    'lookAgainAt',
  ]);
  expect(found[4]).toMatchObject({ stored: at(25 * HOUR), recomputed: at(24 * HOUR) });
});

test('a reply that was dated back is found by everything that followed from it', () => {
  const { ledger } = anEventfulLife();

  const found = check(
    edited(ledger, 'replied', (event) => ({ ...event, at: at(HOUR) })),
    at(2 * DAY + HOUR),
  );

  expect(whatsOf(found)).toContain(`outcome 1.firstReply.${mondayAt9}`);
});

test('a rung climbed too early, twice or late is found', () => {
  const early = aLife();
  early.ledger.events.push(warned(at(HOUR), 3));
  const twice = aLife().climb(at(19.2 * HOUR));
  twice.ledger.events.push(warned(at(20 * HOUR), 4));
  const late = aLife().climb(at(20 * HOUR));

  expect(check(early.ledger, at(HOUR))).toContainEqual({
    what: 'rung warn (firstReply)',
    at: at(HOUR),
    stored: `climbed at ${at(HOUR)}`,
    recomputed: `due at ${at(19.2 * HOUR)}`,
  });
  expect(check(twice.ledger, at(20 * HOUR))).toContainEqual(expect.objectContaining({ recomputed: 'climbed before' }));
  expect(check(late.ledger, at(20 * HOUR))).toEqual([
    {
      what: 'rung warn (firstReply)',
      at: at(20 * HOUR),
      stored: `climbed at ${at(20 * HOUR)}, 48 min late`,
      recomputed: `due at ${at(19.2 * HOUR)}`,
    },
  ]);
});

test('a rung that was never climbed is found, by the next thing that happened or by the time of the export', () => {
  const passed = aLife().hold(at(21 * HOUR));
  const waiting = aLife();

  expect(whatsOf(check(passed.ledger, at(21 * HOUR)))).toContain('rung warn (firstReply)');
  expect(check(waiting.ledger, at(21 * HOUR))).toMatchObject([
    { what: 'rung warn (firstReply)', recomputed: `due at ${at(19.2 * HOUR)}` },
  ]);
  expect(check(waiting.ledger, at(19 * HOUR))).toEqual([]);
});

test('an outcome that was changed, left out or made up is found', () => {
  const { ledger } = aLife().reply(at(HOUR));
  const changed = edited(ledger, 'replied', ({ clocks = [], ...event }) => ({
    ...event,
    clocks: clocks.map((clock) => ({ ...clock, outcome: 'breached' as const })),
  }));
  const bare = { ...ledger, events: ledger.events.map(({ clocks, ...event }) => event) };
  const leftOut = edited(ledger, 'replied', ({ clocks, ...event }) => event);

  expect(check(changed, at(HOUR))).toMatchObject([{ what: `outcome 1.firstReply.${mondayAt9}` }]);
  expect(check(leftOut, at(HOUR))).toMatchObject([{ stored: 'nothing noted' }]);
  expect(check(bare, at(HOUR))).toMatchObject([
    { stored: 'nothing noted' },
    { stored: 'nothing noted' },
    { stored: 'nothing noted' },
  ]);
});

test('an event that is missing, doubled or of another ticket is found', () => {
  const { ledger } = anEventfulLife();
  const [first] = ledger.events;
  if (!first) throw new Error('It has events.');
  const without = (type: string) => ({ ...ledger, events: ledger.events.filter((event) => event.type !== type) });

  expect(whatsOf(check(without('opened'), at(2 * DAY + HOUR)))).toContain('ledger');
  expect(check(without('warned'), at(2 * DAY + HOUR))).not.toEqual([]);
  expect(check(without('paused'), at(2 * DAY + HOUR))).not.toEqual([]);
  expect(whatsOf(check({ ...ledger, events: [...ledger.events, first] }, at(2 * DAY + HOUR)))).toContain('ledger');
  expect(
    whatsOf(
      check(
        edited(ledger, 'opened', (event) => ({ ...event, ticketId: 'T-OTHER1' })),
        at(2 * DAY + HOUR),
      ),
    ),
  ).toContain(`event ${first.id}`);
});

test('a rating credited to somebody who did not answer is found', () => {
  const { ledger } = aLife().reply(at(HOUR), 'resolved');
  const survey = { survey: 'csat@1', kind: 'csat' as const };
  const events = [
    ...ledger.events,
    anEvent({ type: 'survey-sent', ...survey, mail: 'm' }, at(2 * HOUR), { version: 4 }),
    anEvent({ type: 'survey-answered', ...survey, score: 1, scale: 's', low: true, edit: 0 }, at(3 * HOUR), {
      version: 5,
    }),
  ];
  const satisfaction = {
    score: 1,
    scale: 's',
    label: 'bad',
    low: true,
    agent: 'ada',
    group: 'frontline',
    tier: 1,
    cycle: 1,
    survey: 'csat@1',
    at: at(3 * HOUR),
  } as const;
  const found = (claimed: Partial<typeof satisfaction> | { agent: string }) =>
    audit(
      {
        ...auditedOf(ledger.ticket),
        version: 5,
        updatedAt: at(3 * HOUR),
        satisfaction: { ...satisfaction, ...claimed },
      },
      events,
      policy,
      at(3 * HOUR),
    ).filter(({ what }) => what.startsWith('satisfaction'));

  expect(found({})).toEqual([]);
  expect(whatsOf(found({ scale: 't' as never }))).toEqual(['satisfaction.scale']);
  expect(whatsOf(found({ at: at(4 * HOUR) }))).toEqual(['satisfaction.at']);
  expect(
    whatsOf(audit({ ...auditedOf(ledger.ticket), version: 5, updatedAt: at(3 * HOUR) }, events, policy, at(3 * HOUR))),
  ).toContain('satisfaction');
  expect(found({ agent: 'ben' })).toEqual([{ what: 'satisfaction.agent', stored: 'ben', recomputed: 'ada' }]);
  expect(whatsOf(found({ cycle: 2 as never }))).toEqual(['satisfaction.survey']);
});

const warned = (when: string, version: number): TicketEvent =>
  anEvent({ type: 'warned', promise: 'firstReply', rung: 'warn', dueAt: at(24 * HOUR), told: ['ada'] }, when, {
    version,
    by: 'rule:ladder.warn@1',
  });
