import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { countOf, openTicket, report, seen, startDesk } from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const act = (name: string, id: string, body: object) =>
  desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/${name}`, body);
const escalations = async (id: string) =>
  (await desk.executions('escalation'))
    .filter(({ name }) => name.startsWith(id))
    .map(({ name, status }) => [name, status]);

test('of forty merges at once in both directions one happens, and undoing it brings back the watch', async () => {
  const ids = [await openTicket(desk, 'kim@shop.example'), await openTicket(desk, 'kim@shop.example')];
  const [one = '', two = ''] = ids;
  const merges = await Promise.all(
    Array.from({ length: 40 }, (_, turn) =>
      turn % 2 === 0 ? act('merge', one, { into: two }) : act('merge', two, { into: one }),
    ),
  );
  await desk.settle();

  expect(merges.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  expect(merges.every(({ status }) => status === 200 || status === 409)).toBe(true);
  const part = (await seen(desk, one)).ticket.mergedInto === two ? one : two;
  const whole = part === one ? two : one;
  expect(countOf(await seen(desk, whole), 'merged')).toBe(1);
  expect(await escalations(part)).toEqual([[`${part}-1-escalation`, 'SUCCEEDED']]);

  const undone = await act('unmerge', part, {});
  await desk.settle();
  expect(undone.json).toMatchObject({ ticket: { status: 'open' }, other: { id: whole } });
  expect(await escalations(part)).toContainEqual([`${part}-1-escalation-2`, 'RUNNING']);
});

test('a card number is stored nowhere: not on the ticket, not in a mail, not in what integrations hear', async () => {
  const card = '4111 1111 1111 1111';
  await report(desk, 'sara@shop.example', { subject: `Refused: ${card}`, body: `My card ${card}, password: hunter2` });
  await desk.settle();

  const held = await Promise.all(['/_local/mail', '/_local/events'].map((path) => desk.request('GET', path)));
  for (const { text } of held) {
    expect(text).not.toContain(card);
    expect(text).not.toContain('hunter2');
  }
  expect(held[0]?.text).toContain('**** **** **** 1111');
});
