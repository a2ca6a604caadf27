import { describe, expect, test } from 'vitest';
import { signCapability } from '../../domain/contact/capability.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { askable } from '../../functions/_shared/surveys.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as remindOnce } from '../../functions/remind-once/handler.ts';
import { build as show } from '../../functions/show-unsubscribe/handler.ts';
import { build as unsubscribe } from '../../functions/unsubscribe/handler.ts';
import { act } from './acting.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const aResolvedTicket = async (desk: Desk): Promise<string> => {
  const ticketId = await anOpenTicket(desk);
  await act(desk, acts.replies, ticketId, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  return ticketId;
};

const ask = (desk: Desk, ticketId: string) => askForRating(desk)({ ticketId, cycle: 1, token: 'token-1' });

/** A customer who was asked about a ticket, and the token with which their survey mail lets them opt out. */
const asked = async (desk: Desk) => {
  const ticketId = await aResolvedTicket(desk);
  await ask(desk, ticketId);
  const mail = [...desk.memory.mails.values()].find(({ content }) => content.template === 'survey');
  const token = mail?.content.template === 'survey' ? mail.content.unsubscribe.split('/u/')[1] : undefined;
  return { ticketId, token: token ?? expect.fail('nobody was asked') };
};

const urlencoded = (fields: Record<string, string>) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

const multipart = (name: string, value: string) => ({
  raw: `--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b1--\r\n`,
  headers: { 'content-type': 'multipart/form-data; boundary=b1' },
});

const oneClick = urlencoded({ 'List-Unsubscribe': 'One-Click' });
const again = urlencoded({ surveys: 'again' });

const get = (desk: Desk, token: string) => show(desk)(aRequest({ path: { token } }));
const post = (desk: Desk, token: string, request: object) =>
  unsubscribe(desk)(aRequest({ path: { token }, ...request }));
const surveyMails = (desk: Desk) => [...desk.memory.mails.keys()].filter((key) => key.startsWith('survey#'));

test('looking at the page records nothing, however often', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  const before = structuredClone(desk.memory);

  for (let time = 0; time < 10; time += 1) await get(desk, token);

  expect((await get(desk, token)).statusCode).toBe(200);
  expect(desk.memory).toEqual(before);
});

test.each([
  ['as one kind of form', oneClick],
  ['as the other kind of form', multipart('List-Unsubscribe', 'One-Click')],
])('one click of a mail program stops surveys at once, without a redirect: %s', async (_, request) => {
  const desk = aDesk();
  const { token } = await asked(desk);

  const answered = await post(desk, token, request);

  expect(answered.statusCode).toBe(200);
  expect(answered.headers).not.toHaveProperty('location');
  expect(answered.headers).not.toHaveProperty('set-cookie');
  expect(desk.memory.optedOut.size).toBe(1);
});

test('the form of the page says the same, and clicking twice changes nothing', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  const form = await get(desk, token);
  const [, name = '', value = ''] = /name="([^"]+)" value="([^"]+)"/.exec(form.body ?? '') ?? [];

  await post(desk, token, urlencoded({ [name]: value }));
  const first = structuredClone(desk.memory.optedOut);
  desk.pass(DAY);
  const second = await post(desk, token, urlencoded({ [name]: value }));

  expect(form.body).toContain(`action="/u/${token}"`);
  expect(second.statusCode).toBe(200);
  expect(desk.memory.optedOut).toEqual(first);
});

test('whoever opted out is not reminded, and not asked about the next ticket, which says why', async () => {
  const desk = aDesk();
  const { ticketId, token } = await asked(desk);
  await post(desk, token, oneClick);

  const reminded = await remindOnce(desk)({ ticketId, cycle: 1 });
  const next = await aResolvedTicket(desk);
  await ask(desk, next);

  expect(reminded).toEqual({ outcome: 'not-wanted' });
  expect(surveyMails(desk)).toEqual([`survey#${ticketId}#1#csat`]);
  expect(desk.memory.events.at(-1)).toMatchObject({ ticketId: next, type: 'survey-skipped', why: 'opted-out' });
});

test('whoever opted out by one address is not asked by another that is proven to be theirs', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  await post(desk, token, oneClick);
  const kim = await desk.customers.find('kim@example.com');
  const other = await desk.customers.byAddress('kim@example.org', {}, desk.clock.at, desk.ids.ulid());
  const before = await askable(desk, { channel: 'mail', customer: other });

  await desk.persons.link(kim?.id ?? '', other.id, desk.clock.at);

  expect(before.optedOut).toBe(false);
  expect(await askable(desk, { channel: 'mail', customer: other })).toMatchObject({ optedOut: true });
});

test('mail about the tickets goes on', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  await post(desk, token, oneClick);

  const next = await aResolvedTicket(desk);

  expect([...desk.memory.mails.keys()]).toContainEqual(expect.stringMatching(`^reply#${next}#`));
  expect(desk.memory.suppressed.size).toBe(0);
});

test('on the same page the customer lets us ask again', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  await post(desk, token, oneClick);
  const stopped = await get(desk, token);

  const back = await post(desk, token, again);
  desk.pass(3 * DAY);
  const next = await aResolvedTicket(desk);
  await ask(desk, next);

  expect(stopped.body).toContain('name="surveys" value="again"');
  expect(back.statusCode).toBe(200);
  expect(surveyMails(desk)).toContain(`survey#${next}#1#csat`);
});

test('the page speaks the language of the customer, and of the browser when nobody knows them any more', async () => {
  const desk = aDesk();
  const { token } = await asked(desk);
  const [kim] = desk.memory.customers;
  if (kim) kim.locale = 'fa';
  const known = await get(desk, token);
  desk.memory.customers.length = 0;

  const unknown = await show(desk)(aRequest({ path: { token }, headers: { 'accept-language': 'de-AT,en;q=0.5' } }));

  expect(known.body).toContain('<html lang="fa" dir="rtl">');
  expect(unknown.body).toContain('<html lang="de"');
});

describe('a link is refused', () => {
  test('when it is made for something else, changed, or unknown', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);
    const [key] = await desk.keys();
    const [kim] = desk.memory.customers;
    const [subject, expiresAt] = [kim?.id ?? '', plus(desk.clock.at, DAY)];
    const survey = signCapability({ purpose: 'survey', subject, recipient: subject, expiresAt }, key);
    const changed = `${token.slice(0, -2)}${token.endsWith('A') ? 'BB' : 'AA'}`;

    const statuses = await Promise.all(
      [survey, changed, 'x', ''].flatMap((wrong) => [
        statusOf(get(desk, wrong)),
        statusOf(post(desk, wrong, oneClick)),
      ]),
    );

    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(desk.memory.optedOut.size).toBe(0);
  });

  test('a year after its mail', async () => {
    const desk = aDesk();
    const { token } = await asked(desk);
    desk.pass(365 * DAY);

    const status = await statusOf(post(desk, token, oneClick));

    expect(status).toBe(410);
  });

  test.each([
    ['an empty form', 422, urlencoded({})],
    ['another wish', 422, urlencoded({ 'List-Unsubscribe': 'Two-Clicks' })],
    [
      'a broken form',
      422,
      { raw: 'List-Unsubscribe', headers: { 'content-type': 'multipart/form-data; boundary=b1' } },
    ],
    ['JSON', 415, { body: { 'List-Unsubscribe': 'One-Click' } }],
    ['too much', 413, multipart('List-Unsubscribe', 'x'.repeat(256 * 1024))],
  ])('with %s it is answered with %i and records nothing', async (_, status, request) => {
    const desk = aDesk();
    const { token } = await asked(desk);

    expect(await statusOf(post(desk, token, request))).toBe(status);
    expect(desk.memory.optedOut.size).toBe(0);
  });
});
