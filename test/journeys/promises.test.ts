import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, countOf, linkIn, MONDAY, mailsTo, openTicket, seen, startDesk } from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const lateMails = async (email: string) =>
  (await mailsTo(desk, email)).filter(({ key = '' }) => key.startsWith('late.'));

test('a customer hears once that their reply is late, thanks for it without waking anybody, and may mean more by it', async () => {
  const email = 'kim@shop.example';
  const id = await openTicket(desk, email, { customer: { email, locale: 'de', timeZone: 'Europe/Berlin' } });
  await desk.move({ advance: 'PT23H59M59S' });
  const before = await lateMails(email);
  await desk.move({ advance: 'PT1S' });
  const told = await lateMails(email);
  const path = linkIn(told[0], 't');
  const page = await desk.request('GET', path);
  await desk.move({ advance: 'PT6H' });
  await act(desk, 'replies', id, { body: 'Jetzt geht es wieder.', then: 'resolved' }, 'lina');
  await desk.request('POST', `${path}/messages`, new URLSearchParams({ body: 'Vielen Dank!', once: 'a' }));
  await desk.settle();
  const thanked = await seen(desk, id);
  const message = String(thanked.events.findLast(({ type }) => type === 'customer-thanked')?.message);
  await desk.move({ advance: 'PT2H' });
  await act(desk, 'not-thanks', id, { message }, 'lina');
  const again = await seen(desk, id);

  expect(before).toEqual([]);
  expect(told).toHaveLength(1);
  expect(told[0]?.at).toBe(new Date(Date.parse(MONDAY) + 24 * 3_600_000).toISOString());
  expect(told[0]?.text).toContain('24. November 2026 um 21:00 Uhr');
  expect(page.text).toContain('24. November 2026 um 21:00 Uhr');
  expect(await lateMails(email)).toHaveLength(1);
  expect(thanked.ticket).toMatchObject({ status: 'resolved', cycle: 1 });
  expect(countOf(thanked, 'customer-replied')).toBe(0);
  expect(again.ticket).toMatchObject({ status: 'open', cycle: 2 });
  expect(again.ticket.clock.firstReply.dueAt).toBe(
    new Date(Date.parse(thanked.events.at(-1)?.at ?? '') + 24 * 3_600_000).toISOString(),
  );
  expect(await broken(desk)).toEqual([]);
});

test('who was told a time hears at that second that it takes longer, and later that a second message waits too long', async () => {
  const email = 'niloofar@shop.example';
  const id = await openTicket(desk, email, {
    customer: { email, locale: 'fa', timeZone: 'Asia/Tehran' },
    impact: 'all',
    urgency: 'now',
  });
  await act(desk, 'prioritise', id, { priority: 'P4' });
  await desk.move({ advance: 'PT59M59S' });
  const before = await lateMails(email);
  await desk.move({ advance: 'PT1S' });
  const [longer] = await lateMails(email);
  const page = await desk.request('GET', linkIn(longer, 't'));
  await act(desk, 'replies', id, { body: 'We are on it.' });
  await desk.move({ advance: 'PT6H' });
  await desk.request('POST', `${linkIn(longer, 't')}/messages`, new URLSearchParams({ body: 'خبری نشد؟', once: 'b' }));
  await desk.move({ advance: 'PT24H' });
  const told = await lateMails(email);
  const view = await seen(desk, id);
  const { json: explained } = await desk.as('lina', 'lead', 'GET', `/desk/tickets/${id}/explain`);

  expect(before).toEqual([]);
  expect(longer?.text).toContain('به زمان بیشتری نیاز داریم');
  expect(page.text).toContain('از اینکه بیشتر طول کشیده است عذر می‌خواهیم');
  expect(told).toHaveLength(2);
  expect(
    view.events.flatMap(({ type, at, promise, cause }) => (type === 'promise-slipped' ? [[at, promise, cause]] : [])),
  ).toEqual([
    [longer?.at, 'firstReply', 'longer'],
    [told[1]?.at, 'nextReply', undefined],
  ]);
  const opened = Date.parse(view.ticket.createdAt);
  expect(told.map(({ at }) => (Date.parse(at) - opened) / 3_600_000)).toEqual([1, 31]);
  expect(explained.acts.filter(({ rule }: { rule: string }) => rule === 'clock.tell-customer-when-late')).toHaveLength(
    2,
  );
  expect(await broken(desk)).toEqual([]);
});

test('a resolved ticket is shown as closed once nobody can reopen it', async () => {
  const id = await openTicket(desk, 'lee@shop.example');
  await act(desk, 'replies', id, { body: 'Done.', then: 'resolved' });
  await desk.move({ advance: 'P15D' });

  expect((await seen(desk, id)).ticket.status).toBe('closed');
});
