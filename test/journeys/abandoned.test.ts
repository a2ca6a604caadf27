import { ListStateMachinesCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, clientOf, countOf, mailsTo, openTicket, seen, startDesk, typesOf } from '../support/journey.ts';

/** The sweep runs in each of the hours that pass, on whatever machine this is. */
const patient = { timeout: 180_000 };

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const client = () => new SFNClient(clientOf(desk));

const machineArn = async (): Promise<string> => {
  const { stateMachines = [] } = await client().send(new ListStateMachinesCommand({}));
  return stateMachines.find(({ name }) => name?.endsWith('-escalation'))?.stateMachineArn ?? '';
};

/** Stops an execution as somebody would in the console. */
const stop = async (name: string): Promise<void> => {
  const executionArn = `${(await machineArn()).replace(':stateMachine:', ':execution:')}:${name}`;
  await client().send(new StopExecutionCommand({ executionArn }));
  await desk.settle();
};

/** How many executions of a ticket's escalation are in which status: a long life goes on in new ones. */
const escalationsOf = async (id: string) => {
  const all = (await desk.executions('escalation')).filter(({ name }) => name.startsWith(id));
  const count = (status: string) => all.filter((one) => one.status === status).length;
  return {
    running: count('RUNNING'),
    aborted: count('ABORTED'),
    others: all.length - count('SUCCEEDED') - count('RUNNING') - count('ABORTED'),
  };
};

test(
  'a ticket whose escalation somebody stopped is late for an hour at most, and then climbs as ever',
  patient,
  async () => {
    const stopped = await openTicket(desk, 'stopped@shop.example');
    const watched = await openTicket(desk, 'watched@shop.example');
    await stop(`${stopped}-1-escalation`);

    await desk.move({ advance: 'P2D' });
    const [late, inTime] = [await seen(desk, stopped), await seen(desk, watched)];

    expect(await escalationsOf(stopped)).toEqual({ running: 1, aborted: 1, others: 0 });
    expect(await escalationsOf(watched)).toEqual({ running: 1, aborted: 0, others: 0 });
    expect(countOf(late, 'escalated')).toBeGreaterThan(0);
    expect(countOf(late, 'escalated')).toBe(countOf(inTime, 'escalated'));
  },
);

test(
  'two escalations of one cycle, started by hand, warn, move and mail once between them, and both end',
  patient,
  async () => {
    const twice = await openTicket(desk, 'twice@shop.example');
    const once = await openTicket(desk, 'once@shop.example');
    const { ticket } = await seen(desk, twice);
    const input = JSON.stringify({ ticketId: twice, cycle: 1, lookAgainAt: ticket.updatedAt });
    const second = { stateMachineArn: await machineArn(), name: `${twice}-1-escalation-by-hand`, input };
    await client().send(new StartExecutionCommand(second));

    await desk.move({ advance: 'P2D' });
    const [two, one] = [await seen(desk, twice), await seen(desk, once)];
    for (const id of [twice, once]) await act(desk, 'replies', id, { body: 'It works again.', then: 'resolved' });
    await desk.move({ advance: 'P7D' });

    expect(typesOf(two)).toEqual(typesOf(one));
    expect(await mailsTo(desk, 'twice@shop.example')).toHaveLength((await mailsTo(desk, 'once@shop.example')).length);
    expect(await escalationsOf(twice)).toEqual({ running: 0, aborted: 0, others: 0 });
  },
);
