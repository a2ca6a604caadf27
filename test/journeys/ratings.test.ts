import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, linkIn, MONDAY, mailsTo, openTicket, rate, seen, startDesk, surveyMailTo } from '../support/journey.ts';

const PEOPLE = ['kim', 'lee', 'mia', 'nia', 'opa'] as const;
type Person = (typeof PEOPLE)[number];
const ANSWERED_BY: Record<Person, string> = { kim: 'ada', lee: 'ada', mia: 'ben', nia: 'ada', opa: 'ada' };

let desk: RunningDesk;
const ids = new Map<Person, string>();
const id = (person: Person): string => ids.get(person) ?? expect.fail(`${person} has no ticket.`);
const mail = (person: Person): string => `${person}@shop.example`;
const at = (ms: number): string => plus(MONDAY, ms);
const answer = async (person: Person, score: number) =>
  rate(desk, linkIn(await surveyMailTo(desk, mail(person)), 's'), { satisfaction: String(score), reason: 'speed' });

/** Five customers of one morning: content, lukewarm, unhappy and won back, silent, and one whose mail a scanner reads. */
beforeAll(async () => {
  desk = await startDesk();
  for (const person of PEOPLE) ids.set(person, await openTicket(desk, mail(person)));
  await desk.move({ to: at(HOUR) });
  for (const person of PEOPLE)
    await act(desk, 'replies', id(person), { body: 'It works again.', then: 'resolved' }, ANSWERED_BY[person]);
  await desk.move({ to: at(3 * HOUR) });
  const scanned = linkIn(await surveyMailTo(desk, mail('opa')), 's');
  for (const option of [1, 2, 3, 4, 5]) await desk.request('GET', `${scanned}?r=${option}`);
  await answer('kim', 4);
  await desk.move({ advance: 'PT10M' });
  await answer('kim', 5);
  await answer('lee', 3);
  await answer('mia', 1);
  const page = linkIn((await mailsTo(desk, mail('kim'))).at(0), 't');
  const { messages } = await seen(desk, id('kim'));
  const reply = messages.find(({ direction }) => direction === 'out')?.id ?? expect.fail('Nobody replied.');
  await desk.request('POST', `${page}/ratings`, { message: reply, score: 3 });
  await desk.settle();
  const senior = (await seen(desk, id('mia'))).ticket.assignee;
  await desk.move({ advance: 'PT1H' });
  await act(desk, 'replies', id('mia'), { body: 'We are sorry. It is repaid.', then: 'resolved' }, senior);
  await desk.move({ to: at(3 * DAY) });
  await rate(desk, linkIn(await surveyMailTo(desk, mail('mia')), 's'), { better: '4' });
  // The recovery has had its time: a day of work, a day of wait and a week to answer. The silent have three weeks left.
  await desk.move({ to: at(10 * DAY) });
}, 240_000);
afterAll(() => desk.stop());

// biome-ignore lint/suspicious/noExplicitAny: the answer's shape is the route's; whoever reads it asserts on it.
const report = async (path: string, user = 'lina', group = 'lead'): Promise<any> => {
  const answered = await desk.as(user, group, 'GET', `/desk/reports/${path}`);
  if (answered.status !== 200) throw new Error(`${path} answered ${answered.status}: ${answered.text}`);
  return answered.json ?? answered.text;
};
const WEEK = 'from=2026-11-23&to=2026-11-29';
// biome-ignore lint/suspicious/noExplicitAny: as above.
const figure = ({ figures }: any, name: string, of: object = {}): any =>
  figures.find((each: { name: string; of?: object }) => each.name === name && hasAll(each.of ?? {}, of));
const hasAll = (whole: object, part: object): boolean =>
  Object.entries(part).every(([name, value]) => new Map(Object.entries(whole)).get(name) === value);

test('the report of surveys says what a person counts by hand', async () => {
  const all = await report(`surveys?${WEEK}&by=agent`);

  // Kim's second thought counts, Lee's three are not the top, Mia's one is at the bottom.
  expect(figure(all, 'csat')).toMatchObject({ value: 0.3333, numerator: 1, n: 3, target: 0.9, small: true });
  expect(figure(all, 'csat', { agent: 'ada' })).toMatchObject({ value: 0.5, n: 2 });
  expect(figure(all, 'csat', { agent: 'ben' })).toMatchObject({ value: 0, n: 1, tickets: [id('mia')] });
  expect(figure(all, 'response-rate')).toMatchObject({ n: 0, parts: { waiting: { n: 5 } } });
  expect(figure(all, 'clicks.discarded')).toMatchObject({ value: 5, tickets: [id('opa')] });
  expect(figure(all, 'surveys.answered').parts).toMatchObject({
    csat: { n: 3 },
    'follow-up': { n: 1 },
    edited: { n: 1 },
  });
  expect(all.budgets).toMatchObject([{ answers: 3, good: 1, bad: 2 }]);
});

test('recoveries and single replies have figures of their own', async () => {
  const recovery = await report(`recovery?${WEEK}&by=group`);
  const agents = await report(`agents?${WEEK}`);

  expect(figure(recovery, 'service-recovery-rate')).toMatchObject({ value: 1, n: 1, tickets: [id('mia')] });
  expect(figure(recovery, 'time-to-recovery')).toMatchObject({ n: 1, value: expect.closeTo(3600, -2) });
  expect(recovery.reasons).toMatchObject([{ reason: 'speed', n: 1, recovered: 1 }]);
  expect(figure(agents, 'reply-rating.mean', { agent: 'ada' })).toMatchObject({ value: 66.7, n: 1 });
  expect(agents.series.map(({ month }: { month: string }) => month)).toEqual(['2026-11']);
});

test('an agent sees their own, as figures, as a sheet and on the ticket', async () => {
  const own = await report(`agents?${WEEK}`, 'ben', 'agent');
  const sheet = await report(`surveys.csv?${WEEK}`, 'ben', 'agent');
  const ofKim = await desk.as('ben', 'agent', 'GET', `/desk/tickets/${id('kim')}`);
  const ofMia = await desk.as('ben', 'agent', 'GET', `/desk/tickets/${id('mia')}`);

  expect(new Set(own.figures.map(({ of }: { of: { agent: string } }) => of.agent))).toEqual(new Set(['ben']));
  expect(sheet.split('\r\n').filter((line: string) => line.startsWith('csat,'))).toHaveLength(1);
  expect(sheet).not.toContain(id('kim'));
  expect(ofKim.json.ticket.satisfaction).toBeUndefined();
  expect(ofKim.text).not.toMatch(/"score"/);
  expect(ofMia.json.surveys).toMatchObject([{ kind: 'csat', score: 1 }]);
});
