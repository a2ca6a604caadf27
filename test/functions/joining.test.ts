import { describe, expect, test } from 'vitest';
import { reactionsTo } from '../../domain/ticket/reactions.ts';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { carryOut } from '../../functions/dispatch-changes/carry-out.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, parsed } from './support.ts';

const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const post = (desk: Desk, act: string, id: string, body: object) =>
  held(
    `POST /desk/tickets/{id}/${act}`,
    build(desk)(aRequest({ claims: ada, route: `POST /desk/tickets/{id}/${act}`, path: { id }, body })),
  );
const shown = async (desk: Desk, id: string): Promise<{ ticket: object }> =>
  parsed(await build(desk)(aRequest({ claims: ada, route: 'GET /desk/tickets/{id}', path: { id } }))) as {
    ticket: object;
  };
const statusOf = async (answer: Promise<unknown>) =>
  answer.then(
    () => 200,
    (error: unknown) => problemOf(error).status,
  );

describe('merging by the desk', () => {
  test('shows the whole conversation on the survivor, each message with the ticket it came for', async () => {
    const desk = aDesk();
    const one = await anOpenTicket(desk, { text: 'First' });
    desk.pass(1000);
    const two = await anOpenTicket(desk, { text: 'Second' });

    const answer = parsed(await post(desk, 'merge', one, { into: two }));

    expect(answer).toMatchObject({
      ticket: { id: one, status: 'closed', mergedInto: two },
      other: { id: two, mergedFrom: [one] },
    });
    expect(await shown(desk, two)).toMatchObject({
      messages: [{ text: 'First', ticket: one }, { text: 'Second' }],
      events: expect.arrayContaining([expect.objectContaining({ type: 'merged', from: one })]),
    });
    expect((await shown(desk, one)).ticket).not.toHaveProperty('beforeMerge');
  });

  test('happens once, however many ask at the same time, and in one direction only', async () => {
    const desk = aDesk();
    const [one, two] = [await anOpenTicket(desk), await anOpenTicket(desk)];

    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => statusOf(post(desk, 'merge', one, { into: two }))),
      ...Array.from({ length: 20 }, () => statusOf(post(desk, 'merge', two, { into: one }))),
    ]);

    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.every((status) => status === 200 || status === 409)).toBe(true);
    expect(desk.memory.events.filter(({ type }) => type === 'merged')).toHaveLength(2);
  });

  test('ends the escalation and the open question of the part, and undoing it starts the escalation again', async () => {
    const desk = aDesk();
    const [one, two] = [await anOpenTicket(desk), await anOpenTicket(desk)];
    const before = await desk.tickets.ticket(one);
    await post(desk, 'merge', one, { into: two });
    const after = await desk.tickets.ticket(one);
    if (!before || !after) throw new Error('The ticket is gone.');
    const deps = { ...desk, queues: desk.mailQueues, waiting: { anybody: async () => false } };

    const ended = reactionsTo({ kind: 'ticket', before, after }, desk.policy);
    expect(ended).toEqual([
      { do: 'cancel-survey', ticketId: one, cycle: 1 },
      { do: 'check-waits', ticketId: one, machines: ['escalation', 'remediation'] },
    ]);

    await post(desk, 'unmerge', one, {});
    const again = await desk.tickets.ticket(one);
    if (!again) throw new Error('The ticket is gone.');
    desk.executions.set(`${one}-1-escalation`, 'ended');
    const started = reactionsTo({ kind: 'ticket', before: after, after: again }, desk.policy);
    for (const command of started) if (command.do === 'start-escalation') await carryOut(command, deps);
    for (const command of started) if (command.do === 'start-escalation') await carryOut(command, deps);
    expect(desk.started.map(({ name }) => name)).toEqual([`${one}-1-escalation-2`]);
  });

  test.each([
    ['merge', { into: 'T-999999' }, 422],
    ['merge', { into: 'nothing' }, 422],
    ['merge', {}, 422],
    ['merge', { into: 'T-999999', version: 1 }, 409],
    ['unmerge', {}, 409],
    ['split', { messages: [] }, 422],
    ['split', { messages: ['01J00000000000000000000000'] }, 422],
    ['move', { message: '01J00000000000000000000000', to: 'T-999999' }, 422],
    ['link', { to: 'T-999999' }, 422],
    ['link', { to: 'T-999999', as: 'friend' }, 422],
    ['unlink', { to: 'T-999999' }, 422],
  ])('%s with %j is refused with %i and changes nothing', async (act, body, status) => {
    const desk = aDesk();
    const id = await anOpenTicket(desk);
    const before = structuredClone(desk.memory.tickets);

    expect(await statusOf(post(desk, act, id, body))).toBe(status);
    expect(desk.memory.tickets).toEqual(before);
  });

  test('a split answers with the new ticket, and a link shows on both', async () => {
    const desk = aDesk();
    const [one, two] = [await anOpenTicket(desk), await anOpenTicket(desk)];
    await post(desk, 'link', one, { to: two, as: 'caused-by' });

    expect((await shown(desk, one)).ticket).toMatchObject({ links: [{ ticket: two, as: 'caused-by' }] });
    expect((await shown(desk, two)).ticket).toMatchObject({ links: [{ ticket: one, as: 'causes' }] });
    await post(desk, 'unlink', two, { to: one });
    expect((await shown(desk, one)).ticket).toMatchObject({ links: [] });
  });
});
