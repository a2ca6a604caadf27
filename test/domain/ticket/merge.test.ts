import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standing } from '../../../domain/clock/standing.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { eligibility } from '../../../domain/survey/eligibility.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { merge } from '../../../domain/ticket/acts/merge.ts';
import type { OpenTicketInput } from '../../../domain/ticket/acts/open-ticket.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { unmerge } from '../../../domain/ticket/acts/unmerge.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { anAskable } from '../../support/survey-builders.ts';

const by = 'agent:ada' as const;
const policy = aPolicy();
const at = (hours: number): Instant => plus(mondayAt9, hours * HOUR);
const ctx = (hours: number) => aContext(at(hours));

const ledgerAt = (id: string, hours: number, over: Partial<OpenTicketInput> = {}): Ledger =>
  aLedger({ id, ...over }, ctx(hours));
const answered = (ledger: Ledger, hours: number, then?: 'pending' | 'resolved'): Ledger =>
  afterChange(
    ledger,
    granted(
      reply(
        ledger,
        { agent: 'ada', agentName: 'Ada', body: 'Hm', links: { ticket: 'x' }, ...(then && { then }) },
        ctx(hours),
      ),
    ),
  );
const wroteAgain = (ledger: Ledger, hours: number): Ledger =>
  afterChange(
    ledger,
    granted(
      customerReply(
        ledger,
        { text: 'And?', channel: 'mail', customer: ledger.ticket.customer, attachments: [] },
        ctx(hours),
      ),
    ),
  );
const both = (ledger: Ledger, into: Ledger, change: Change): [Ledger, Ledger] => {
  if (!change.beside) throw new Error('Only one ticket changed.');
  return [afterChange(ledger, change), afterChange(into, change.beside)];
};
const merged = (ledger: Ledger, into: Ledger, hours: number): [Ledger, Ledger] =>
  both(ledger, into, granted(merge(ledger, { into, by }, ctx(hours))));
const apart = (ledger: Ledger, from: Ledger, hours: number): [Ledger, Ledger] =>
  both(ledger, from, granted(unmerge(ledger, { from, by }, ctx(hours))));
const promises = ({ events }: Ledger, hours: number) => standing(events, policy, at(hours)).promises;
/** The same promises as counted from this ledger's own first event. */
const sinceItsOwn = (same: ReturnType<typeof promises>, { events }: Ledger) =>
  Object.fromEntries(
    Object.entries(same).map(([kind, promise]) => [kind, { ...promise, startedByEvent: events[0]?.id }]),
  );
const laid = (ledger: Ledger, over: Partial<Ticket>): Ledger => ({
  ...ledger,
  ticket: { ...ledger.ticket, ...over } as Ticket,
});

describe('a merge', () => {
  test('closes the one as a part of the other, and says so on both', () => {
    const [part, whole] = merged(ledgerAt('T-000001', 0), ledgerAt('T-000002', 1), 2);

    expect(part.ticket).toMatchObject({ status: 'closed', mergedInto: 'T-000002' });
    expect(part.ticket.lookAgainAt).toBeUndefined();
    expect(part.events.at(-1)).toMatchObject({ type: 'merged', into: 'T-000002', by });
    expect(whole.ticket).toMatchObject({ status: 'open', mergedFrom: ['T-000001'] });
    expect(whole.events.at(-1)).toMatchObject({ type: 'merged', from: 'T-000001', by });
  });

  test('keeps the clock of the customer who waits longest', () => {
    const [, whole] = merged(ledgerAt('T-000001', 0), ledgerAt('T-000002', 10), 11);

    expect(promises(whole, 11).nextReply).toMatchObject({ startedAt: at(0), dueAt: at(24), state: 'running' });
    expect(whole.ticket.clock.nextReply?.dueAt).toBe(at(24));
  });

  test('keeps its own clock where that runs out first', () => {
    const [, whole] = merged(ledgerAt('T-000001', 10), ledgerAt('T-000002', 0), 11);

    expect(promises(whole, 11)).toMatchObject({ firstReply: { dueAt: at(24) }, resolution: { dueAt: at(72) } });
    expect(promises(whole, 11).nextReply).toBeUndefined();
  });

  test('keeps a stricter target of the other channel', () => {
    const chat = ledgerAt('T-000001', 0, { channel: 'chat' });
    const [, whole] = merged(chat, ledgerAt('T-000002', 0), 0);

    expect(promises(whole, 0).nextReply).toMatchObject({ target: 'PT1H', row: 'chat', dueAt: at(1) });
  });

  test('keeps a first reply that was promised sooner than a next reply would be', () => {
    const targets = [{ id: 'rest', calendar: 'always', firstReply: 'PT4H', nextReply: 'PT24H', resolution: 'PT72H' }];
    const strict = aPolicy({ targets });
    const greeted = answered(ledgerAt('T-000002', 0), 1);
    const decision = merge(ledgerAt('T-000001', 2), { into: greeted, by }, aContext(at(3), strict));

    expect(granted(decision).beside?.after.clock.nextReply).toMatchObject({ target: 'PT4H', dueAt: at(6) });
  });

  test('asks nobody how the part was', () => {
    const solved = answered(ledgerAt('T-000001', 0), 1, 'resolved');
    const [part] = merged(solved, ledgerAt('T-000002', 1), 2);
    const about = { cycle: 1, known: anAskable({ staff: [] }) };

    expect(eligibility(solved.ticket, solved.events, about, aContext(at(2)))).toEqual({ ask: true });
    expect(eligibility(part.ticket, part.events, about, aContext(at(2)))).toEqual({ ask: false, why: 'merged' });
  });

  test('one reply keeps what both were owed', () => {
    const [, whole] = merged(ledgerAt('T-000001', 0), ledgerAt('T-000002', 10), 11);

    expect(promises(answered(whole, 12), 12)).toMatchObject({
      firstReply: { state: 'met' },
      nextReply: { state: 'met', endedBy: 'replied' },
    });
  });

  test('wakes a ticket that waits for its customer when the other has an unanswered message', () => {
    const waiting = answered(ledgerAt('T-000002', 0), 1, 'pending');
    const [, whole] = merged(ledgerAt('T-000001', 2), waiting, 3);

    expect(whole.ticket.status).toBe('open');
    expect(promises(whole, 3).nextReply).toMatchObject({ startedAt: at(2), dueAt: at(26), state: 'running' });
  });

  test("counts the other ticket's pauses, and of the survivor's only those after it came", () => {
    const held = afterChange(
      ledgerAt('T-000001', 0),
      granted(hold(ledgerAt('T-000001', 0), { waitingFor: 'third-party', by }, ctx(10))),
    );
    const paused = afterChange(
      ledgerAt('T-000002', 20),
      granted(hold(ledgerAt('T-000002', 20), { waitingFor: 'third-party', by }, ctx(20))),
    );
    const [, whole] = merged(held, paused, 30);

    expect(promises(whole, 30).nextReply).toMatchObject({ startedAt: at(0), state: 'paused', usedMs: 10 * HOUR });
  });

  test('is refused where it would lose or mix up something', () => {
    const [one, two] = [ledgerAt('T-000001', 0), ledgerAt('T-000002', 1)];
    const refusalOf = (ledger: Ledger, into: Ledger, confirm = false) => {
      const decision = merge(ledger, { into, by, confirm }, ctx(2));
      return decision.ok ? 'granted' : decision.refusal;
    };
    const [part, whole] = merged(one, two, 2);
    const resolved = afterChange(two, granted(resolve(two, { agent: 'ada' }, ctx(2))));
    expect(refusalOf(one, one)).toBe('same-ticket');
    expect(refusalOf(part, whole)).toBe('already-there');
    expect(refusalOf(part, ledgerAt('T-000003', 0))).toBe('merged');
    expect(refusalOf(two, part)).toBe('merged');
    expect(refusalOf(one, resolved)).toBe('not-while-resolved');
    expect(refusalOf(resolved, one)).toBe('granted');
    expect(refusalOf(one, laid(two, { customer: aCustomer({ id: 'X' }) }))).toBe('other-customer');
    expect(refusalOf(one, laid(two, { customer: aCustomer({ id: 'X' }) }), true)).toBe('granted');
    expect(refusalOf(one, laid(two, { mergedFrom: Array.from({ length: 50 }, (_, n) => `T-${n}`) }))).toBe('too-many');
  });

  test('lets nobody work on the part, nor the customer write to it', () => {
    const [part] = merged(ledgerAt('T-000001', 0), ledgerAt('T-000002', 1), 2);
    const words = { text: 'Hi', channel: 'mail' as const, customer: part.ticket.customer, attachments: [] };

    expect(reopen(part, { by, cause: 'agent' }, ctx(3))).toMatchObject({ ok: false, refusal: 'merged' });
    expect(customerReply(part, words, ctx(3))).toMatchObject({ ok: false, refusal: 'merged' });
  });
});

describe('undoing a merge', () => {
  test('gives back state and clock, as if neither had ever stopped', () => {
    const waiting = answered(ledgerAt('T-000001', 0), 1, 'pending');
    const [part, whole] = merged(waiting, ledgerAt('T-000002', 2), 3);
    const [again, survivor] = apart(part, whole, 30);

    expect(again.ticket).toMatchObject({ status: 'pending', pausedAt: at(1) });
    expect(again.ticket.mergedInto).toBeUndefined();
    expect(promises(again, 30)).toEqual(promises(waiting, 30));
    expect(survivor.ticket.mergedFrom).toBeUndefined();
    expect(promises(survivor, 30)).toEqual(sinceItsOwn(promises(ledgerAt('T-000002', 2), 30), survivor));
  });

  test('leaves a promise kept that was kept meanwhile', () => {
    const asked = wroteAgain(answered(ledgerAt('T-000002', 0), 1), 8);
    const [part, whole] = merged(ledgerAt('T-000001', 2), asked, 9);
    const [, survivor] = apart(part, answered(whole, 10), 11);

    expect(promises(survivor, 11).nextReply).toMatchObject({ startedAt: at(8), state: 'met', endedAt: at(10) });
  });

  test('is possible until the window of the policy has passed', () => {
    const [part, whole] = merged(ledgerAt('T-000001', 0), ledgerAt('T-000002', 1), 2);
    const end = 2 + (14 * DAY) / HOUR;

    expect(unmerge(part, { from: whole, by }, ctx(end)).ok).toBe(true);
    expect(unmerge(part, { from: whole, by }, aContext(plus(at(end), 1)))).toMatchObject({ refusal: 'window-over' });
    expect(unmerge(whole, { from: part, by }, ctx(3))).toMatchObject({ refusal: 'not-merged' });
  });
});

test('a merge moves no due time that had passed before a pause', () => {
  const held = afterChange(
    ledgerAt('T-000001', 0, { channel: 'chat' }),
    granted(hold(ledgerAt('T-000001', 0, { channel: 'chat' }), { waitingFor: 'third-party', by }, ctx(2))),
  );
  const late = wroteAgain(held, 5);

  const [, survivor] = merged(late, ledgerAt('T-000002', 4), 6);

  expect(promises(late, 6).firstReply).toMatchObject({ dueAt: at(1), state: 'breached' });
  expect(promises(survivor, 6).nextReply).toMatchObject({ as: 'firstReply', dueAt: at(1), state: 'breached' });
});

test('no promise is lost by merging, whatever came before', () => {
  const step = fc.constantFrom('reply', 'wait', 'ask', 'hold', 'nothing');
  const life = fc.record({
    start: fc.integer({ min: 12, max: 20 }),
    channel: fc.constantFrom('mail' as const, 'chat' as const),
    steps: fc.array(step, { maxLength: 4 }),
  });
  const lived = (id: string, { start, channel, steps }: { start: number; channel: 'mail' | 'chat'; steps: string[] }) =>
    steps.reduce(
      (ledger, what, index) => {
        const hours = 20.5 + index;
        if (what === 'reply') return answered(ledger, hours);
        if (what === 'wait' && ledger.ticket.status === 'open') return answered(ledger, hours, 'pending');
        if (what === 'ask') return wroteAgain(ledger, hours);
        if (what === 'hold' && ledger.ticket.status === 'open')
          return afterChange(ledger, granted(hold(ledger, { waitingFor: 'third-party', by }, ctx(hours))));
        return ledger;
      },
      ledgerAt(id, start, { channel }),
    );
  /** When the customer has to have an answer; a clock that stands still counts as if it went on now. */
  const dueOf = (ledger: Ledger, kinds: Array<'firstReply' | 'nextReply' | 'resolution'>) => {
    const open = promises(ledger, 30);
    const due = kinds.flatMap((kind) => (open[kind] && open[kind].endedAt === undefined ? [open[kind].dueAt] : []));
    return due.sort()[0] ?? '9999';
  };

  fc.assert(
    fc.property(life, life, (one, two) => {
      const [a, b] = [lived('T-000001', one), lived('T-000002', two)];
      const [part, whole] = merged(a, b, 30);
      for (const kinds of [['firstReply', 'nextReply'], ['resolution']] as const) {
        const soonest = [dueOf(a, [...kinds]), dueOf(b, [...kinds])].sort()[0];
        // A due time of a clock that stands still says nothing yet.
        if (whole.ticket.status === 'open' && a.ticket.status === 'open' && b.ticket.status === 'open')
          expect(dueOf(whole, [...kinds])).toBe(soonest);
        expect(dueOf(whole, [...kinds]) === '9999').toBe(soonest === '9999');
      }
      const [again, survivor] = apart(part, whole, 30);
      expect(promises(again, 30)).toEqual(promises(a, 30));
      if (b.ticket.status === survivor.ticket.status) expect(promises(survivor, 30)).toEqual(promises(b, 30));
    }),
    { numRuns: 400, seed: 20261122 },
  );
});
