import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, askedAfterResolve, mailsTo, openTicket, seen, startDesk, surveyMailTo } from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const email = 'kim@shop.example';

const oneClick = '--b1\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b1--\r\n';

/** Where the headers of a mail let mail programs unsubscribe. */
const unsubscribePath = async (): Promise<string> => {
  const { headers } = await surveyMailTo(desk, email);
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  return new URL(headers['list-unsubscribe']?.slice(1, -1) ?? '').pathname;
};

test('a click on unsubscribe in a mail program ends surveys, but not the mail about tickets', async () => {
  await askedAfterResolve(desk, await openTicket(desk, email), email);
  const path = await unsubscribePath();
  for (let time = 0; time < 10; time += 1) await desk.request('GET', path);

  const looked = await desk.request('GET', path);
  const clicked = await desk.request('POST', path, oneClick, { 'content-type': 'multipart/form-data; boundary=b1' });
  const before = (await mailsTo(desk, email)).length;
  const next = await openTicket(desk, email);
  await act(desk, 'replies', next, { body: 'It works again.', then: 'resolved' });
  await desk.move({ advance: 'P10D' });
  const mails = (await mailsTo(desk, email)).slice(before);

  expect([looked.status, clicked.status]).toEqual([200, 200]);
  expect(looked.text).toContain('name="List-Unsubscribe"');
  expect(mails.map(({ headers }) => headers['list-unsubscribe'])).toEqual(mails.map(() => undefined));
  expect(mails.length).toBeGreaterThanOrEqual(2);
  expect((await seen(desk, next)).events).toContainEqual(
    expect.objectContaining({ type: 'survey-skipped', why: 'opted-out' }),
  );
});
