import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { feedbackId } from '../../domain/feedback/feedback.ts';
import { build as chooseContact } from '../../functions/choose-contact/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as deskApi } from '../../functions/desk-api/handler.ts';
import { build as offerUpload } from '../../functions/offer-upload/handler.ts';
import { build as openParked } from '../../functions/open-parked/handler.ts';
import { build as rateReply } from '../../functions/rate-reply/handler.ts';
import { build as receiveAnswer } from '../../functions/receive-answer/handler.ts';
import { build as receiveCall } from '../../functions/receive-call/handler.ts';
import { build as receiveChat } from '../../functions/receive-chat/handler.ts';
import { build as receiveFeedback } from '../../functions/receive-feedback/handler.ts';
import { build as receiveMention } from '../../functions/receive-mention/handler.ts';
import { build as receiveText } from '../../functions/receive-text/handler.ts';
import { build as receiveTicket } from '../../functions/receive-ticket/handler.ts';
import { build as receiveUpload } from '../../functions/receive-upload/handler.ts';
import { build as reopenTicket } from '../../functions/reopen-ticket/handler.ts';
import { describedRoutes, openApiDocument } from '../../functions/show-contract/document.ts';
import { build as showContract } from '../../functions/show-contract/handler.ts';
import { build as showKnowledge } from '../../functions/show-knowledge/handler.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { build as privacyDesk } from '../../functions/take-privacy-request/handler.ts';
import { aChannelDesk, aPost } from '../support/channel-posts.ts';
import { act } from './acting.ts';
import { deliver } from './mail-in.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, MONDAY_AT_9 } from './support.ts';

type Answer = Promise<APIGatewayProxyStructuredResultV2>;
type Over = Parameters<typeof aRequest>[0];

const claims = { username: 'lina', 'cognito:groups': '[lead admin]' };
/** What an agent does to a ticket is held to its description wherever a test does it: see ./acting.ts. */
const isAct = (route: string): boolean => /^POST \/desk\/tickets\/\{id\}\//.test(route);

/** All other answers in JSON that the description tells of: each route with each status. */
const described = Object.entries(describedRoutes).flatMap(([route, { answers }]) =>
  Object.entries(answers).flatMap(([status, { json }]) => (json && !isAct(route) ? [`${route} ${status}`] : [])),
);

const onPages = <D extends Desk>(desk: D) => ({ ...desk, agents: new Map([['ada', 'Ada Brandt']]) });

/** A ticket that Ada has answered: its link, and the id of her reply. */
const answered = async (then: 'pending' | 'resolved' = 'pending') => {
  const desk = aDesk();
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Try again now.', then });
  const ticket = desk.memory.tickets.get(id) ?? expect.fail();
  const token = (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';
  return { desk, id, token, message: desk.memory.messages.at(-1)?.id ?? '' };
};

const byLink = async (
  build: (desk: ReturnType<typeof onPages>) => (event: APIGatewayProxyEventV2) => Answer,
  over: (of: { message: string }) => Over,
  then?: 'resolved',
) => {
  const { desk, token, message } = await answered(then);
  return build(onPages(desk))(
    aRequest({ path: { token }, headers: { accept: 'application/json' }, ...over({ message }) }),
  );
};

const byTeam = (route: string, over: Over = {}) => deskApi(aDesk())(aRequest({ claims, route, ...over }));

const onTicket = async (route: string, over: Over = {}) => {
  const { desk, id } = await answered();
  return deskApi(desk)(aRequest({ claims, route, path: { id, name: 'closing' }, ...over }));
};

const ofCustomer = async (route: string) => {
  const { desk } = await answered();
  return privacyDesk(desk)(aRequest({ claims, route, path: { id: 'kim@example.com' } }));
};

const afterErasing = async (route: string) => {
  const { desk } = await answered();
  const begun = await privacyDesk(desk)(
    aRequest({ claims, route: 'DELETE /desk/customers/{id}', path: { id: 'kim@example.com' } }),
  );
  return privacyDesk(desk)(aRequest({ claims, route, path: { id: JSON.parse(begun.body ?? '').request.id } }));
};

const parked = async (times: number) => {
  const desk = aDesk();
  const store = await deliver(desk, { subject: 'Away', headers: ['Auto-Submitted: auto-replied'] });
  const [id = ''] = [...desk.memory.parked.keys()];
  const open = () => openParked({ ...desk, store })(aRequest({ path: { id }, claims }));
  for (let before = 1; before < times; before += 1) await open();
  return times === 0 ? deskApi(desk)(aRequest({ claims, route: 'GET /desk/parked' })) : open();
};

const linked = async () => {
  const desk = aDesk();
  await anOpenTicket(desk);
  const { ids, clock } = desk;
  const known = await desk.customers.byAddress('kim@example.com', {}, clock.now(), ids.ulid());
  const other = await desk.customers.byAddress('kim@home.example', {}, clock.now(), ids.ulid());
  await desk.persons.link(known.id, other.id, clock.now());
  return deskApi(desk)(
    aRequest({
      claims,
      route: 'POST /desk/customers/{id}/unlink',
      path: { id: known.id },
      body: { identity: 'kim@home.example' },
    }),
  );
};

const withFeedback = async (route: string) => {
  const desk = aDesk();
  const { ids, clock } = desk;
  const { id: customerId } = await desk.customers.byAddress('kim@example.com', {}, clock.now(), ids.ulid());
  const id = feedbackId(MONDAY_AT_9, ids.ulid());
  const said = { survey: 'feedback@1', score: 1, scale: 'four-point', label: 'bad', low: true, answers: {} };
  const given = { id, at: MONDAY_AT_9, kind: 'feedback' as const, ...said, text: 'Slow.', locale: 'en', version: 1 };
  await desk.feedbacks.keep({ after: { ...given, customerId } });
  return deskApi(desk)(aRequest({ claims, route, path: { id } }));
};

const byChannel = (
  build: (desk: ReturnType<typeof aChannelDesk>) => (event: APIGatewayProxyEventV2) => Answer,
  body: (desk: Desk) => object,
) => {
  const desk = aChannelDesk();
  return build(desk)(aPost(desk, body(desk)));
};

const at = '2026-11-23T07:55:00Z';
const aText = { messageId: 'm-1', from: '+4930123456', at };
const KEY = 'i'.repeat(22);
const uploads = {
  form: async () => ({ url: 'https://bucket.example.com/', fields: { key: 'k' } }),
  look: async (key: string) => ({
    key,
    name: 'a.png',
    bytes: 16,
    at: MONDAY_AT_9,
    head: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  }),
  keep: async () => true,
};
const fileDesk = () => ({ ...aDesk(), uploads, publicUrl: 'https://desk.example.com', newKey: () => KEY });
const post = { subject: 'S', body: 'B', customer: { email: 'kim@example.com' } };

/** How each comes about. */
const asked: Record<string, () => Answer> = {
  'GET /openapi.json 200': () => showContract(openApiDocument())({ headers: {} }),
  'POST /tickets 201': () => receiveTicket(aDesk())(aRequest({ body: post })),
  'POST /uploads 201': () =>
    offerUpload(fileDesk())(aRequest({ route: 'POST /uploads', body: { name: 'a.png', bytes: 16 } })),
  'POST /uploads/{id}/done 200': () => receiveUpload(fileDesk())(aRequest({ path: { id: KEY } })),
  'GET /t/{token} 200': () => byLink(showTicket, () => ({})),
  'POST /t/{token}/messages 201': () => byLink(receiveAnswer, () => ({ body: { body: 'Still.' } })),
  'POST /t/{token}/reopen 200': () => byLink(reopenTicket, () => ({ body: {} }), 'resolved'),
  'POST /t/{token}/ratings 200': () => byLink(rateReply, ({ message }) => ({ body: { message, score: 4 } })),
  'POST /t/{token}/contact 200': () =>
    byLink(chooseContact, () => ({ body: { contactBy: 'sms', phone: '+4915112345678' } })),
  'GET /kb/suggest 200': () =>
    showKnowledge(aDesk())(aRequest({ route: 'GET /kb/suggest', query: { q: 'card refused' } })),
  'POST /feedback 201': () =>
    receiveFeedback(aDesk())(
      aRequest({ route: 'POST /feedback', body: { score: 1, text: 'Slow.', customer: { email: 'kim@example.com' } } }),
    ),
  'POST /channels/chat 201': () =>
    byChannel(receiveChat, () => ({
      conversationId: 'c-1',
      customer: { email: 'kim@example.com', name: 'Kim' },
      transcript: [{ at, author: 'customer', name: 'Kim', text: 'It fails.' }],
    })),
  'POST /channels/social 201': () =>
    byChannel(receiveMention, () => ({
      network: 'mastodon',
      handle: '@kim@social.example',
      url: 'https://social.example/@kim/1',
      text: 'It fails.',
      at,
    })),
  'POST /channels/phone 201': () =>
    byChannel(receiveCall, ({ agents: [agent] }) => ({
      callId: 'p-1',
      startedAt: at,
      seconds: 60,
      agent: agent?.id,
      customer: { phone: '+49 30 901820' },
      summary: 'It fails.',
      outcome: 'open',
    })),
  'POST /channels/sms 200': () => byChannel(receiveText, () => ({ ...aText, text: 'STOP' })),
  'POST /channels/sms 201': () => byChannel(receiveText, () => ({ ...aText, text: 'It fails.' })),
  'GET /desk/queue 200': () => onTicket('GET /desk/queue', { query: { group: 'frontline' } }),
  'GET /desk/tickets 200': () => onTicket('GET /desk/tickets', { query: { customer: 'kim@example.com' } }),
  'GET /desk/tickets/{id} 200': () => onTicket('GET /desk/tickets/{id}'),
  'GET /desk/tickets/{id}/beside 200': () => onTicket('GET /desk/tickets/{id}/beside'),
  'GET /desk/tickets/{id}/explain 200': () => onTicket('GET /desk/tickets/{id}/explain'),
  'GET /desk/tickets/{id}/export 200': () => onTicket('GET /desk/tickets/{id}/export'),
  'GET /desk/tickets/{id}/templates/{name} 200': () => onTicket('GET /desk/tickets/{id}/templates/{name}'),
  'GET /desk/customers/{id} 200': () => onTicket('GET /desk/customers/{id}', { path: { id: 'kim@example.com' } }),
  'POST /desk/customers/{id}/unlink 200': linked,
  'DELETE /desk/customers/{id} 202': () => ofCustomer('DELETE /desk/customers/{id}'),
  'GET /desk/customers/{id}/export 200': () => ofCustomer('GET /desk/customers/{id}/export'),
  'GET /desk/privacy 200': () => afterErasing('GET /desk/privacy'),
  'GET /desk/privacy/{id} 200': () => afterErasing('GET /desk/privacy/{id}'),
  'GET /desk/knowledge 200': () => byTeam('GET /desk/knowledge'),
  'GET /desk/feedback 200': () => withFeedback('GET /desk/feedback'),
  'POST /desk/feedback/{id}/ticket 201': () => withFeedback('POST /desk/feedback/{id}/ticket'),
  'GET /desk/parked 200': () => parked(0),
  'POST /desk/parked/{id}/open 201': () => parked(1),
  'POST /desk/parked/{id}/open 200': () => parked(2),
  'GET /desk/reports/agents 200': () => byTeam('GET /desk/reports/agents'),
  'GET /desk/reports/recovery 200': () => byTeam('GET /desk/reports/recovery'),
  'GET /desk/reports/surveys 200': () => byTeam('GET /desk/reports/surveys'),
  'GET /desk/reports/sla 200': () => byTeam('GET /desk/reports/sla'),
  'GET /desk/team 200': () => byTeam('GET /desk/team'),
  'POST /desk/team/{id}/away 200': () => byTeam('POST /desk/team/{id}/away', { path: { id: 'ada' } }),
  'POST /desk/team/{id}/back 200': () => byTeam('POST /desk/team/{id}/back', { path: { id: 'ada' } }),
};

test('every answer in JSON that is described is held to its description here', () => {
  expect(Object.keys(asked).sort()).toEqual(described.sort());
});

test.each(Object.entries(asked))('%s is as it is described', async (key, ask) => {
  const [method, path, status] = key.split(' ');

  const answer = await held(`${method} ${path}`, ask());

  expect(answer.statusCode).toBe(Number(status));
  expect(answer.headers?.['content-type']).toContain('application/json');
});
