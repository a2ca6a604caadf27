import { afterAll, beforeAll, expect, test } from 'vitest';
import policy from '#desk/policy.json' with { type: 'json' };
import sending from '#desk/sending.json' with { type: 'json' };
import surveys from '#desk/surveys.json' with { type: 'json' };
import { dueDay } from '../../domain/feedback/own-day.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { chooseSurvey } from '../../domain/survey/choose.ts';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  askedAfterResolve,
  broken,
  MONDAY,
  mailsTo,
  openTicket,
  rate,
  seen,
  startDesk,
  typesOf,
} from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk(['--memory'], MONDAY, { lots: true });
});
afterAll(() => desk.stop());

const asPage = { accept: 'text/html' };
const listed = async (kind: string) =>
  (await desk.as('lina', 'lead', 'GET', `/desk/feedback?kind=${kind}&from=2026-11-01&to=2027-10-31`)).json.feedback;

test('low feedback of somebody without a ticket is put right, and what they answer is a suggestion', async () => {
  const email = 'kim@shop.example';
  const page = await desk.request('GET', '/feedback?lang=en', undefined, asPage);
  const once = /name="once" value="([\w-]{22})"/.exec(page.text)?.[1] ?? '';
  const form = { once, rating: '1', comment: 'Three weeks, and my card 4111 1111 1111 1111.', email, name: 'Kim' };

  const clicks = await Promise.all(
    [1, 2].map(() => desk.request('POST', '/feedback?lang=en', new URLSearchParams(form), asPage)),
  );
  await desk.settle();
  await desk.move({ advance: 'PT10M' });
  const [feedback] = await listed('feedback');
  const [apology] = (await mailsTo(desk, email)).toReversed();
  await desk.write({
    from: `Kim <${email}>`,
    to: apology?.headers['reply-to'] ?? '',
    subject: `Re: ${apology?.subject}`,
    text: 'Tell us at once how long it takes.',
  });
  await desk.settle();
  const ticket = await seen(desk, feedback.ticket);

  expect(clicks.map(({ status }) => status)).toEqual([303, 303]);
  expect(await listed('feedback')).toHaveLength(1);
  expect(feedback.text).not.toContain('4111');
  expect(typesOf(ticket)).toEqual(
    expect.arrayContaining(['feedback-given', 'remediation-opened', 'remediation-contacted', 'customer-replied']),
  );
  expect(await listed('suggestion')).toEqual([
    expect.objectContaining({ ticket: feedback.ticket, text: 'Tell us at once how long it takes.' }),
  ]);
  expect(await broken(desk)).toEqual([]);
});

/** Somebody whose own day is within a week, and whom the lot takes: the first of as many as it needs. */
const somebodyDue = async (): Promise<{ email: string; day: string }> => {
  const now = await desk.now();
  for (let n = 0; n < 1500; n += 1) {
    // More forms than that are refused within an hour.
    if (n % 280 === 279) await desk.move({ advance: 'PT1H' });
    const email = `p${n}@shop.example`;
    await desk.request('POST', '/feedback', { score: 4, text: email, customer: { email } });
    const [{ customerId }] = (await desk.as('lina', 'lead', 'GET', '/desk/feedback?limit=1')).json.feedback;
    for (let days = 2; days < 9; days += 1) {
      const day = plus(now, days * DAY).slice(0, 10);
      if (dueDay(customerId, plus(now, days * DAY), policy.nps.every) !== day) continue;
      const chosen = chooseSurvey(sending, surveys, {
        kind: 'nps',
        customerId,
        cycle: Number(day.replaceAll('-', '')),
      });
      if (chosen.skip === undefined) return { email, day };
    }
  }
  throw new Error('Nobody was due.');
};

test('somebody whose ticket is solved is asked once on their own day, and a detractor is put right', async () => {
  const { email, day } = await somebodyDue();
  const asked = async () => (await mailsTo(desk, email)).filter(({ key }) => key?.startsWith('nps.'));

  const solved = await openTicket(desk, email);
  await rate(desk, await askedAfterResolve(desk, solved, email), { satisfaction: '5' });
  await desk.move({ to: `${day}T16:00:00Z` });
  const [mail] = await asked();
  const path = new URL(/https?:\S+\/feedback\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '').pathname;
  for (const method of ['GET', 'GET', 'OPTIONS', 'HEAD']) await desk.request(method, `${path}?r=9`, undefined, asPage);
  const untouched = await listed('nps');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => desk.request('POST', path, new URLSearchParams({ recommend: '2' }), asPage)),
  );
  await desk.settle();
  await desk.move({ advance: 'P1D' });
  const [feedback, ...others] = await listed('nps');

  expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  expect(untouched).toEqual([]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(others).toEqual([]);
  expect(feedback).toMatchObject({ kind: 'nps', measure: 'nps', score: 2, low: true });
  expect(typesOf(await seen(desk, feedback.ticket))).toContain('remediation-contacted');
  expect(await asked()).toHaveLength(1);
  expect(await broken(desk)).toEqual([]);
  // Chance says how many have to be asked before somebody is due.
}, 120_000);
