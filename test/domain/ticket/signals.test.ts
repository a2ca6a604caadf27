import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../../../domain/context.ts';
import type { Ledger } from '../../../domain/ports.ts';
import type { Decision } from '../../../domain/support/decision.ts';
import { HOUR, instant, MINUTE, millis, plus } from '../../../domain/support/time.ts';
import { addNote } from '../../../domain/ticket/acts/add-note.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { closeQuietly } from '../../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { remindCustomer } from '../../../domain/ticket/acts/remind-customer.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import { reactionsTo } from '../../../domain/ticket/reactions.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { type Awaited, signalFor, type Wait, type WaitingMachine } from '../../../domain/ticket/wait.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const links = { ticket: 'https://desk.example/t/token' };
const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links };
const words = { text: 'Hello', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
const by = 'agent:ada' as const;

type Act = (ledger: Ledger, ctx: Context) => Change | undefined;
const tried = (decision: Decision<Change>): Change | undefined => (decision.ok ? decision.value : undefined);

const acts: Act[] = [
  (ledger, ctx) => tried(reply(ledger, answer, ctx)),
  (ledger, ctx) => tried(reply(ledger, { ...answer, then: 'pending' }, ctx)),
  (ledger, ctx) => tried(customerReply(ledger, words, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'third-party', by }, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'customer', by }, ctx)),
  (ledger, ctx) => tried(resume(ledger, { by }, ctx)),
  (ledger, ctx) => tried(resolve(ledger, { agent: 'ada' }, ctx)),
  (ledger, ctx) => tried(reopen(ledger, { by, cause: 'agent' }, ctx)),
  (ledger, ctx) => addNote(ledger, { agent: 'ada', body: 'Hm' }, ctx),
  (ledger, ctx) => climb(ledger, { team: aTeam() }, ctx).change,
  (ledger, ctx) => remindCustomer(ledger, { links }, ctx).change,
  (ledger, ctx) => closeQuietly(ledger, { links }, ctx).change,
];

/** A ticket's life as the changes it was made of. */
const lives = fc
  .array(fc.tuple(fc.nat(acts.length - 1), fc.integer({ min: 1, max: 4 * 24 * 60 })), { maxLength: 12 })
  .map((steps): Array<{ before: Ticket; after: Ticket }> => {
    let ledger = aLedger();
    let at = millis(mondayAt9);
    return steps.flatMap(([index, minutes]) => {
      at += minutes * MINUTE;
      const change = acts[index]?.(ledger, aContext(instant(at)));
      if (change === undefined) return [];
      const before = ledger.ticket;
      ledger = afterChange(ledger, change);
      return [{ before, after: change.after }];
    });
  });

const machineOf: Record<Exclude<Awaited, 'rating' | 'follow-up-rating'>, WaitingMachine> = {
  'first-reply': 'escalation',
  resolution: 'escalation',
  customer: 'escalation',
  'late-answer': 'escalation',
  'third-party': 'escalation',
  recovery: 'remediation',
};

const waitsOn = (ticket: Ticket): Wait[] =>
  Object.entries(machineOf).map(([awaits, machine]) => ({
    ticketId: ticket.id,
    machine,
    cycle: ticket.cycle,
    awaits: awaits as keyof typeof machineOf,
    token: 't',
    ...(ticket.lookAgainAt === undefined ? {} : { until: ticket.lookAgainAt }),
  }));

test('no order of the two loses a signal: a change that answers a wait always has it checked', () => {
  fc.assert(
    fc.property(lives, (changes) => {
      for (const { before, after } of changes) {
        const checked = reactionsTo({ kind: 'ticket', before, after }, aPolicy()).flatMap((command) =>
          command.do === 'check-waits' ? command.machines : [],
        );
        for (const wait of waitsOn(before)) {
          const answered =
            signalFor(wait, before, undefined) === undefined && signalFor(wait, after, undefined) !== undefined;
          expect(answered && !checked.includes(wait.machine) ? `${wait.awaits} was lost` : 'kept').toBe('kept');
        }
      }
    }),
  );
});

test('the signal is the same whether the wait or the change was stored first', () => {
  const open = aLedger();
  const wait: Wait = { ticketId: open.ticket.id, machine: 'escalation', cycle: 1, awaits: 'first-reply', token: 't' };
  const { after } = granted(reply(open, answer, aContext(plus(mondayAt9, HOUR))));

  const waitFirst = reactionsTo({ kind: 'ticket', before: open.ticket, after }, aPolicy());
  const changeFirst = reactionsTo({ kind: 'wait', wait }, aPolicy());

  expect(waitFirst).toContainEqual({ do: 'check-waits', ticketId: wait.ticketId, machines: ['escalation'] });
  expect(changeFirst).toContainEqual({ do: 'check-waits', ticketId: wait.ticketId, machines: ['escalation'] });
  expect(signalFor(wait, open.ticket, undefined)).toBeUndefined();
  expect(signalFor(wait, after, undefined)).toEqual({
    kind: 'succeed',
    output: { owed: 'resolution', lookAgainAt: after.lookAgainAt },
  });
});

test('a wait of a cycle that is over ends, whatever the next cycle does', () => {
  const open = aLedger();
  const wait: Wait = { ticketId: open.ticket.id, machine: 'escalation', cycle: 1, awaits: 'resolution', token: 't' };
  const resolved = afterChange(open, granted(resolve(open, { agent: 'ada' }, aContext())));
  const { after } = granted(reopen(resolved, { by, cause: 'agent' }, aContext()));

  expect(signalFor(wait, after, undefined)).toMatchObject({ kind: 'succeed', output: { owed: 'nothing' } });
});
