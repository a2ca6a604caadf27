import { expect, test } from 'vitest';
import type { Context } from '../../../domain/context.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, plus } from '../../../domain/support/time.ts';
import { acknowledge } from '../../../domain/ticket/acts/acknowledge.ts';
import { addNote } from '../../../domain/ticket/acts/add-note.ts';
import { assign } from '../../../domain/ticket/acts/assign.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { eraseTicket } from '../../../domain/ticket/acts/erase.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { triageTicket } from '../../../domain/ticket/acts/triage-ticket.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import { STATUSES, type Status } from '../../../domain/ticket/ticket.ts';
import { allowedFrom, type Move, mayMove, transitions } from '../../../domain/ticket/transitions.ts';
import {
  aContext,
  aCustomer,
  afterChange,
  aLedger,
  aNewLedger,
  aPolicy,
  aTeam,
  mondayAt9,
  theCategories,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const links = { ticket: 'https://desk.example/t/token' };
const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links };
const words = { text: 'Hello', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
const by = 'agent:ada' as const;
const team = aTeam();
const now = aContext(plus(mondayAt9, HOUR));
const aWeekLater = aContext(plus(mondayAt9, 30 * DAY));

const stepOn = (ledger: Ledger, change: Change): Ledger => afterChange(ledger, change);

/** The clock runs on in a wait: else nothing is climbed while somebody else is waited for. */
const runsOn = aContext(now.now, aPolicy({ pause: { whileWaitingForCustomer: false, whileOnHold: false } }));

/** A reminded ticket that waits for its customer. */
const pending = (): Ledger => {
  const open = aLedger();
  const waiting = stepOn(open, granted(hold(open, { waitingFor: 'customer', by }, runsOn)));
  const { change } = remindCustomer(waiting, { links }, aContext(plus(mondayAt9, 5 * DAY)));
  if (change === undefined) throw new Error('Nobody was reminded.');
  return stepOn(waiting, change);
};

const resolved = (): Ledger => {
  const open = aLedger();
  return stepOn(open, granted(resolve(open, { agent: 'ada' }, now)));
};

const closed = (): Ledger => {
  const waiting = pending();
  const { change } = closeQuietly(waiting, { links }, aContext(plus(mondayAt9, 20 * DAY)));
  if (change === undefined) throw new Error('Nothing was closed.');
  return stepOn(waiting, change);
};

const ledgers: Record<Status, () => Ledger> = {
  new: () => aNewLedger(),
  open: () => aLedger(),
  pending,
  // For longer than the ladder lasts.
  'on-hold': () => {
    const open = aLedger();
    const until = plus(mondayAt9, 60 * DAY);
    return stepOn(open, granted(hold(open, { waitingFor: 'third-party', until, by }, runsOn)));
  },
  resolved,
  closed,
};

/** What brings tickets together and takes them apart is told in merge.test.ts and joining.test.ts. */
type JoiningMove = 'merge' | 'take-in' | 'unmerge' | 'split' | 'link';

const done = (decision: { ok: true; value: Change } | { ok: false }): Change | undefined =>
  decision.ok ? decision.value : undefined;

/** How each move is made. What an article may close is told in deflect.test.ts, what a new version of the policy recounts in recount.test.ts. `remind` is tried on a wait that nobody was reminded of, the rest on the ledgers above. */
const acts: Record<
  Exclude<Move, 'remind' | 'close' | 'deflect' | 'recount' | JoiningMove>,
  (ledger: Ledger, ctx: Context) => Change | undefined
> = {
  triage: (ledger, ctx) => done(triageTicket(ledger, { text: '', categories: theCategories(), team }, ctx)),
  acknowledge: (ledger, ctx) => done(acknowledge(ledger, { links }, ctx)),
  reply: (ledger, ctx) => done(reply(ledger, answer, ctx)),
  'reply-and-wait': (ledger, ctx) => done(reply(ledger, { ...answer, then: 'pending' }, ctx)),
  'customer-reply': (ledger, ctx) => done(customerReply(ledger, words, ctx)),
  'customer-answer': (ledger, ctx) => done(customerReply(ledger, words, ctx)),
  note: (ledger, ctx) => addNote(ledger, { agent: 'ada', body: 'Hm' }, ctx),
  transfer: (ledger, ctx) => done(transfer(ledger, { to: 'advanced', by, team }, ctx)),
  assign: (ledger, ctx) => done(assign(ledger, { to: 'ben', by, team }, ctx)),
  sort: (ledger, ctx) => done(reprioritise(ledger, { priority: 'P2', by }, ctx)),
  'wait-for-customer': (ledger, ctx) => done(hold(ledger, { waitingFor: 'customer', by }, ctx)),
  'wait-for-third-party': (ledger, ctx) => done(hold(ledger, { waitingFor: 'third-party', by }, ctx)),
  resume: (ledger, ctx) => done(resume(ledger, { by }, ctx)),
  escalate: (ledger, ctx) => {
    const { outcome, change } = climb(ledger, { team }, ctx);
    return outcome === 'resumed' ? undefined : change;
  },
  resolve: (ledger, ctx) => done(resolve(ledger, { agent: 'ada' }, ctx)),
  'close-quietly': (ledger, ctx) => closeQuietly(ledger, { links }, ctx).change,
  erase: (ledger, ctx) =>
    eraseTicket(ledger, { erasure: '01J', by, unsorted: { category: 'other', group: 'frontline', tier: 1 } }, ctx),
  reopen: (ledger, ctx) => done(reopen(ledger, { by, cause: 'agent' }, ctx)),
};

// The customer's message is one act for two moves (and for reopening): what it may do is told in conversation.test.ts.
const moves = (Object.keys(acts) as Array<keyof typeof acts>).filter((move) => !move.startsWith('customer-'));
const table = moves.flatMap((move) => STATUSES.map((status) => [move, status, mayMove(status, move)] as const));

test.each(table.filter(([, , may]) => may))('"%s" is possible while a ticket is %s', (move, status) => {
  const ledger = ledgers[status]();
  const row = transitions.find(({ on, from }) => on === move && from.some((each) => each === status));

  const change = acts[move](ledger, aWeekLater);

  expect(ledger.ticket.status).toBe(status);
  expect(change?.after.status).toBe(row?.to === 'same' ? status : row?.to);
  expect(change?.after.version).toBe(ledger.ticket.version + 1);
});

test.each(table.filter(([, , may]) => !may))('"%s" is refused while a ticket is %s', (move, status) => {
  const ledger = ledgers[status]();

  expect(ledger.ticket.status).toBe(status);
  expect(acts[move](ledger, aWeekLater)).toBeUndefined();
});

test.each(STATUSES.filter((status) => status !== 'pending'))(
  'a customer is not reminded while a ticket is %s',
  (status) => {
    expect(remindCustomer(ledgers[status](), { links }, aWeekLater).change).toBeUndefined();
  },
);

test('a refusal names the status, and the detail what would be possible', () => {
  expect(reply(resolved(), answer, now)).toEqual({
    ok: false,
    refusal: 'not-while-resolved',
    detail: 'Ticket T-7K2M9Q is resolved; "reply" is possible while it is open, pending, on-hold.',
  });
});

test('every status but closed and resolved can be left by resolving, save a ticket nobody has triaged', () => {
  expect(allowedFrom('resolve')).toEqual(['open', 'pending', 'on-hold']);
});
