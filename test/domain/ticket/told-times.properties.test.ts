import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../../../domain/context.ts';
import { audit } from '../../../domain/explain/audit.ts';
import { auditedOf } from '../../../domain/explain/audited.ts';
import type { Ledger } from '../../../domain/ports.ts';
import type { Decision } from '../../../domain/support/decision.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, millis } from '../../../domain/support/time.ts';
import { acknowledge } from '../../../domain/ticket/acts/acknowledge.ts';
import { addNote } from '../../../domain/ticket/acts/add-note.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import type { EventOf } from '../../../domain/ticket/event.ts';
import type { PromiseKind } from '../../../domain/ticket/ticket.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from '../../support/builders.ts';

const targets = [
  {
    id: 'urgent',
    priorities: ['P1' as const],
    calendar: 'always',
    firstReply: 'PT1H',
    nextReply: 'PT1H',
    resolution: 'PT8H',
  },
  {
    id: 'experts',
    groups: ['expert'],
    calendar: 'office',
    firstReply: 'PT30H',
    nextReply: 'PT9H',
    resolution: 'PT60H',
  },
  { id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT6H', resolution: 'PT72H' },
];
const policy = aPolicy({ tellCustomerWhenLate: true, targets });

const links = { ticket: 'https://desk.example/t/token' };
const by = 'agent:ada' as const;
const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links };
const words = { text: 'It fails again.', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
const team = aTeam();

type Act = (ledger: Ledger, ctx: Context) => Change | undefined;
const tried = (decision: Decision<Change>): Change | undefined => (decision.ok ? decision.value : undefined);
const acts: Act[] = [
  (ledger, ctx) => tried(reply(ledger, answer, ctx)),
  (ledger, ctx) => tried(reply(ledger, { ...answer, then: 'pending' }, ctx)),
  (ledger, ctx) => tried(reply(ledger, { ...answer, then: 'resolved' }, ctx)),
  (ledger, ctx) => tried(customerReply(ledger, words, ctx)),
  (ledger, ctx) => tried(customerReply(ledger, words, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'third-party', by }, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'customer', by }, ctx)),
  (ledger, ctx) => tried(resume(ledger, { by }, ctx)),
  (ledger, ctx) => tried(resume(ledger, { by }, ctx)),
  (ledger, ctx) => tried(reopen(ledger, { by, cause: 'agent' }, ctx)),
  (ledger, ctx) => tried(transfer(ledger, { to: 'expert', by, team }, ctx)),
  (ledger, ctx) => tried(transfer(ledger, { to: 'advanced', by, team }, ctx)),
  (ledger, ctx) => tried(reprioritise(ledger, { priority: 'P1', by }, ctx)),
  (ledger, ctx) => tried(reprioritise(ledger, { priority: 'P4', by }, ctx)),
  (ledger, ctx) => addNote(ledger, { agent: 'ada', body: 'Hm' }, ctx),
];

/** The timer of the ticket, as the escalation carries it out. */
const timer: Act = (ledger, ctx) =>
  ledger.ticket.status === 'pending'
    ? (remindCustomer(ledger, { links }, ctx).change ?? closeQuietly(ledger, { links }, ctx).change)
    : climb(ledger, { team, letterhead: { links } }, ctx).change;

interface Life {
  ledger: Ledger;
  changes: Change[];
  end: Instant;
}

const minutes = fc.oneof(fc.integer({ min: 0, max: 3 * 60 }), fc.integer({ min: 0, max: 40 * 60 }));

/** Any life of a ticket, mostly acknowledged, with every timer at its own millisecond and thirty days of silence at its end. */
const lives: fc.Arbitrary<Life> = fc
  .record({
    urgency: fc.constantFrom('low' as const, 'now' as const),
    acknowledgedAfter: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 8 }),
    tries: fc.array(fc.tuple(fc.nat(acts.length - 1), minutes), { maxLength: 12 }),
  })
  .map(({ urgency, acknowledgedAfter, tries }) => {
    let ledger = aLedger({ report: { impact: 'many', urgency } }, aContext(mondayAt9, policy));
    const changes: Change[] = [];
    const live = (act: Act, at: Instant): boolean => {
      const change = act(ledger, aContext(at, policy));
      if (change === undefined) return false;
      ledger = afterChange(ledger, change);
      changes.push(change);
      return true;
    };
    const timersUntil = (until: number): void => {
      for (let fired = 0; fired < 200; fired++) {
        const { lookAgainAt, updatedAt } = ledger.ticket;
        if (lookAgainAt === undefined || millis(lookAgainAt) > until) return;
        if (!live(timer, lookAgainAt > updatedAt ? lookAgainAt : updatedAt)) return;
      }
      expect.fail('The timers have no end.');
    };
    let at = millis(mondayAt9);
    at += (acknowledgedAfter ?? 0) * MINUTE;
    if (acknowledgedAfter !== null) live((each, ctx) => tried(acknowledge(each, { links }, ctx)), instant(at));
    for (const [index, minutes] of tries) {
      at += minutes * MINUTE;
      timersUntil(at);
      const act = acts[index];
      if (act !== undefined) live(act, instant(at));
    }
    timersUntil(at + 30 * DAY);
    return { ledger, changes, end: instant(at + 30 * DAY) };
  });

type Slipped = EventOf<'promise-slipped'>;
const slipsIn = (change: Change | undefined): Slipped[] =>
  (change?.events ?? []).filter((event): event is Slipped => event.type === 'promise-slipped');

/** What a customer knows of times, kept by hand from what happened, without a look at the clock's own rules. */
class Customer {
  private counted: Instant | undefined;
  private cycle = 1;
  private asks = true;
  private answeredAt: Instant | undefined;
  private over = new Set<PromiseKind>();
  private taken = new Set<string>();
  wasMailed: Instant[] = [];
  hasPage = false;
  firstReplied = false;

  /** Times that stand in this state, each with what it is for: they have to be taken back when they pass. */
  times({ after: { status, clock } }: Change): Array<{ promise: PromiseKind; at: Instant; byMail: boolean }> {
    const reply = this.firstReplied ? 'nextReply' : 'firstReply';
    const counted = this.counted === undefined ? [] : [{ promise: reply, at: this.counted, byMail: true } as const];
    if (status === 'on-hold') return this.owed(reply) ? counted : [];
    if (status !== 'open') return [];
    if (this.asks) {
      if (!this.owed(reply)) return [];
      const dueAt = clock[reply]?.dueAt;
      const due =
        dueAt === undefined || dueAt === this.counted ? [] : [{ promise: reply, at: dueAt, byMail: false } as const];
      return [...counted, ...due]
        .filter(({ at }) => !this.taken.has(`${reply} ${at}`))
        .sort(byTime)
        .slice(0, 1);
    }
    const solved = clock.resolution?.dueAt;
    if (solved === undefined || !this.owed('resolution') || (this.answeredAt ?? '') > solved) return [];
    return [{ promise: 'resolution', at: solved, byMail: false }];
  }

  private owed(promise: PromiseKind): boolean {
    return !this.over.has(promise);
  }

  hears(change: Change, before: Change | undefined): void {
    for (const event of change.events) {
      if (event.cycle > this.cycle) {
        this.cycle = event.cycle;
        this.counted = undefined;
        this.over = new Set();
        this.taken = new Set();
        this.asks = true;
        this.answeredAt = undefined;
        this.firstReplied = false;
      }
      if (event.type === 'acknowledged') {
        this.counted = event.promised;
        this.hasPage = true;
      }
      if (event.type === 'replied') {
        this.asks = false;
        this.answeredAt = event.at;
        this.counted = undefined;
        this.firstReplied = true;
        this.hasPage = true;
      }
      if (event.type === 'customer-replied' && this.firstReplied && !this.asks) {
        this.asks = true;
        this.over.delete('nextReply');
      }
      const isTheirTurnOver =
        (event.type === 'resumed' || event.type === 'paused') && before?.after.status === 'pending';
      if (isTheirTurnOver && (this.counted ?? event.at) <= event.at) this.counted = undefined;
      if (event.type !== 'promise-slipped') continue;
      this.taken.add(`${event.promise} ${event.dueAt}`);
      if (event.mail !== undefined) this.wasMailed.push(event.at);
      this.counted = event.cause === 'longer' ? event.until : undefined;
      if (event.cause === undefined) this.over.add(event.promise);
    }
  }
}

const byTime = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

test('every time that a customer was given and that passes without an answer is taken back at that millisecond, once', () => {
  fc.assert(
    fc.property(lives, ({ changes, end }) => {
      const customer = new Customer();
      for (const [index, change] of changes.entries()) {
        customer.hears(change, changes[index - 1]);
        const next = changes[index + 1];
        const until = next?.after.updatedAt ?? end;
        const passing = customer.times(change).filter(({ at }) => at <= until);

        expect(slipsIn(next).map(({ promise, dueAt }) => `${promise} ${dueAt}`)).toEqual(
          passing.map(({ promise, at }) => `${promise} ${at}`),
        );
        for (const { at, byMail, promise } of passing) {
          const [slip] = slipsIn(next);
          const isRested = customer.wasMailed.some((mailed) => millis(mailed) + 4 * HOUR > millis(slip?.at ?? ''));
          expect(slip?.at).toBe(laterOf(at, change.after.updatedAt));
          expect(slip?.mail !== undefined).toBe(
            byMail || (!isRested && (promise !== 'resolution' || customer.hasPage)),
          );
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('no mail says it after an answer, none twice, and the audit of the whole life agrees', () => {
  fc.assert(
    fc.property(lives, ({ ledger, changes, end }) => {
      const late = changes.flatMap(({ mails = [] }) => mails.filter(({ content }) => content.template === 'late'));
      const told = ledger.events.filter((event): event is Slipped => event.type === 'promise-slipped');

      expect(new Set(late.map(({ key }) => key)).size).toBe(late.length);
      expect(new Set(told.map(({ cycle, promise, dueAt }) => `${cycle} ${promise} ${dueAt}`)).size).toBe(told.length);
      for (const { at, cycle, promise } of told) {
        const said = ledger.events.filter((event) => event.at < at && event.cycle === cycle);
        const last = said.findLast(
          ({ type }) => type === 'replied' || type === 'customer-replied' || type === 'opened',
        );
        if (promise === 'nextReply') expect(last?.type).toBe('customer-replied');
        if (promise === 'firstReply') expect(said.some(({ type }) => type === 'replied')).toBe(false);
      }
      expect(audit(auditedOf(ledger.ticket), ledger.events, policy, end)).toEqual([]);
    }),
    { numRuns: 80 },
  );
});
