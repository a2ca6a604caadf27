import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, countOf, linkIn, mailsTo, openTicket, seen, startDesk } from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const email = 'kim@shop.example';
const twenty = <T>(make: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 20 }, make));

test('a customer goes through a ticket on its page: rates, answers, opens it again, and begins a linked one', {
  timeout: 180_000,
}, async () => {
  const id = await openTicket(desk, email);
  await act(desk, 'replies', id, { body: 'Which browser is it?', then: 'pending' });
  const mail = (await mailsTo(desk, email)).at(-1);
  const path = linkIn(mail, 't');
  const [, query = ''] = /href="[^"]*(\?rate=[^"#]*)/.exec(mail?.html ?? '') ?? [];
  const message = new URLSearchParams(query.replaceAll('&amp;', '&')).get('rate') ?? '';
  for (let time = 0; time < 5; time += 1) await desk.request('GET', path + query.replaceAll('&amp;', '&'));

  const untouched = await seen(desk, id);
  const rated = await twenty(() => desk.request('POST', `${path}/ratings`, { message, score: 1 }));
  // The rating is low: it is being put right before anybody writes on.
  await desk.settle();
  const written = await twenty(() =>
    desk.request('POST', `${path}/messages`, { body: 'Firefox.' }, { 'idempotency-key': 'kim-1' }),
  );
  const resumed = await seen(desk, id);
  await act(desk, 'replies', id, { body: 'Done.', then: 'resolved' });
  const again = await desk.request('POST', `${path}/reopen`, new URLSearchParams({ reason: 'Not done.', once: 'a' }));
  await act(desk, 'replies', id, { body: 'Now it is.', then: 'resolved' });
  await desk.move({ advance: 'P15D' });
  const late = await desk.request('POST', `${path}/messages`, new URLSearchParams({ body: 'Again!', once: 'b' }));
  await desk.settle();

  expect(countOf(untouched, 'reply-rated')).toBe(0);
  expect(new Set(rated.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(new Set(written.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(written[0]).toMatchObject({ status: 201, json: { ticket: { id, status: 'open' } } });
  expect([countOf(resumed, 'reply-rated'), countOf(resumed, 'customer-replied'), countOf(resumed, 'resumed')]).toEqual([
    1, 1, 1,
  ]);
  expect(resumed.messages.find((each) => each.id === message)).toMatchObject({ rating: { score: 1, low: true } });
  expect([again.status, again.headers.get('location')]).toEqual([303, `${path}?sent=reopened#notice`]);
  expect((await seen(desk, id)).ticket).toMatchObject({ status: 'closed', cycle: 2 });
  const followUp = await desk.request('GET', late.headers.get('location')?.replace(/#.*/, '') ?? '');
  expect(followUp.text).toContain(`Continues request <bdi dir="ltr">${id}</bdi>`);
  expect(followUp.text).toContain('Again!');
  expect((await desk.executions('escalation')).filter(({ name }) => name.startsWith(id))).toMatchObject([
    { name: `${id}-1-escalation`, status: 'SUCCEEDED' },
    { name: `${id}-2-escalation`, status: 'SUCCEEDED' },
  ]);
  expect(await broken(desk)).toEqual([]);
});
