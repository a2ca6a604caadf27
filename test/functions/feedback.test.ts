import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { build as receiveFeedback } from '../../functions/receive-feedback/handler.ts';
import { build as showFeedback } from '../../functions/show-feedback/handler.ts';
import { aDesk, aRequest, MONDAY_AT_9, parsed } from './support.ts';

type Desk = ReturnType<typeof aDesk>;
const ONCE = 'o'.repeat(22);
const GOOD = { once: ONCE, rating: '4', comment: 'Quick and kind.' };
const BAD = { once: ONCE, rating: '1', about: 'problem', comment: 'Three weeks.\r\nAnd my card 4111 1111 1111 1111.' };

const posted = (fields: Record<string, string>, more: Partial<APIGatewayProxyEventV2> = {}) => ({
  ...aRequest({}),
  routeKey: 'POST /feedback',
  queryStringParameters: { lang: 'en' },
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  body: new URLSearchParams(fields).toString(),
  ...more,
});
const send = (desk: Desk, fields: Record<string, string>, more?: Partial<APIGatewayProxyEventV2>) =>
  receiveFeedback(desk)(posted(fields, more));
const post = (desk: Desk, body: unknown, headers: Record<string, string> = {}) =>
  receiveFeedback(desk)(aRequest({ route: 'POST /feedback', body, headers }));
const kept = (desk: Desk) => [...desk.memory.feedback.values()];
const ticketsOf = (desk: Desk) => [...desk.memory.tickets.values()];
const get = (desk: Desk, query: Record<string, string> = {}) =>
  showFeedback(desk)({ ...aRequest({ route: 'GET /feedback', query }), headers: { accept: 'text/html' } });

test('the form asks in the language of the browser, needs no script, and is nobody’s in particular', async () => {
  const desk = aDesk();

  const page = await showFeedback(desk)({
    ...aRequest({ route: 'GET /feedback' }),
    headers: { accept: 'text/html', 'accept-language': 'fa-IR,en;q=0.5' },
  });

  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('<html lang="fa" dir="rtl">');
  expect(page.body).toContain(`name="once" value="${'B'.repeat(22)}"`);
  expect(page.body).not.toContain('<script');
  expect(page.headers?.['content-security-policy']).toContain("default-src 'none'");
});

test('feedback without an address is kept, and the browser is led to the page that thanks', async () => {
  const desk = aDesk();

  const answer = await send(desk, GOOD);

  expect(answer).toMatchObject({ statusCode: 303, headers: { location: '/feedback/thanks?lang=en&for=kept' } });
  expect(kept(desk)).toEqual([
    expect.objectContaining({
      at: MONDAY_AT_9,
      kind: 'feedback',
      survey: 'feedback@1',
      measure: 'csat',
      score: 4,
      label: 'excellent',
      low: false,
      answers: { rating: '4', comment: 'Quick and kind.' },
      text: 'Quick and kind.',
      locale: 'en',
    }),
  ]);
  expect(kept(desk)[0]).not.toHaveProperty('customerId');
  expect(desk.memory.mails.size + desk.memory.tickets.size + desk.memory.customers.length).toBe(0);
});

test('a low score with an address opens a ticket with the words, its secrets masked, and is put right from there', async () => {
  const desk = aDesk();

  const answer = await send(desk, { ...BAD, name: 'Kim Lee', email: 'kim@shop.example' });

  const [ticket] = ticketsOf(desk);
  const [feedback] = kept(desk);
  expect(answer.headers?.location).toBe('/feedback/thanks?lang=en&for=answer');
  expect(ticket).toMatchObject({ channel: 'web', customer: { email: 'kim@shop.example', name: 'Kim Lee' } });
  expect(ticket?.subject).toBe('Feedback: Three weeks.');
  expect(desk.memory.messages[0]?.text).toContain('Three weeks.\nAnd my card');
  expect(desk.memory.messages[0]?.text).not.toContain('4111');
  expect(feedback?.text).not.toContain('4111');
  expect(feedback).toMatchObject({ low: true, ticketId: ticket?.id, customerId: ticket?.customer.id });
  expect(desk.memory.events.map(({ type }) => type)).toEqual(['opened', 'feedback-given']);
  expect(desk.memory.events[1]).toMatchObject({ feedback: feedback?.id, kind: 'feedback', score: 1, low: true });
});

test('an address is a claim: it makes or finds the customer of that address, and shows nothing of them', async () => {
  const desk = aDesk();
  const known = await desk.customers.byAddress('kim@shop.example', { name: 'Kim' }, MONDAY_AT_9, desk.ids.ulid());

  const answer = await send(desk, { ...GOOD, email: 'Kim@Shop.example', name: 'Somebody else' });

  expect(kept(desk)[0]?.customerId).toBe(known.id);
  expect(desk.memory.customers).toEqual([expect.objectContaining({ name: 'Kim' })]);
  expect(desk.memory.customers[0]).not.toHaveProperty('provenAt');
  expect(answer.body).toBe('');
  expect(desk.memory.mails.size + desk.memory.tickets.size).toBe(0);
});

test('a low score that nobody can answer is told to the lead, with the words', async () => {
  const desk = aDesk();

  const answer = await send(desk, BAD);

  const [mail] = [...desk.memory.mails.values()];
  const lead = desk.policy.groups.frontline?.lead;
  expect(answer.headers?.location).toBe('/feedback/thanks?lang=en&for=unknown');
  expect(mail).toMatchObject({
    key: `feedback#${kept(desk)[0]?.id}`,
    to: { email: desk.agents.find(({ id }) => id === lead)?.email },
    content: { template: 'feedback', subject: 'Very bad' },
  });
  expect(JSON.stringify(mail)).toContain('Three weeks.');
  expect(JSON.stringify(mail)).not.toContain('4111');
  expect(desk.memory.tickets.size).toBe(0);
});

test('whoever floods the desk floods no inbox: beyond the limit it stands in the list alone', async () => {
  const desk = aDesk();
  desk.policy = { ...desk.policy, feedback: { ...desk.policy.feedback, noticesAnHour: 2 } };

  for (let n = 0; n < 4; n += 1) await send(desk, { ...BAD, once: `${n}`.repeat(22) });

  expect(desk.memory.feedback.size).toBe(4);
  expect(desk.memory.mails.size).toBe(2);
  expect(desk.counted.filter((name) => name === 'FeedbackNotTold')).toHaveLength(2);
});

test('nobody is told where the policy says nobody', async () => {
  const desk = aDesk();
  desk.policy = { ...desk.policy, feedback: { ...desk.policy.feedback, tell: 'nobody' } };

  await send(desk, BAD);

  expect(desk.memory.feedback.size).toBe(1);
  expect(desk.memory.mails.size).toBe(0);
});

test.each([
  ['with an address', { ...BAD, email: 'kim@shop.example' }],
  ['without one', BAD],
])('a double click %s is one piece of feedback and one answer', async (_, fields) => {
  const desk = aDesk();

  const [first, second] = await Promise.all([send(desk, fields), send(desk, fields)]);

  expect(second).toEqual(first);
  expect(desk.memory.feedback.size).toBe(1);
  expect(desk.memory.tickets.size).toBe('email' in fields ? 1 : 0);
  expect(desk.memory.mails.size).toBe('email' in fields ? 0 : 1);
});

test('a form that was changed after it was sent is shown again with its words and a fresh key', async () => {
  const desk = aDesk();
  await send(desk, GOOD);

  const again = await send(desk, { ...GOOD, comment: 'And another thing.' });

  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('And another thing.');
  expect(again.body).toContain(`name="once" value="${'B'.repeat(22)}"`);
  expect(desk.memory.feedback.size).toBe(1);
});

test.each([
  [{ rating: '' }, 'e-rating'],
  [{ rating: '9' }, 'e-rating'],
  [{ comment: ' ' }, 'e-comment'],
  [{ comment: 'x'.repeat(2001) }, 'e-comment'],
  [{ about: 'nonsense' }, 'e-about'],
  [{ email: 'kim@shop' }, 'e-email'],
  [{ email: `${'k'.repeat(250)}@shop.example` }, 'e-email'],
  [{ name: 'x'.repeat(201) }, 'e-name'],
])('%j is told beside its field, and nothing is lost or kept', async (wrong, id) => {
  const desk = aDesk();

  const page = await send(desk, { ...GOOD, comment: 'Quick <b>and</b> kind.', ...wrong });

  expect(page.statusCode).toBe(422);
  expect(page.body).toContain(`id="${id}"`);
  expect(page.body).toContain(`value="${ONCE}"`);
  if (!('comment' in wrong)) expect(page.body).toContain('Quick &lt;b&gt;and&lt;/b&gt; kind.');
  expect(desk.memory.feedback.size + desk.memory.customers.length).toBe(0);
});

test('a form without its key is shown again with a new one: two clicks of it could not be told apart', async () => {
  const desk = aDesk();

  const page = await send(desk, { ...GOOD, once: 'mine' });

  expect(page.statusCode).toBe(422);
  expect(page.body).toContain(`name="once" value="${'B'.repeat(22)}"`);
  expect(desk.memory.feedback.size).toBe(0);
});

test('a form on another website has no key: what is in it makes it one', async () => {
  const desk = aDesk();
  const { once: _, ...fields } = GOOD;

  await send(desk, fields);
  await send(desk, fields);
  await send(desk, { ...fields, comment: 'And cheap.' });

  expect(kept(desk).map(({ text }) => text)).toEqual(['Quick and kind.', 'And cheap.']);
});

test('another language keeps all that was typed', async () => {
  const desk = aDesk();
  const fields = { ...GOOD, name: 'Kim', email: 'kim@' };

  const page = await showFeedback(desk)(
    posted(fields, { routeKey: 'POST /feedback/draft', queryStringParameters: { lang: 'de' } }),
  );

  expect(page.body).toContain('<html lang="de"');
  expect(page.body).toContain('Quick and kind.');
  expect(page.body).toContain('value="kim@"');
  expect(page.body).toContain(`value="${ONCE}"`);
  expect(page.body).toMatch(/value="4"[^>]* checked/);
});

test.each([
  ['kept', ['has arrived'], ['sorry']],
  ['answer', ['sorry', 'write to the address'], ['href="/help']],
  ['unknown', ['sorry', 'href="/help?lang=en"'], []],
  ['<script>', ['has arrived'], ['sorry', '<script']],
])('the page that thanks says what happens now: %s', async (end, says, not) => {
  const page = await showFeedback(aDesk())(
    aRequest({ route: 'GET /feedback/thanks', query: { for: end, lang: 'en' } }),
  );

  for (const words of says) expect(page.body).toContain(words);
  for (const words of not) expect(page.body).not.toContain(words);
});

test('a network that posts more forms than the policy grants is refused, with the time to wait', async () => {
  const desk = aDesk();
  desk.policy = { ...desk.policy, webLimits: { ...desk.policy.webLimits, formsAnHour: 1 } };
  await send(desk, GOOD);

  const more = send(desk, { ...GOOD, once: 'p'.repeat(22) });

  await expect(more).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '3600' } });
  expect(desk.memory.feedback.size).toBe(1);
});

test('an address that opened as many tickets as the policy grants opens no more by feedback', async () => {
  const desk = aDesk();
  desk.policy = { ...desk.policy, webLimits: { ...desk.policy.webLimits, newTicketsAnHour: 1 } };
  await send(desk, { ...BAD, email: 'kim@shop.example' });

  const more = send(desk, { ...BAD, once: 'p'.repeat(22), email: 'kim@shop.example' });

  await expect(more).rejects.toMatchObject({ status: 429 });
  expect(desk.memory.tickets.size).toBe(1);
});

test('a program gives feedback as JSON, and is told what became of it', async () => {
  const desk = aDesk();

  const answer = await post(desk, { score: 2, text: 'Slow.', customer: { email: 'kim@shop.example', name: 'Kim' } });

  expect(answer.statusCode).toBe(201);
  expect(parsed(answer)).toEqual({
    feedback: { id: kept(desk)[0]?.id, low: true },
    ticket: { id: ticketsOf(desk)[0]?.id },
  });
});

test('the same Idempotency-Key is the same feedback, and another body under it is refused', async () => {
  const desk = aDesk();
  const key = { 'idempotency-key': 'f-1' };
  const first = await post(desk, { score: 4, text: 'Fine.' }, key);

  const again = await post(desk, { score: 4, text: 'Fine.' }, key);
  const other = post(desk, { score: 1, text: 'Not fine.' }, key);

  expect(again).toEqual(first);
  await expect(other).rejects.toMatchObject({ status: 409 });
  expect(desk.memory.feedback.size).toBe(1);
});

test.each([
  [{ score: 9, text: 'Fine.' }, ['score']],
  [{ score: 4 }, ['text']],
  [{ score: 4, text: 'Fine.', answers: { about: 'nonsense' } }, ['answers.about']],
  [{ score: 4, text: 'Fine.', answers: { colour: 'red' } }, ['answers.colour']],
  [{ score: '4', text: 'Fine.' }, ['score']],
  [{ score: 4, text: 'Fine.', mood: 'good' }, ['mood']],
  [{ score: 4, text: 'Fine.', customer: { email: 'kim@' } }, ['customer.email']],
])('%j is refused with its paths, and nothing is kept', async (body, paths) => {
  const desk = aDesk();

  const refused = post(desk, body);

  await expect(refused).rejects.toMatchObject({ status: 422, errors: paths.map((path) => ({ path })) });
  expect(desk.memory.feedback.size).toBe(0);
});

test('a page that does not exist is none', async () => {
  await expect(get(aDesk())).resolves.toMatchObject({ statusCode: 200 });
  await expect(showFeedback(aDesk())(aRequest({ route: 'GET /feedback/more' }))).rejects.toMatchObject({ status: 404 });
});
