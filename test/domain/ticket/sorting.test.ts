import { describe, expect, test } from 'vitest';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { joinOutage } from '../../../domain/ticket/acts/join-outage.ts';
import { label } from '../../../domain/ticket/acts/label.ts';
import { recategorise } from '../../../domain/ticket/acts/recategorise.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import type { Outage } from '../../../domain/triage/outage-watch.ts';
import {
  aContext,
  afterChange,
  aLedger,
  aNewLedger,
  anEvent,
  aTeam,
  mondayAt9,
  standingOf,
  theCategories,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const ctx = aContext();
const by = 'agent:lea' as const;
const at = (hours: number) => plus(mondayAt9, hours * HOUR);

const set = (ledger = aLedger(), priority: 'P1' | 'P2' | 'P3' | 'P4' = 'P1', now = ctx) =>
  granted(reprioritise(ledger, { priority, by }, now));

describe('another priority by hand', () => {
  test('gives every open promise the target of the new one, from the same start', () => {
    const change = set(aLedger(), 'P1', aContext(plus(mondayAt9, HOUR / 2)));

    expect(change.events).toMatchObject([{ type: 'reprioritised', priority: 'P1', from: 'P3', by }]);
    expect(change.after).toMatchObject({ priority: 'P1', assignee: 'ada', group: 'frontline' });
    expect(change.after.clock).toMatchObject({
      firstReply: { target: 'PT1H', dueAt: at(1) },
      resolution: { target: 'PT8H', dueAt: at(8) },
    });
    expect(change.after.lookAgainAt).toBe(plus(mondayAt9, 0.8 * HOUR));
  });

  test('loses no pause', () => {
    const open = aLedger();
    const held = afterChange(open, granted(hold(open, { waitingFor: 'third-party', by }, ctx)));
    const raised = afterChange(held, set(held, 'P1', aContext(at(2))));
    const back = afterChange(raised, granted(resume(raised, { by }, aContext(at(5)))));

    const { firstReply } = standingOf(back, at(5)).promises;

    expect(firstReply).toMatchObject({ target: 'PT1H', usedMs: 0, dueAt: at(6), state: 'running' });
    expect(firstReply?.pausedSpans).toEqual([{ from: mondayAt9, to: at(5) }]);
  });

  test('leaves a broken promise broken', () => {
    const urgent = aLedger({ subject: 'Outage' });

    const change = set(urgent, 'P4', aContext(at(2)));

    expect(change.after.clock.firstReply).toMatchObject({ target: 'PT1H', state: 'breached' });
    expect(change.after.clock.resolution).toMatchObject({ target: 'PT72H', state: 'running' });
  });

  test('is refused when it is the same, and while nobody may work on the ticket', () => {
    const resolved = afterChange(aLedger(), granted(resolve(aLedger(), { agent: 'ada' }, ctx)));

    expect(reprioritise(aLedger(), { priority: 'P3', by }, ctx)).toMatchObject({ refusal: 'already-there' });
    expect(reprioritise(aNewLedger(), { priority: 'P1', by }, ctx)).toMatchObject({ refusal: 'not-while-new' });
    expect(reprioritise(resolved, { priority: 'P1', by }, ctx)).toMatchObject({ refusal: 'not-while-resolved' });
  });
});

describe('another category by hand', () => {
  const to = (category: string) => recategorise(aLedger(), { category, by, categories: theCategories() }, ctx);

  test('stays with the group and the owner who have it in hand', () => {
    const change = granted(to('technical'));

    expect(change.after).toMatchObject({ category: 'technical', group: 'frontline', assignee: 'ada' });
    expect(change.events).toMatchObject([{ type: 'recategorised', category: 'technical', from: 'payment', by }]);
  });

  test('is one of the desk’s, and another', () => {
    expect(to('nonsense')).toMatchObject({ refusal: 'unknown-category' });
    expect(to('payment')).toMatchObject({ refusal: 'already-there' });
  });
});

describe('a label', () => {
  const message = (id: string, direction: 'in' | 'out') => ({
    id,
    direction,
    ticketId: 'T-7K2M9Q',
    at: mondayAt9,
    channel: 'mail' as const,
    author: 'customer:x',
    text: '',
    attachments: [],
  });
  const messages = [message('m1', 'in'), message('m2', 'out'), message('m3', 'in')];

  test('of the last message is the ticket’s, of an earlier one its own', () => {
    const last = granted(label(aLedger(), { sentiment: 'negative', messages, by }, ctx));
    const first = granted(label(aLedger(), { sentiment: 'negative', message: 'm1', messages, by }, ctx));

    expect(last.after).toMatchObject({ sentiment: 'negative' });
    expect(last.events).toMatchObject([{ type: 'labelled', message: 'm3', sentiment: 'negative', by }]);
    expect(first.after).not.toHaveProperty('sentiment');
    expect(first.events).toMatchObject([{ message: 'm1' }]);
  });

  test('is of a message of the customer, and another than before', () => {
    const labelled = afterChange(aLedger(), granted(label(aLedger(), { sentiment: 'negative', messages, by }, ctx)));

    expect(label(aLedger(), { sentiment: 'neutral', message: 'm2', messages, by }, ctx)).toMatchObject({
      refusal: 'unknown-message',
    });
    expect(label(labelled, { sentiment: 'negative', messages, by }, ctx)).toMatchObject({ refusal: 'already-there' });
    expect(label(aNewLedger(), { sentiment: 'neutral', messages, by }, ctx)).toMatchObject({
      refusal: 'not-while-new',
    });
  });
});

describe('a ticket of an outage', () => {
  const outage = (over: Partial<Outage> = {}): Outage => ({
    id: `payment@${mondayAt9}`,
    since: mondayAt9,
    lastAt: mondayAt9,
    tickets: 3,
    seenWith: 'T-000009',
    ...over,
  });
  const join = (ledger = aLedger(), over: Partial<Outage> = {}, team = aTeam()) =>
    joinOutage(ledger, { category: 'payment', outage: outage(over), team }, ctx);

  test('becomes P1 with the others’ number as its reason, and goes to a senior', () => {
    const change = granted(join());

    expect(change.after).toMatchObject({ priority: 'P1', outage: outage().id, group: 'advanced', assignee: 'cleo' });
    expect(change.events).toMatchObject([
      { type: 'outage-joined', outage: outage().id, category: 'payment', tickets: 3 },
      {
        type: 'reprioritised',
        priority: 'P1',
        from: 'P3',
        by: 'rule:triage.outage-detected@1',
        reason: `P1: one outage with 2 others of payment since ${mondayAt9}.`,
      },
      { type: 'transferred', group: 'advanced', fromGroup: 'frontline', agent: 'cleo' },
    ]);
    expect(change.mails).toBeUndefined();
    expect(change.takes).toEqual({ agent: 'cleo', load: 0 });
  });

  test('with which it was seen tells the lead of its group', () => {
    const change = granted(join(aLedger(), { seenWith: 'T-7K2M9Q' }));

    expect(change.events[0]).toMatchObject({ type: 'outage-detected', told: ['lea'] });
    expect(change.mails).toMatchObject([
      {
        key: `outage#${outage().id}`,
        to: { email: 'lea@desk.example' },
        locale: 'en',
        content: { template: 'outage' },
      },
    ]);
  });

  test('joins it once', () => {
    const joined = afterChange(aLedger(), granted(join()));

    expect(join(joined)).toMatchObject({ refusal: 'joined-before' });
  });

  test('keeps the priority that an agent gave it', () => {
    const low = afterChange(aLedger(), set(aLedger(), 'P4'));

    expect(granted(join(low)).after).toMatchObject({ priority: 'P4', assignee: 'ada', outage: outage().id });
  });

  test('stays with whoever answered it, or was given it by hand, or is a senior', () => {
    const answered = aLedger();
    const ledger = { ...answered, ticket: { ...answered.ticket, firstRepliedAt: mondayAt9 } };
    const given = {
      ...answered,
      events: [...answered.events, anEvent({ type: 'assigned', agent: 'ada', group: 'frontline' })],
    };

    expect(granted(join(ledger)).after).toMatchObject({ priority: 'P1', assignee: 'ada' });
    expect(granted(join(given)).after).toMatchObject({ priority: 'P1', assignee: 'ada' });
    expect(granted(join(aLedger(), {}, aTeam({ ada: { role: 'senior' } }))).after).toMatchObject({ assignee: 'ada' });
  });

  test('that is over, or has another category now, is left alone; the lead is told all the same', () => {
    const resolved = afterChange(aLedger(), granted(resolve(aLedger(), { agent: 'ada' }, ctx)));
    const sorted = afterChange(
      aLedger(),
      granted(recategorise(aLedger(), { category: 'technical', by, categories: theCategories() }, ctx)),
    );

    expect(join(resolved)).toMatchObject({ refusal: 'not-concerned' });
    expect(join(sorted)).toMatchObject({ refusal: 'not-concerned' });
    expect(granted(join(resolved, { seenWith: 'T-7K2M9Q' }))).toMatchObject({
      after: { status: 'resolved', priority: 'P3' },
      events: [{ type: 'outage-detected' }],
      mails: [{}],
    });
  });
});
