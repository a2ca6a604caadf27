import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../domain/support/time.ts';
import { abandonedBy } from '../../domain/ticket/abandoned.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build } from '../../functions/sweep-abandoned/handler.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, type Desk } from './support.ts';

const sweep = (desk: Desk, event: unknown = {}) =>
  build({ ...desk, intake: 'intake', escalation: 'escalation' })(event);

/** An open ticket at which somebody should have looked so long ago. */
const aLateTicket = async (desk: Desk, late: number): Promise<string> => {
  const ticketId = await anOpenTicket(desk);
  desk.clock.at = plus(desk.memory.tickets.get(ticketId)?.lookAgainAt ?? expect.fail('nothing is owed'), late);
  return ticketId;
};
const named = (desk: Desk) => desk.started.map(({ name }) => name);

test('an escalation that was never started is started by its own name, with what its machine asks for', async () => {
  const desk = aDesk();
  const ticketId = await aLateTicket(desk, 16 * MINUTE);
  const { lookAgainAt } = desk.memory.tickets.get(ticketId) ?? {};

  const answer = await sweep(desk);

  expect(answer).toEqual({ started: 1, recounted: 0 });
  expect(desk.started).toEqual([
    { arn: 'escalation', name: `${ticketId}-1-escalation`, input: { ticketId, cycle: 1, nth: 1, lookAgainAt } },
  ]);
  expect(desk.counted).toEqual(['EscalationsStartedAgain']);
});

test('a ticket that is only a little late is left to its escalation', async () => {
  const desk = aDesk();
  await aLateTicket(desk, 15 * MINUTE);

  expect(await sweep(desk)).toEqual({ started: 0, recounted: 0 });
  expect(desk.started).toEqual([]);
});

test('a run for new tickets alone leaves late ones to the next whole run', async () => {
  const desk = aDesk();
  await aLateTicket(desk, HOUR);

  expect(await sweep(desk, { only: 'new' })).toEqual({ started: 0, recounted: 0 });
  expect(await sweep(desk)).toEqual({ started: 1, recounted: 0 });
});

describe('an escalation of that name is known', () => {
  test('one that ended is followed by one of the next name, as often as it takes, and further runs start no second one', async () => {
    const desk = aDesk();
    const ticketId = await aLateTicket(desk, HOUR);
    const name = `${ticketId}-1-escalation`;
    desk.executions.set(name, 'ended');

    await sweep(desk);
    await sweep(desk);
    desk.executions.set(`${name}-2`, 'ended');
    await sweep(desk);
    await sweep(desk);

    expect(named(desk)).toEqual([`${name}-2`, `${name}-3`]);
  });

  test('the search begins at the one that stored its token last: AWS forgets those before it', async () => {
    const desk = aDesk();
    const ticketId = await aLateTicket(desk, HOUR);
    const name = `${ticketId}-1-escalation`;
    const wait = { ticketId, machine: 'escalation', cycle: 1, awaits: 'first-reply', token: 't', nth: 30 } as const;
    desk.memory.waits.set(`${ticketId} escalation`, wait);
    desk.executions.set(`${name}-30`, 'ended').set(`${name}-31`, 'running');

    await sweep(desk);
    const meanwhile = named(desk);
    desk.executions.set(`${name}-31`, 'ended');
    await sweep(desk);

    expect(meanwhile).toEqual([]);
    expect(desk.started.map(({ name, input }) => [name, input])).toEqual([
      [`${name}-32`, expect.objectContaining({ ticketId, cycle: 1, nth: 32 })],
    ]);
  });

  test('one that still runs is slow and is left alone, also when the ticket has changed since', async () => {
    const desk = aDesk();
    const ticketId = await aLateTicket(desk, 10 * HOUR);
    const name = `${ticketId}-1-escalation`;
    desk.executions.set(name, 'ended').set(`${name}-2`, 'running');
    await act(desk, acts.notes, ticketId, { body: 'Who looks at this?' });

    await sweep(desk);

    expect(named(desk)).toEqual([]);
  });

  test('after five that broke the ticket is marked for a person, and left alone from then on', async () => {
    const desk = aDesk();
    const ticketId = await aLateTicket(desk, DAY);
    const first = `${ticketId}-1-escalation`;
    for (const end of ['', '-2', '-3', '-4', '-5']) desk.executions.set(`${first}${end}`, 'broken');

    await sweep(desk);
    await sweep(desk);

    expect(named(desk)).toEqual([]);
    expect(desk.memory.tickets.get(ticketId)?.needsHuman).toBe('escalation: EscalationKeepsEnding');
    expect(desk.memory.events.filter(({ type }) => type === 'needs-human')).toHaveLength(1);
  });
});

test('what the index still shows and the ticket no longer is starts nothing', async () => {
  const desk = aDesk();
  const ticketId = await aLateTicket(desk, HOUR);
  const stale = await desk.queues.overdueBefore(Object.keys(desk.policy.groups), desk.clock.at);
  await act(desk, acts.resolve, ticketId, { cause: 'c', solution: 's', check: 'k' });
  desk.queues.overdueBefore = async () => stale;

  await sweep(desk);

  expect(stale).toHaveLength(1);
  expect(named(desk)).toEqual([]);
});

test('once its escalation has looked, the ticket is no longer late, so that the sweep leaves it alone', async () => {
  const desk = aDesk();
  const ticketId = await aLateTicket(desk, HOUR);

  await climb(desk)({ ticketId, cycle: 1 });
  const ticket = desk.memory.tickets.get(ticketId) ?? expect.fail('no ticket');

  expect(abandonedBy(ticket, desk.clock.at)).toBeUndefined();
});

test('two executions of one cycle, should both live, climb a rung once between them', async () => {
  const desk = aDesk();
  const ticketId = await aLateTicket(desk, HOUR);

  await climb(desk)({ ticketId, cycle: 1 });
  const [events, mails] = [desk.memory.events.length, desk.memory.mails.size];
  const second = await climb(desk)({ ticketId, cycle: 1 });

  expect(second.outcome).toBe('waited');
  expect([desk.memory.events.length, desk.memory.mails.size]).toEqual([events, mails]);
});
