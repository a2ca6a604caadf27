import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as showSurvey } from '../../functions/show-survey/handler.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { act } from './acting.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

/** A customer who was asked about a resolved ticket, and the token of their link. */
const asked = async (desk: Desk, customer?: Requester): Promise<{ id: string; token: string }> => {
  const id = await anOpenTicket(desk, customer && { customer });
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  await askForRating(desk)({ ticketId: id, cycle: 1, token: 'token-1' });
  const mail = desk.memory.mails.get(surveyMailKey(id, 1, 'csat', false));
  const token = mail?.content.template === 'survey' ? mail.content.link.split('/s/')[1] : undefined;
  return { id, token: token ?? expect.fail('nobody was asked') };
};

const form = (fields: Record<string, string>, accept = 'text/html') => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
});

const get = (
  desk: Desk,
  token: string,
  query?: Record<string, string>,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) => showSurvey(desk)(by(method, aRequest({ path: { token }, headers, ...(query && { query }) })));

const by = (method: string, event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
  const { requestContext } = event;
  return { ...event, requestContext: { ...requestContext, http: { ...requestContext.http, method } } };
};
const post = (desk: Desk, token: string, fields: Record<string, string>, accept?: string) =>
  answer(desk)(aRequest({ path: { token }, ...form(fields, accept) }));

const answers = (desk: Desk) => desk.memory.events.filter(({ type }) => type === 'survey-answered');

test('looking at a survey answers nothing, however often, with whatever rating and by whatever method', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  const { clicks: _, ...before } = structuredClone(desk.memory);

  const shown = await get(desk, token, { r: '1' });
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'GET']) await get(desk, token, { r: '5' }, { method });

  const { clicks, ...after } = desk.memory;
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toMatch(/value="1"[^>]*checked/);
  expect(after).toEqual(before);
  expect(clicks).toHaveLength(6);
});

describe('an opened link', () => {
  test('is noted with its answer and how it was opened, beside the survey', async () => {
    const desk = aDesk();
    const { id, token } = await asked(desk);

    await get(desk, token, { r: '4' });
    await get(desk, token, { r: '2' }, { method: 'HEAD' });
    await get(desk, token, { r: '3' }, { headers: { 'sec-purpose': 'prefetch' } });
    await get(desk, token, { r: '<b>' });
    await get(desk, token);

    expect(await desk.clicks.of([{ ticketId: id, cycle: 1, kind: 'csat' }])).toMatchObject([
      {
        openings: [
          { option: 4, by: 'get' },
          { option: 2, by: 'head' },
          { option: 3, by: 'prefetch' },
        ],
      },
    ]);
  });

  test('that is not a link of this desk is not noted', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);

    await statusOf(get(desk, `${token}A`, { r: '4' }));

    expect(desk.memory.clicks).toEqual([]);
  });

  test('is shown all the same when it cannot be noted', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);
    const broken = { ...desk, noteClick: () => Promise.reject(new Error('no table today')) };

    const shown = await showSurvey(broken)(aRequest({ path: { token }, query: { r: '4' } }));

    expect(shown.statusCode).toBe(200);
    expect(shown.body).toMatch(/value="4"[^>]*checked/);
  });
});

test('pages keep the secret link out of caches, other sites and search engines, and run nothing', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);

  const { headers } = await get(desk, token);

  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': expect.stringContaining('noindex'),
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
});

test('an answer is recorded once, and posting it again changes nothing', async () => {
  const desk = aDesk();
  const { id, token } = await asked(desk);

  const first = await post(desk, token, { satisfaction: '1', issue: '<script>' });
  const second = await post(desk, token, { satisfaction: '1', issue: '<script>' });

  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  expect(first.body).toContain('Very dissatisfied');
  expect(first.body).not.toContain('<script>');
  expect(answers(desk)).toMatchObject([{ score: 1, low: true, edit: 0 }]);
  expect(desk.memory.tickets.get(id)?.satisfaction).toMatchObject({ score: 1, low: true });
});

test('twins are one answer', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);

  const both = await Promise.all([post(desk, token, { satisfaction: '5' }), post(desk, token, { satisfaction: '5' })]);

  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(answers(desk)).toHaveLength(1);
});

test('an answer can be changed for a day, and not after it', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  await post(desk, token, { satisfaction: '5' });

  desk.pass(DAY - 1);
  const changed = await post(desk, token, { satisfaction: '2' });
  desk.pass(2);
  const late = await post(desk, token, { satisfaction: '3' });

  expect([changed.statusCode, late.statusCode]).toEqual([200, 409]);
  expect(answers(desk)).toMatchObject([{ score: 5 }, { score: 2, edit: 1 }]);
});

describe('a wrong answer', () => {
  test('is shown again with what is wrong', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);

    const shown = await post(desk, token, { satisfaction: '9', issue: 'Too slow' });

    expect(shown.statusCode).toBe(422);
    expect(shown.body).toContain('Too slow');
    expect(answers(desk)).toEqual([]);
  });

  test('is told to programs by its path', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);

    const answered = post(desk, token, {}, 'application/json');

    await expect(answered).rejects.toMatchObject({
      status: 422,
      errors: expect.arrayContaining([expect.objectContaining({ path: 'satisfaction' })]),
    });
  });

  test.each([
    ['JSON', 415, { body: { satisfaction: 5 } }],
    ['too much', 413, form({ issue: 'x'.repeat(256 * 1024) })],
    ['too many fields', 422, form(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`f${n}`, 'x'])))],
  ])('%s is answered with %i', async (_, status, request) => {
    const desk = aDesk();
    const { token } = await asked(desk);

    expect(await statusOf(answer(desk)(aRequest({ path: { token }, ...request })))).toBe(status);
  });
});

describe('a link', () => {
  test('that anybody changed by one character opens nothing', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);

    for (let place = 0; place < token.length; place += 7) {
      const other = token[place] === 'A' ? 'B' : 'A';
      const changed = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
      expect(await statusOf(get(desk, changed))).toBe(404);
      expect(await statusOf(post(desk, changed, { satisfaction: '1' }))).toBe(404);
    }
    expect(answers(desk)).toEqual([]);
  });

  test('of a ticket opens no survey, and that of a survey no ticket', async () => {
    const desk = aDesk();
    const { id, token } = await asked(desk);
    const ticket = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
    const link = (await desk.links.ticket(ticket, desk.clock.at)).split('/t/')[1] ?? '';

    const shown = await showTicket({ ...desk, agents: new Map() })(aRequest({ path: { token: link } }));

    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('I cannot log in');
    expect(await statusOf(get(desk, link))).toBe(404);
    expect(await statusOf(showTicket({ ...desk, agents: new Map() })(aRequest({ path: { token } })))).toBe(404);
  });

  test('of a survey ends with its time', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);
    desk.pass(90 * DAY);

    expect(await statusOf(get(desk, token))).toBe(410);
    expect(await statusOf(post(desk, token, { satisfaction: '1' }))).toBe(410);
  });

  test('made for another customer opens nothing', async () => {
    const desk = aDesk();
    const { id } = await asked(desk);
    const stranger = { id, customer: { id: '01JSTRANGER' } };
    const until = plus(desk.clock.at, DAY);
    const forSurvey = (await desk.links.survey(stranger, 1, 'csat', until, desk.clock.at)).survey.split('/s/')[1] ?? '';
    const forTicket = (await desk.links.ticket(stranger, desk.clock.at)).split('/t/')[1] ?? '';

    expect(await statusOf(get(desk, forSurvey))).toBe(404);
    expect(await statusOf(showTicket({ ...desk, agents: new Map() })(aRequest({ path: { token: forTicket } })))).toBe(
      404,
    );
  });
});

test('a survey that was withdrawn takes no answer', async () => {
  const desk = aDesk();
  const { id, token } = await asked(desk);
  await act(desk, acts.reopen, id);
  const survey = desk.memory.surveys.get(`${id} 1 csat`) ?? expect.fail('no survey');
  if (survey.status !== 'asked') return expect.fail('not asked');
  const { remindedAt: _, status: __, ...facts } = survey;
  desk.memory.surveys.set(`${id} 1 csat`, { ...facts, status: 'cancelled', why: 'reopened' });

  const [shown, posted] = [await get(desk, token), await post(desk, token, { satisfaction: '1' })];

  expect([shown.statusCode, posted.statusCode]).toEqual([410, 410]);
  expect(answers(desk)).toEqual([]);
});

test("agents' notes are not on the customer's page", async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  await act(desk, acts.notes, id, { body: 'A difficult one.' });
  const ticket = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
  const token = (await desk.links.ticket(ticket, desk.clock.at)).split('/t/')[1] ?? '';

  const { body } = await showTicket({ ...desk, agents: new Map() })(aRequest({ path: { token } }));

  expect(body).toContain('The password is refused.');
  expect(body).not.toContain('A difficult one.');
});
