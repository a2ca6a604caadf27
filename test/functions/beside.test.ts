import { expect, test } from 'vitest';
import type { Message } from '../../domain/ticket/message.ts';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { fileMeant } from '../../functions/show-attachment/file-meant.ts';
import { build as showAttachment } from '../../functions/show-attachment/handler.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, parsed } from './support.ts';

const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const get = (desk: Desk, route: string, path: Record<string, string>, query?: Record<string, string>) =>
  held(route, build(desk)(aRequest({ claims: ada, route, path, ...(query && { query }) })));
const statusOf = async (answer: Promise<unknown>) =>
  answer.then(
    () => 200,
    (error: unknown) => problemOf(error).status,
  );

test('beside a ticket stands what helps to answer it', async () => {
  const desk = aDesk();
  await anOpenTicket(desk, { subject: 'Where is my parcel?', text: 'It is late.' });
  desk.pass(1000);
  const report = { context: { browser: 'Firefox 140' } };
  const id = await anOpenTicket(desk, { subject: 'I cannot sign in', text: 'I forgot my password.', report });

  const shown = parsed(await get(desk, 'GET /desk/tickets/{id}/beside', { id }));

  expect(shown).toMatchObject({
    customer: {
      type: 'standard',
      locale: 'en',
      history: [{ subject: 'Where is my parcel?', status: 'open' }],
      ratings: { n: 0 },
    },
    context: { browser: 'Firefox 140' },
    checklist: { id: 'password-reset', title: 'Password reset', steps: expect.any(Array), reason: expect.any(String) },
    nextStep: { step: 'analyse' },
    channel: { by: 'mail', rule: 'channel.simple', reason: expect.any(String) },
    articles: expect.arrayContaining([expect.objectContaining({ slug: 'reset-your-password' })]),
    solvedBefore: [],
  });
  expect((shown as { templates: unknown[] }).templates[0]).toMatchObject({
    name: 'password-reset',
    fits: true,
    url: `/desk/tickets/${id}/templates/password-reset`,
  });
});

test("a template is filled for the ticket, in the customer's language or the one asked for", async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  const text = async (query?: Record<string, string>) => {
    const answer = await get(desk, 'GET /desk/tickets/{id}/templates/{name}', { id, name: 'failed-payment' }, query);
    return (parsed(answer) as { template: { text: string } }).template.text;
  };

  expect(await text()).toMatch(
    new RegExp(`^Hello Kim,[\\s\\S]*by Tuesday, 24 November 2026[\\s\\S]*${id}[\\s\\S]*Example Support`),
  );
  expect(await text({ locale: 'de' })).toMatch(/^Guten Tag Kim,/);
  expect(await text({ locale: 'fa' })).toMatch(/^Kim گرامی/);
  expect(await text()).not.toMatch(/[{}]/);
});

test.each([
  ['GET /desk/tickets/{id}/beside', { id: 'T-999999' }, 404],
  ['GET /desk/tickets/{id}/templates/{name}', { name: 'nothing' }, 404],
  ['GET /desk/tickets/{id}/templates/{name}', { name: '__proto__' }, 404],
])('%s with %j answers %i', async (route, path, status) => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);

  expect(await statusOf(get(desk, route, { id, ...path }))).toBe(status);
});

test('says where the mail as it came and the whole of a long text can be had', async () => {
  const desk = aDesk();
  const id = await anOpenTicket(desk, { raw: 'in/mail-1', whole: 'attachments/whole-1' });
  const [message] = await desk.tickets.messages(id);

  const shown = parsed(await get(desk, 'GET /desk/tickets/{id}', { id }));

  expect(shown).toMatchObject({
    messages: [
      {
        raw: `/desk/tickets/${id}/messages/${message?.id}/raw`,
        whole: `/desk/tickets/${id}/messages/${message?.id}/whole`,
      },
    ],
    links: { beside: `/desk/tickets/${id}/beside` },
  });
});

test.each([
  ['raw', 'in/mail-1', 'eml'],
  ['whole', 'attachments/whole-1', 'txt'],
])('the %s of a message is handed to the team alone', async (what, key, ending) => {
  const desk = aDesk();
  const id = await anOpenTicket(desk, { raw: 'in/mail-1', whole: 'attachments/whole-1' });
  const [message] = await desk.tickets.messages(id);
  const route = `GET /desk/tickets/{id}/messages/{message}/${what}`;
  const show = showAttachment(desk);
  const path = { id, message: message?.id ?? '' };

  expect(await show(aRequest({ claims: ada, route, path }))).toMatchObject({
    statusCode: 302,
    headers: { location: `https://files.example.com/${key}` },
  });
  expect(await statusOf(show(aRequest({ route, path })))).toBe(403);
  expect(await statusOf(show(aRequest({ claims: ada, route, path: { id, message: 'nothing' } })))).toBe(404);
  expect(fileMeant({ ...aMessageOf(message), [what]: undefined }, { routeKey: route })).toBeUndefined();
  expect(fileMeant(aMessageOf(message), { routeKey: route })?.disposition).toContain(`.${ending}`);
});

const aMessageOf = (message: Message | undefined): Message => {
  if (!message) throw new Error('The ticket has no message.');
  return message;
};
