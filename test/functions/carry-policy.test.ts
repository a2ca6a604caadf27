import { describe, expect, test } from 'vitest';
import { rulesNow } from '../../domain/clock/versions.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import { HOUR } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build } from '../../functions/sweep-abandoned/handler.ts';
import { act } from './acting.ts';
import { aDesk, aNewTicket, anOpenTicket, type Desk } from './support.ts';

const run = (desk: Desk, policy: Policy, event: unknown = { only: 'new' }) =>
  build({ ...desk, policy, intake: 'intake', escalation: 'escalation' })(event);

/** The same desk with a quarter of an hour for whatever is owed. */
const shorter = ({ policy }: Desk, over: Partial<Policy> = {}): Policy => ({
  ...policy,
  version: '2',
  applyToOpenTickets: true,
  past: { '1': rulesNow(policy) },
  targets: [{ id: 'all', calendar: 'always', firstReply: 'PT15M', nextReply: 'PT15M', resolution: 'PT15M' }],
  ...over,
});
const recountedOn = ({ memory }: Desk): string[] =>
  memory.events.filter(({ type }) => type === 'promises-recounted').map(({ ticketId }) => ticketId);

/** A desk that has carried its first version to its tickets, of which there are three: open, waiting, and new. */
const aBusyDesk = async () => {
  const desk = aDesk();
  await run(desk, desk.policy);
  const [open, pending, fresh] = [await anOpenTicket(desk), await anOpenTicket(desk), await aNewTicket(desk)];
  await act(desk, acts.replies, pending, { body: 'Which browser?', then: 'pending' });
  return { desk, open, pending, fresh };
};

describe('a new version that counts for what is owed', () => {
  test('every open ticket is recounted once, in whatever run comes first, and the version is noted', async () => {
    const { desk, open, pending, fresh } = await aBusyDesk();
    const policy = shorter(desk);

    const first = await run(desk, policy);
    const second = await run(desk, policy);

    expect([first.recounted, second.recounted]).toEqual([3, 0]);
    expect(recountedOn(desk).sort()).toEqual([open, pending, fresh].sort());
    expect(desk.memory.carried).toMatchObject({ policy: '2' });
    expect(desk.memory.carried).not.toHaveProperty('next');
  });

  test('a desk at rest asks for one item and no list', async () => {
    const { desk } = await aBusyDesk();
    const policy = shorter(desk);
    await run(desk, policy);
    desk.queues.live = () => expect.fail('It was noted.');

    expect(await run(desk, policy)).toEqual({ started: 0, recounted: 0 });
  });

  test('after a deployment it is asked again, as a run in its middle may have met old functions; nothing else is done', async () => {
    const { desk, open } = await aBusyDesk();
    const policy = shorter(desk);
    await run(desk, policy);
    const ticket = desk.memory.tickets.get(open) ?? expect.fail('no ticket');
    desk.memory.tickets.set(open, { ...ticket, lookAgainAt: '2027-01-01T00:00:00.000Z', clock: {} });
    desk.pass(9 * HOUR);

    expect(await run(desk, policy, { only: 'policy' })).toEqual({ started: 0, recounted: 1 });
    expect(desk.started).toEqual([]);
  });

  test('a ticket that fails holds up no other and no other work, fails the run, and is tried at the next', async () => {
    const { desk, open, pending, fresh } = await aBusyDesk();
    const policy = shorter(desk);
    const { record } = desk.tickets;
    desk.tickets.record = async (change) => {
      if (change.after.id === open) throw new Error('The item is too large.');
      await record(change);
    };
    desk.pass(HOUR);

    await expect(run(desk, policy)).rejects.toThrow('1 open tickets could not be recounted');
    const meanwhile = [recountedOn(desk).sort(), desk.memory.carried?.policy];
    desk.tickets.record = record;
    await run(desk, policy);

    expect(meanwhile).toEqual([[pending, fresh].sort(), '1']);
    expect(desk.started.map(({ arn }) => arn)).toContain('intake');
    expect(recountedOn(desk)).toHaveLength(3);
    expect(desk.memory.carried?.policy).toBe('2');
  });

  test('whoever changes a ticket meanwhile is not in the way', async () => {
    const { desk, open } = await aBusyDesk();
    const { record } = desk.tickets;
    let overtaken = false;
    desk.tickets.record = async (change) => {
      if (change.after.id === open && !overtaken) {
        overtaken = true;
        throw new ConcurrentChange(open);
      }
      await record(change);
    };

    expect((await run(desk, shorter(desk))).recounted).toBe(3);
  });

  test('a run that was cut off is gone on with: what it did is neither done nor read again', async () => {
    const { desk } = await aBusyDesk();
    const policy = shorter(desk);
    const { note } = desk.carriedPolicy;
    desk.carriedPolicy.note = async (carried, before) => {
      if (carried.next === undefined) throw new Error('killed');
      return note(carried, before);
    };

    await expect(run(desk, policy)).rejects.toThrow('killed');
    const meanwhile = desk.memory.carried;
    Object.assign(desk.carriedPolicy, { note });
    desk.tickets.ledger = () => expect.fail('It was recounted.');

    expect(await run(desk, policy)).toMatchObject({ recounted: 0 });
    expect(meanwhile).toMatchObject({ policy: '1', next: { policy: '2' } });
    expect(desk.memory.carried).toMatchObject({ policy: '2' });
    expect(recountedOn(desk)).toHaveLength(3);
  });

  test('taken back while it was carried, or after, it leaves no ticket', async () => {
    const { desk, open } = await aBusyDesk();
    const policy = shorter(desk);
    const before = desk.memory.tickets.get(open)?.clock;
    await run(desk, policy);
    const half = { policy: '1', next: { policy: '2', upTo: 'T-999999' }, version: 9 };

    const after = await run(desk, desk.policy);
    await run(desk, policy);
    desk.memory.carried = half;
    const meanwhile = await run(desk, desk.policy);

    expect([after.recounted, meanwhile.recounted]).toEqual([3, 3]);
    expect(desk.memory.tickets.get(open)?.clock).toEqual(before);
  });
});

test('a version that does not count for what is owed, and a new desk, have nothing read but the note', async () => {
  const desk = aDesk();
  desk.queues.live = () => expect.fail('Nothing is owed by it.');
  await run(desk, desk.policy);
  const first = desk.memory.carried?.policy;

  const policy = shorter(desk, { applyToOpenTickets: false });
  for (let twice = 0; twice < 2; twice += 1) await run(desk, policy, { only: 'policy' });

  expect([first, desk.memory.carried?.policy]).toEqual(['1', '2']);
});
