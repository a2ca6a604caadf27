import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { reactionsTo } from '../../../domain/ticket/reactions.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { type Awaited, signalFor, type Wait, type WaitingMachine } from '../../../domain/ticket/wait.ts';
import { aContext, afterChange, aLedger, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { lives } from '../../support/lives.ts';

const links = { ticket: 'https://desk.example/t/token' };
const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links };
const by = 'agent:ada' as const;

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
    fc.property(lives, (steps) => {
      for (const { before: ledger, change } of steps) {
        const [before, after] = [ledger.ticket, change.after];
        const checked = reactionsTo({ kind: 'ticket', before, after }, aPolicy()).flatMap((command) =>
          command.do === 'check-waits' ? command.machines : [],
        );
        for (const wait of waitsOn(before)) {
          const answered =
            signalFor(wait, { ticket: before }, aPolicy()) === undefined &&
            signalFor(wait, { ticket: after }, aPolicy()) !== undefined;
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
  expect(signalFor(wait, { ticket: open.ticket }, aPolicy())).toBeUndefined();
  expect(signalFor(wait, { ticket: after }, aPolicy())).toEqual({
    kind: 'succeed',
    output: { owed: 'resolution', lookAgainAt: after.lookAgainAt },
  });
});

test('a wait of a cycle that is over ends, whatever the next cycle does', () => {
  const open = aLedger();
  const wait: Wait = { ticketId: open.ticket.id, machine: 'escalation', cycle: 1, awaits: 'resolution', token: 't' };
  const resolved = afterChange(open, granted(resolve(open, { agent: 'ada' }, aContext())));
  const { after } = granted(reopen(resolved, { by, cause: 'agent' }, aContext()));

  expect(signalFor(wait, { ticket: after }, aPolicy())).toMatchObject({ kind: 'succeed', output: { owed: 'nothing' } });
});

test('a history that is nearly full goes on anew with whatever does not end the cycle, and only if its definition said so', () => {
  const open = aLedger();
  const wait: Wait = { ticketId: open.ticket.id, machine: 'escalation', cycle: 1, awaits: 'first-reply', token: 't' };
  const { after: answered } = granted(reply(open, answer, aContext(plus(mondayAt9, HOUR))));
  const { after: paused } = granted(reply(open, { ...answer, then: 'pending' }, aContext(plus(mondayAt9, HOUR))));
  const { after: done } = granted(resolve(open, { agent: 'ada' }, aContext(plus(mondayAt9, HOUR))));
  const kinds = (of: Wait) =>
    [open.ticket, answered, paused, done].map((ticket) => {
      const signal = signalFor(of, { ticket: ticket }, aPolicy());
      return signal?.kind === 'fail' ? signal.error : signal?.kind;
    });

  expect(kinds({ ...wait, nth: 1, isFull: true })).toEqual([undefined, 'GoOnAnew', 'GoOnAnew', 'succeed']);
  expect(kinds({ ...wait, nth: 1, isFull: false })).toEqual([undefined, 'succeed', 'TicketPaused', 'succeed']);
  expect(kinds(wait)).toEqual([undefined, 'succeed', 'TicketPaused', 'succeed']);
});

test('a rung that a change made due is climbed at once, and looked for a second later by a definition that did not know how', () => {
  const { ticket } = aLedger();
  const at = ticket.updatedAt;
  const since = plus(at, -2 * HOUR);
  const wait: Wait = {
    ticketId: ticket.id,
    machine: 'escalation',
    cycle: 1,
    awaits: 'first-reply',
    token: 't',
    until: plus(at, HOUR),
  };
  const error = (of: Wait, lookAgainAt: string) => {
    const signal = signalFor(of, { ticket: { ...ticket, lookAgainAt } }, aPolicy());
    return signal?.kind === 'fail' ? signal.error : signal?.kind;
  };

  expect([at, plus(at, -HOUR)].map((due) => error({ ...wait, since }, due))).toEqual(['RungDue', 'RungDue']);
  expect(error({ ...wait, since }, plus(at, 1))).toBe('LookAgain');
  expect(error({ ...wait, since, until: at }, at)).toBeUndefined();
  expect(error({ ...wait, since: at, until: at }, at)).toBe('RungDue');
  expect(error({ ...wait, since, isFull: true }, at)).toBe('RungDue');
  expect(error({ ...wait, since, isFull: true }, plus(at, 1))).toBe('GoOnAnew');
  expect(error(wait, at)).toBe('LookAgain');
});

test('a reply at the second at which a rung of the solution is due leads to the rung, and not to another wait', () => {
  const open = aLedger();
  const replied = plus(mondayAt9, HOUR);
  const since = mondayAt9;
  const { after } = granted(reply(open, answer, aContext(replied)));
  const wait: Wait = { ticketId: after.id, machine: 'escalation', cycle: 1, awaits: 'first-reply', token: 't' };
  const signal = (of: Partial<Wait>, lookAgainAt: string) =>
    signalFor({ ...wait, until: replied, ...of }, { ticket: { ...after, lookAgainAt } }, aPolicy());

  expect(signal({ since }, replied)).toMatchObject({ error: 'RungDue' });
  expect(signal({ since }, plus(replied, 1))).toMatchObject({ kind: 'succeed', output: { owed: 'resolution' } });
  expect(signal({}, replied)).toMatchObject({ kind: 'succeed', output: { owed: 'resolution' } });
});
