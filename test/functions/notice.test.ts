import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../domain/support/time.ts';
import { build as press } from '../../functions/acknowledge-notice/handler.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as show } from '../../functions/show-notice/handler.ts';
import { act } from './acting.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A ticket whose first reply is late, which the ladder has told its new owner and the lead. */
const lateTicket = async () => {
  const desk = aDesk();
  const ticketId = await anOpenTicket(desk);
  desk.pass(20 * HOUR);
  await climb(desk)({ ticketId, cycle: 1 });
  desk.pass(4 * HOUR);
  await climb(desk)({ ticketId, cycle: 1 });
  return { desk, ticketId };
};

const tokens = (desk: Desk): string[] =>
  [...desk.memory.mails.values()].flatMap(({ content }) =>
    content.template === 'escalation' && content.link !== undefined ? [content.link.split('/a/')[1] ?? ''] : [],
  );
const seen = (desk: Desk) => desk.memory.events.filter(({ type }) => type === 'escalation-acknowledged');
const opened = (desk: Desk, token: string, lang = 'en') => show(desk)(aRequest({ path: { token }, query: { lang } }));
const pressed = (desk: Desk, token: string, raw = 'notice=seen') =>
  press(desk)(aRequest({ path: { token }, raw, headers: FORM }));

test('opening the link of a notice shows what is late, and records nothing: scanners open links too', async () => {
  const { desk, ticketId } = await lateTicket();
  const [token = ''] = tokens(desk);

  const pages = [await opened(desk, token), await opened(desk, token)];

  expect(pages.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(pages[0]?.body).toContain(ticketId);
  expect(pages[0]?.body).toContain(`<form method="post" action="/a/${token}">`);
  expect(pages[0]?.body).not.toContain('<script');
  expect(pages[0]?.headers?.['content-security-policy']).toContain("default-src 'none'");
  expect(seen(desk)).toEqual([]);
});

test('pressing the button acknowledges once, in the name of whoever got the mail, however often it is pressed', async () => {
  const { desk } = await lateTicket();
  const [token = ''] = tokens(desk);

  await Promise.all([pressed(desk, token), pressed(desk, token), pressed(desk, token)]);
  const after = await pressed(desk, token);

  expect(seen(desk)).toMatchObject([{ by: 'agent:elif', agent: 'elif', rung: 'move-100', promise: 'firstReply' }]);
  expect(after.statusCode).toBe(200);
  expect(after.body).toContain('Elif Kaya</bdi> acknowledged it');
});

test('a program acknowledges by posting to the link alone', async () => {
  const { desk } = await lateTicket();
  const [token = ''] = tokens(desk);

  const answer = await press(desk)(aRequest({ path: { token } }));

  expect(answer.statusCode).toBe(200);
  expect(seen(desk)).toMatchObject([{ agent: 'elif' }]);
});

test('whoever comes second is shown who was first, and adds nothing', async () => {
  const { desk } = await lateTicket();
  const [first = '', second = ''] = tokens(desk);

  await pressed(desk, first);
  const other = await pressed(desk, second);

  expect(other.body).toContain('Elif Kaya</bdi> acknowledged it');
  expect(seen(desk)).toHaveLength(1);
});

test('once the customer has an answer there is nothing to acknowledge', async () => {
  const { desk, ticketId } = await lateTicket();
  const [token = ''] = tokens(desk);
  await act(desk, acts.replies, ticketId, { body: 'Sorry.' });

  const page = await pressed(desk, token);

  expect(page.body).toContain('Nothing is outstanding any more');
  expect(seen(desk)).toEqual([]);
});

test('a changed, foreign or aged link opens nothing, and a form without its field acknowledges nothing', async () => {
  const { desk, ticketId } = await lateTicket();
  const [token = ''] = tokens(desk);
  const customers =
    (await desk.links.ticket({ id: ticketId, customer: { id: 'c' } }, desk.clock.at)).split('/t/')[1] ?? '';
  const notices = await desk.links.notices(ticketId, 1, desk.clock.at);
  const escalated = desk.memory.events.find(({ type }) => type === 'escalated')?.id ?? '';
  const opening = desk.memory.events.find(({ type }) => type === 'opened')?.id ?? '';
  const of = (event: string, agent: string) => notices(event, agent).split('/a/')[1] ?? '';

  const statuses = await Promise.all([
    statusOf(opened(desk, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)),
    statusOf(opened(desk, customers)),
    statusOf(opened(desk, of(opening, 'elif'))),
    statusOf(opened(desk, of(escalated, 'ada'))),
    statusOf(opened(desk, of(escalated, 'nobody'))),
    statusOf(pressed(desk, token, 'notice=')),
    statusOf(press(desk)(aRequest({ path: { token }, body: { notice: 'seen' } }))),
  ]);
  desk.pass(7 * DAY);
  const aged = await Promise.all([statusOf(opened(desk, token)), statusOf(pressed(desk, token))]);

  expect(statuses).toEqual([404, 404, 404, 404, 404, 422, 415]);
  expect(aged).toEqual([410, 410]);
  expect(seen(desk)).toEqual([]);
});

test('a colleague who has left the team cannot use their link any more', async () => {
  const { desk } = await lateTicket();
  const [token = ''] = tokens(desk);
  const agents = desk.agents.filter(({ id }) => id !== 'elif');

  const status = await statusOf(show({ ...desk, agents })(aRequest({ path: { token } })));

  expect(status).toBe(404);
});

test('the page speaks the language of the browser, in the direction it runs', async () => {
  const { desk } = await lateTicket();
  const [token = ''] = tokens(desk);

  const [german, persian] = [await opened(desk, token, 'de'), await opened(desk, token, 'fa')];

  expect(german.body).toContain('<html lang="de" dir="ltr">');
  expect(german.body).toContain('erste Antwort');
  expect(persian.body).toContain('<html lang="fa" dir="rtl">');
  expect(persian.body).toContain('نخستین پاسخ');
});
