import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, broken, linkIn, mailsTo, openTicket, rate, seen, startDesk, surveyMailTo } from '../support/journey.ts';

const KIM = 'kim@shop.example';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const resolved = async (over: Record<string, unknown> = {}): Promise<string> => {
  const id = await openTicket(desk, KIM, over);
  await act(desk, 'replies', id, { body: 'It works again.', then: 'resolved' });
  return id;
};

const surveyMails = async (): Promise<string[]> =>
  (await mailsTo(desk, KIM)).filter(({ text }) => /\/s\/[\w-]+/.test(text)).map(({ at }) => at);

const explained = async (id: string) =>
  (await desk.as('lina', 'lead', 'GET', `/desk/tickets/${id}/explain`)).json as {
    acts: Array<{ type: string; rule: string; reason: string; inputs: Record<string, unknown> }>;
    next: Array<{ at: string; rule: string }>;
  };

test('somebody in New York with three tickets is asked by their day, once at a time, and the desk can say why', async () => {
  const customer = { email: KIM, timeZone: 'America/New_York' };
  // Four in the morning in New York.
  await desk.move({ to: '2026-11-23T09:00:00Z' });
  const first = await resolved({ customer });
  const planned = (await explained(first)).next.find(({ rule }) => rule.startsWith('survey.'));
  await desk.move({ to: '2026-11-23T13:59:59Z' });
  const asleep = await surveyMails();
  await desk.move({ to: '2026-11-23T14:00:00Z' });
  const awake = await surveyMails();
  const second = await resolved({ customer });
  await desk.move({ to: '2026-11-23T23:00:00Z' });

  expect(planned).toMatchObject({ at: '2026-11-23T14:00:00.000Z' });
  expect(asleep).toEqual([]);
  expect(awake).toEqual([expect.stringContaining('2026-11-23T14:00:')]);
  expect(await surveyMails()).toEqual(awake);
  const { acts, next } = await explained(second);
  expect(acts.findLast(({ type }) => type === 'survey-skipped')).toMatchObject({
    rule: 'contact.budget',
    reason: 'The customer has not answered the last question yet.',
    inputs: { why: 'ask-open', budget: expect.stringContaining('lately 1, upTo 3') },
  });
  expect(next.map(({ rule }) => rule)).toContainEqual(expect.stringMatching(/^contact\.budget@/));

  // The reminder two days later, in their morning again; then the answer, and the next ticket may be asked about.
  await desk.move({ to: '2026-11-25T14:10:00Z' });
  const reminded = await surveyMails();
  const answer = await rate(desk, linkIn(await surveyMailTo(desk, KIM), 's'), { satisfaction: '5' });
  const third = await resolved({ customer });
  await desk.move({ advance: 'PT2H' });

  expect(reminded).toHaveLength(2);
  expect(answer.status).toBe(200);
  expect((await seen(desk, third)).events).toContainEqual(expect.objectContaining({ type: 'survey-sent' }));
  expect(await surveyMails()).toHaveLength(3);
  expect(await broken(desk)).toEqual([]);
});
