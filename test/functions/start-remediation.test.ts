import { describe, expect, test } from 'vitest';
import { startRemediation } from '../../functions/dispatch-changes/start-remediation.ts';
import { build as openRecovery } from '../../functions/open-recovery/handler.ts';
import { machines } from '../../workflows/contracts.ts';
import { aDesk, anOpenTicket, type Desk } from './support.ts';

const low = { do: 'start-remediation', cycle: 1, cause: 'reply', score: 1, scale: 'four-point' } as const;
const startedNames = (desk: Desk) => desk.started.map(({ name }) => name);
const events = (desk: Desk) =>
  desk.memory.events.filter(({ type }) => type.startsWith('remediation-')).map((event) => event.type);

describe('a low answer', () => {
  test('starts one execution with the input of its contract, however often the stream brings it', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);

    for (let times = 0; times < 3; times += 1) await startRemediation({ ...low, ticketId, about: 'M1' }, desk);

    expect(new Set(startedNames(desk))).toEqual(new Set([`${ticketId}-1-remediation`]));
    expect(machines.remediation.safeParse(desk.started[0]?.input).error).toBeUndefined();
  });

  test('about a cycle whose name is taken is looked at under the next, and joins what is under way', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    await startRemediation({ ...low, ticketId, about: 'M1' }, desk);
    await startRemediation({ ...low, ticketId, about: 'M2' }, desk);

    expect(startedNames(desk)).toEqual([`${ticketId}-1-remediation`, `${ticketId}-1-remediation-2`]);
  });

  test('that is told on the timeline starts nothing when the stream brings it late', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    await startRemediation({ ...low, ticketId, about: 'M1' }, desk);
    await desk.tickets.record(await skippedWith(desk, ticketId, 'already-open'));
    desk.executions.set(`${ticketId}-1-remediation`, 'ended');

    await startRemediation({ ...low, ticketId, about: 'M1' }, desk);

    expect(startedNames(desk)).toEqual([`${ticketId}-1-remediation`]);
  });

  test('that was found good and is low again is looked at again', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    await startRemediation({ ...low, ticketId, about: 'M1' }, desk);
    const { do: _, ...input } = low;
    const found = await openRecovery(desk)({ ...input, ticketId, about: 'M1' });
    desk.executions.set(`${ticketId}-1-remediation`, 'ended');

    await startRemediation({ ...low, ticketId, about: 'M1' }, desk);

    expect(found).toMatchObject({ outcome: 'skipped', why: 'not-low-any-more' });
    expect(events(desk)).toEqual(['remediation-skipped']);
    expect(startedNames(desk)).toEqual([`${ticketId}-1-remediation`, `${ticketId}-1-remediation-2`]);
  });
});

const skippedWith = async (desk: Desk, ticketId: string, why: 'already-open') => {
  const ledger = (await desk.tickets.ledger(ticketId)) ?? expect.fail('no ticket');
  const { ticket } = ledger;
  const skip = {
    type: 'remediation-skipped' as const,
    id: '01JSKIPPED0000000000000000',
    ticketId,
    at: desk.clock.now(),
    by: 'rule:remediation.low-answer@1' as const,
    reason: 'It joins.',
    policy: '1',
    cycle: 1,
    version: ticket.version + 1,
    ratedCycle: 1,
    score: 1,
    about: 'M1',
    why,
  };
  return { before: ticket, after: { ...ticket, version: ticket.version + 1 }, events: [skip] };
};
