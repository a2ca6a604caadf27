import { expect, test } from 'vitest';
import { askOf } from '../../domain/contact/governor.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import { DAY, HOUR } from '../../domain/support/time.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as remindOnce } from '../../functions/remind-once/handler.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const KIM = 'kim@example.com';

/** A ticket of Kim's, or of somebody else, that a person has answered and resolved an hour ago. */
const aResolvedTicket = async (desk: Desk, email = KIM): Promise<string> => {
  const customer = await desk.customers.byAddress(email, {}, desk.clock.now(), desk.ids.ulid());
  const id = await anOpenTicket(desk, { customer });
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  return id;
};

/** As the workflow does it: what loses a race is tried again. */
const ask = async (desk: Desk, ticketId: string): Promise<void> => {
  try {
    await askForRating(desk)({ ticketId, cycle: 1, token: 'token-1' });
  } catch (error) {
    if (!(error instanceof ConcurrentChange)) throw error;
    await ask(desk, ticketId);
  }
};

const answered = async (desk: Desk, ticketId: string): Promise<void> => {
  const mail = [...desk.memory.mails.values()].find(
    (one) => one.ticketId === ticketId && one.content.template === 'survey',
  );
  const link = mail?.content.template === 'survey' ? mail.content.link : expect.fail('nobody was asked');
  const { statusCode } = await answer(desk)(
    aRequest({
      path: { token: link.split('/s/')[1] ?? '' },
      raw: 'satisfaction=5',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    }),
  );
  expect(statusCode).toBe(200);
};

const told = (desk: Desk) =>
  desk.memory.events.flatMap((event) =>
    event.type === 'survey-sent' ? ['sent'] : event.type === 'survey-skipped' ? [event.why] : [],
  );

test('a person with several tickets is asked about the next one once the question before it is answered', async () => {
  const desk = aDesk();
  const [one, two, three] = [await aResolvedTicket(desk), await aResolvedTicket(desk), await aResolvedTicket(desk)];

  await ask(desk, one);
  await ask(desk, two);
  await answered(desk, one);
  await ask(desk, three);

  expect(told(desk)).toEqual(['sent', 'ask-open', 'sent']);
});

test('of a hundred tickets of one person whose surveys are due at once, one is asked about and ninety-nine say why not', async () => {
  const desk = aDesk();
  const tickets: string[] = [];
  for (let nth = 0; nth < 100; nth += 1) tickets.push(await aResolvedTicket(desk));
  desk.clock.at = '2026-11-27T12:00:00.000Z';

  await Promise.all(tickets.map((id) => ask(desk, id)));

  const all = told(desk);
  expect(all.filter((what) => what === 'sent')).toHaveLength(1);
  expect(all.filter((what) => what === 'ask-open')).toHaveLength(99);
  expect([...desk.memory.mails.values()].filter(({ content }) => content.template === 'survey')).toHaveLength(1);
}, 120_000);

test('somebody who answers everything is asked three times in thirty days, and then again', async () => {
  const desk = aDesk();
  for (let nth = 0; nth < 5; nth += 1) {
    const id = await aResolvedTicket(desk);
    await ask(desk, id);
    if (told(desk).at(-1) === 'sent') await answered(desk, id);
    desk.clock.at = `2026-11-${24 + nth}T09:00:00.000Z`;
  }
  desk.clock.at = '2026-12-23T10:00:00.000Z';
  await ask(desk, await aResolvedTicket(desk));

  expect(told(desk)).toEqual(['sent', 'sent', 'sent', 'asked-enough', 'asked-enough', 'sent']);
});

test('whoever writes from two addresses that are theirs has one budget', async () => {
  const desk = aDesk();
  const first = await aResolvedTicket(desk, KIM);
  const second = await aResolvedTicket(desk, 'kim@work.example');
  const [kim, work] = [await desk.customers.find(KIM), await desk.customers.find('kim@work.example')];
  await desk.persons.link(kim?.id ?? '', work?.id ?? '', desk.clock.at);

  await ask(desk, second);
  await ask(desk, first);

  expect(told(desk)).toEqual(['sent', 'ask-open']);
  expect([...desk.memory.contacts.keys()]).toEqual([kim?.id]);
});

test('a reminder takes a place of its own, and leaves none when questions have taken them', async () => {
  const desk = aDesk();
  const first = await aResolvedTicket(desk);
  await ask(desk, first);
  desk.pass(2 * DAY);
  const reminded = await remindOnce(desk)({ ticketId: first, cycle: 1 });
  desk.pass(4 * DAY);
  const second = await aResolvedTicket(desk);
  await ask(desk, second);
  desk.pass(2 * DAY);

  const silent = await remindOnce(desk)({ ticketId: second, cycle: 1 });

  expect([reminded.outcome, silent.outcome]).toEqual(['reminded', 'not-wanted']);
  expect(desk.memory.events.at(-1)).toMatchObject({ type: 'reminder-skipped', why: 'asked-enough' });
  const kim = await desk.customers.find(KIM);
  expect((await desk.contacts.sheetOf(kim?.id ?? '')).asks.map(({ key }) => key)).toEqual([
    askOf(first, 1, 'csat'),
    `${askOf(first, 1, 'csat')}#reminder`,
    askOf(second, 1, 'csat'),
  ]);
});

test('who is left out by lot is told so on the ticket, and keeps their budget', async () => {
  const desk = aDesk();
  const choose: Desk['surveys']['choose'] = (about) => ({ ...desk.surveys.choose(about), skip: 'held-out' });

  const ticketId = await aResolvedTicket(desk);
  await askForRating({ ...desk, surveys: { ...desk.surveys, choose } })({ ticketId, cycle: 1, token: 'token-1' });

  expect(told(desk)).toEqual(['held-out']);
  expect(desk.memory.contacts.size).toBe(0);
});

test('at night nobody is asked, and nothing is decided yet', async () => {
  const desk = aDesk();
  const ticketId = await aResolvedTicket(desk);
  desk.clock.at = '2026-11-23T22:00:00.000Z';

  await expect(askForRating(desk)({ ticketId, cycle: 1, token: 'token-1' })).rejects.toMatchObject({
    name: 'OutsideHours',
  });

  expect(told(desk)).toEqual([]);
  expect(desk.memory.waits.size).toBe(0);
});
