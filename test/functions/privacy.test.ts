import { describe, expect, test } from 'vitest';
import { feedbackId } from '../../domain/feedback/feedback.ts';
import { noticeOf } from '../../domain/feedback/tell-lead.ts';
import { erasedAsk } from '../../domain/privacy/erased.ts';
import { MINUTE, SECOND } from '../../domain/support/time.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import type { Attachment } from '../../domain/ticket/message.ts';
import { claimOfLink } from '../../functions/_shared/links/claim-link.ts';
import { npsOfLink } from '../../functions/_shared/links/nps-link.ts';
import { build as eraser } from '../../functions/erase-person/handler.ts';
import { build as desktop } from '../../functions/take-privacy-request/handler.ts';
import { granted } from '../support/decisions.ts';
import { statusOf } from './refused.ts';
import { aDesk, aNewTicket, anOpenTicket, aRequest, type Desk, held, parsed } from './support.ts';

const claimsOf = (groups: string) => ({ 'cognito:username': 'lina', 'cognito:groups': groups });
const call = (desk: Desk, route: string, over: Parameters<typeof aRequest>[0], groups = '[admin]') =>
  held(route, desktop(desk)(aRequest({ route, claims: claimsOf(groups), ...over })));
const erase = async (desk: Desk, id: string) =>
  parsed(await call(desk, 'DELETE /desk/customers/{id}', { path: { id } }));
const exported = async (desk: Desk, id: string, query: Record<string, string> = {}) =>
  Object(parsed(await call(desk, 'GET /desk/customers/{id}/export', { path: { id }, query })));

/** What S3 was told to forget. */
const aBin = (fails: (key: string) => boolean = () => false) => {
  const removed: string[] = [];
  return {
    removed,
    remove: async (keys: readonly string[]) => {
      const bad = keys.find(fails);
      if (bad !== undefined) throw new Error(`S3 does not delete ${bad} now.`);
      removed.push(...keys);
    },
  };
};

const orderOf = (id: string) => ({ messageId: '1', body: JSON.stringify({ id }) });
const deliver = (desk: Desk, files: ReturnType<typeof aBin>, id: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: of a record of SQS, only these two fields are read.
  eraser({ ...desk, queue: desk.erasures, files })({ Records: [orderOf(id) as any] });

/** Delivers every order until there is none, as the queue does; says how long each had to rest. */
const run = async (desk: Desk, files: ReturnType<typeof aBin>, id: string): Promise<number[]> => {
  const rests: number[] = [];
  desk.memory.erasures.push({ id, seconds: 0 });
  for (let order = desk.memory.erasures.shift(); order !== undefined; order = desk.memory.erasures.shift()) {
    rests.push(order.seconds);
    desk.pass(order.seconds * SECOND);
    expect((await deliver(desk, files, order.id)).batchItemFailures).toEqual([]);
  }
  return rests;
};

const photo: Attachment = { name: 'kim.jpg', type: 'image/jpeg', bytes: 9, key: 'uploads/1' };

/** Kim, by mail and by phone, with two tickets: one answered, with a photo. */
const kimsDesk = async () => {
  const desk = aDesk();
  const answered = await anOpenTicket(desk, { subject: 'Kim cannot log in', attachments: [photo] });
  const ledger = await desk.tickets.ledger(answered);
  if (!ledger) throw new Error('no ticket');
  const { links, policy, clock, ids } = desk;
  const letterhead = await links.letterhead(ledger.ticket, clock.at);
  const ctx = { policy, now: clock.now(), ids };
  await desk.tickets.record(
    granted(reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Dear Kim', ...letterhead }, ctx)),
  );
  desk.pass(MINUTE);
  const phone = { kind: 'phone', value: '+4930123456' } as const;
  const byPhone = await desk.customers.byIdentity(phone, { name: 'Kim' }, desk.clock.at, desk.ids.ulid(), true);
  const fresh = await aNewTicket(desk, { customer: byPhone, channel: 'sms', subject: 'Kim again' });
  const kim = await desk.customers.find('kim@example.com');
  await desk.persons.link(kim?.id ?? '', byPhone.id, desk.clock.at);
  return { desk, id: kim?.id ?? '', answered, fresh };
};

/** What the desk still remembers of these words. */
const remembered = ({ memory }: Desk, words: RegExp): string[] =>
  Object.entries(memory).flatMap(([name, kept]) => {
    const text = JSON.stringify(kept ?? null, (_, value) => (value instanceof Map ? [...value] : value));
    return [...text.matchAll(words)].map(([word]) => `${name}: ${word}`);
  });

describe('what an admin alone may do', () => {
  test.each(['[agent]', '[lead]', '[agent lead]'])('is refused to %s', async (groups) => {
    const { desk, id } = await kimsDesk();
    const routes = [
      'DELETE /desk/customers/{id}',
      'GET /desk/customers/{id}/export',
      'GET /desk/privacy',
      'GET /desk/privacy/{id}',
    ];

    const statuses = await Promise.all(routes.map((route) => statusOf(call(desk, route, { path: { id } }, groups))));

    expect(statuses).toEqual([403, 403, 403, 403]);
    expect(desk.memory.privacy.size).toBe(0);
  });

  test('is not there for somebody nobody knows', async () => {
    const desk = aDesk();

    const statuses = await Promise.all(
      ['DELETE /desk/customers/{id}', 'GET /desk/customers/{id}/export', 'GET /desk/privacy/{id}'].map((route) =>
        statusOf(call(desk, route, { path: { id: 'nobody@example.com' } })),
      ),
    );

    expect(statuses).toEqual([404, 404, 404]);
  });
});

describe('an export', () => {
  test('holds everything of every identity, with links to files, and is kept as a request', async () => {
    const { desk, answered, fresh } = await kimsDesk();

    const told = await exported(desk, '+4930123456');

    expect(told).toMatchObject({
      careline: 'person-export',
      customer: { identities: [{ email: 'kim@example.com' }, { phone: '+4930123456' }] },
      wantsNoSurveys: false,
      feedback: [],
      parkedMails: [],
    });
    expect(told.tickets.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toEqual([fresh, answered]);
    expect(told.tickets[1].messages[0].attachments).toEqual([
      { name: 'kim.jpg', type: 'image/jpeg', bytes: 9, file: 'https://files.example.com/uploads/1' },
    ]);
    expect(told.tickets[1].mails).toMatchObject([{ content: { text: 'Dear Kim' } }]);
    expect([...desk.memory.privacy.values()]).toMatchObject([
      { kind: 'export', by: 'agent:lina', customers: [{}, {}] },
    ]);
  });

  test('goes on page by page, and what is beside the tickets stands on the first', async () => {
    const { desk, id, answered, fresh } = await kimsDesk();

    const first = await exported(desk, id, { limit: '1' });
    const next = new URL(first.next, 'https://desk.example.com').searchParams;
    const second = await exported(desk, id, Object.fromEntries(next));

    expect(first.tickets.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toEqual([fresh]);
    expect(second.tickets.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toEqual([answered]);
    expect([Object.keys(first).includes('feedback'), Object.keys(second).includes('feedback')]).toEqual([true, false]);
    expect(second.next).toBeUndefined();
  });

  test('leaves out what others wrote on a ticket', async () => {
    const { desk, id, answered } = await kimsDesk();
    const [first] = await desk.tickets.messages(answered);
    if (!first) throw new Error('no message');
    desk.memory.messages.push({ ...first, id: 'a', author: 'customer:01JSAM', text: 'I am Sam' });
    desk.memory.messages.push({ ...first, id: 'b', direction: 'note', author: 'rule:x@1', from: 'sam@example.com' });

    const told = await exported(desk, id);

    expect(JSON.stringify(told)).not.toMatch(/sam/i);
  });
});

describe('an erasure', () => {
  test('is accepted with a link to its state, and is the same one when asked again', async () => {
    const { desk, id } = await kimsDesk();

    const answer = await call(desk, 'DELETE /desk/customers/{id}', { path: { id } });
    const again = Object(await erase(desk, id));

    const { request, links } = Object(parsed(answer));
    expect(answer).toMatchObject({ statusCode: 202, headers: { location: `/desk/privacy/${request.id}` } });
    expect(links).toEqual({ request: `/desk/privacy/${request.id}` });
    expect(request).toMatchObject({ kind: 'erasure', state: 'running', by: 'agent:lina' });
    expect(request).not.toHaveProperty('identities');
    expect(again.request.id).toBe(request.id);
    expect(desk.memory.privacy.size).toBe(1);
  });

  test('leaves neither name nor address nor words, and looks again after a quarter of an hour', async () => {
    const { desk, id, answered, fresh } = await kimsDesk();
    const { request } = Object(await erase(desk, id));
    const files = aBin();

    const rests = await run(desk, files, request.id);

    const after = Object(parsed(await call(desk, 'GET /desk/privacy/{id}', { path: { id: request.id } })));
    expect(remembered(desk, /kim|\+4930|is refused/gi)).toEqual([]);
    expect(rests.filter((seconds) => seconds > 0)).toEqual([900]);
    expect(files.removed).toEqual(['uploads/1']);
    expect(after.request).toMatchObject({ state: 'done', erased: { tickets: 2, messages: 3, files: 1, mails: 1 } });
    for (const ticket of [answered, fresh])
      expect(desk.memory.tickets.get(ticket)).toMatchObject({ status: 'closed', customer: { erased: true } });
  });

  test('takes what they said of the desk without a ticket, and the mail that told of it', async () => {
    const { desk, id } = await kimsDesk();
    const said = { id: feedbackId(desk.clock.at, desk.ids.ulid()), at: desk.clock.at, text: 'Kim is unhappy.' };
    const facts = {
      kind: 'feedback' as const,
      score: 1,
      answers: { words: 'Kim is unhappy.' },
      locale: 'en',
      version: 1,
    };
    const [lead] = desk.agents;
    if (!lead) throw new Error('no team');
    const mails = [noticeOf(said, 'very bad', lead, 'desk.example.com')];
    await desk.feedbacks.keep({ after: { ...said, ...facts, customerId: id }, mails });
    const { request } = Object(await erase(desk, id));

    await run(desk, aBin(), request.id);

    expect(remembered(desk, /unhappy/gi)).toEqual([]);
    expect([...desk.memory.feedback.values()]).toMatchObject([{ score: 1, customerId: id }]);
  });

  test('takes what came while it was under way, at the second look', async () => {
    const { desk, id } = await kimsDesk();
    const kim = await desk.customers.find(id);
    if (!kim) throw new Error('nobody');
    const { request } = Object(await erase(desk, id));
    const files = aBin();
    await run({ ...desk, erasures: { put: async () => {} } }, files, request.id);
    for (let parts = 0; parts < 3; parts += 1)
      await deliver({ ...desk, erasures: { put: async () => {} } }, files, request.id);
    const { since, provenAt, linkedTo, links, ...late } = kim;

    const ticket = await aNewTicket(desk, { customer: late, subject: 'Kim was under way' });
    await run(desk, files, request.id);

    expect(desk.memory.tickets.get(ticket)).toMatchObject({
      status: 'closed',
      subject: '',
      customer: { erased: true },
    });
    expect((await desk.tickets.messages(ticket)).map(({ text }) => text)).toEqual(['']);
  });

  test('goes on after a part that broke, and a part that is done twice erases nothing twice', async () => {
    const { desk, id } = await kimsDesk();
    const { request } = Object(await erase(desk, id));
    await deliver(desk, aBin(), request.id);

    const broken = await deliver(
      desk,
      aBin(() => true),
      request.id,
    );
    const [once, twice] = await Promise.all([deliver(desk, aBin(), request.id), deliver(desk, aBin(), request.id)]);
    await run(desk, aBin(), request.id);

    expect(broken.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect([once, twice]).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    expect(desk.memory.privacy.get(request.id)).toMatchObject({ state: 'done' });
    expect(desk.memory.events.filter(({ type }) => type === 'erased')).toHaveLength(2);
    expect(remembered(desk, /kim/gi)).toEqual([]);
  });

  test('takes the words of the person from a ticket that theirs became a part of, and leaves the others’', async () => {
    const { desk, id, answered } = await kimsDesk();
    const sams = await anOpenTicket(desk, {
      customer: await desk.customers.byAddress('sam@example.com', {}, desk.clock.at, desk.ids.ulid()),
      text: 'I am Sam.',
    });
    const [first] = await desk.tickets.messages(answered);
    const [event] = desk.memory.events.filter(({ ticketId }) => ticketId === answered);
    if (!first || !event) throw new Error('nothing there');
    desk.memory.messages.push({ ...first, id: 'moved', ticketId: sams });
    const { clocks, mails, ...facts } = event;
    desk.memory.events.push({ ...facts, type: 'message-moved', id: 'moved', message: 'moved', to: sams });
    const { request } = Object(await erase(desk, id));

    await run(desk, aBin(), request.id);

    expect((await desk.tickets.messages(sams)).map(({ text }) => text)).toEqual(['I am Sam.', '']);
    expect(desk.memory.tickets.get(sams)).toMatchObject({ status: 'open' });
  });

  test('of nobody is an order that comes back', async () => {
    const desk = aDesk();

    const { batchItemFailures } = await deliver(desk, aBin(), 'nobody');

    expect(batchItemFailures).toHaveLength(1);
  });
});

describe('a link that was given before', () => {
  const tokenIn = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

  test('confirms no identity of somebody who is erased', async () => {
    const desk = aDesk();
    const ticket = await aNewTicket(desk);
    const kim = await desk.customers.find('kim@example.com');
    const sam = await desk.customers.byAddress('sam@example.com', {}, desk.clock.at, desk.ids.ulid());
    const claim = { source: kim?.id ?? '', claimed: sam.id, last: true };
    const token = tokenIn(await desk.links.claim(ticket, claim, sam.id, desk.clock.at));
    const opened = await claimOfLink(aRequest({ path: { token } }), desk);
    await erase(desk, 'kim@example.com');

    const after = await statusOf(claimOfLink(aRequest({ path: { token } }), desk));

    expect(opened.asked.id).toBe(sam.id);
    expect(after).toBe(410);
  });

  test('takes no answer whether they recommend the desk', async () => {
    const { desk, id } = await kimsDesk();
    const kim = await desk.customers.find(id);
    if (!kim) throw new Error('nobody');
    const person = '01J0000000000000000000000Z';
    const about = { person, day: '2026-11-23' };
    const expiresAt = '2026-12-23T08:00:00.000Z';
    const survey = desk.surveys.of('nps');
    const ask = {
      ...about,
      at: desk.clock.at,
      version: 1,
      status: 'asked' as const,
      survey: `${survey.id}@${survey.version}`,
      customer: { ...kim, id: person },
      expiresAt,
      mail: 'nps#1',
    };
    await desk.npsAsks.keep({ ask });
    const links = await desk.links.nps(about, expiresAt, desk.clock.at);
    const token = tokenIn(links.survey);
    const opened = await npsOfLink(token, desk);
    const after = erasedAsk(ask, survey);
    if (after) await desk.data.replaceAsk(ask, after);

    const refused = await statusOf(npsOfLink(token, desk));

    expect(opened.ask.survey).toBe(ask.survey);
    expect(refused).toBe(410);
  });
});

test('requests are listed, the newest first', async () => {
  const { desk, id } = await kimsDesk();
  await exported(desk, id);
  desk.pass(MINUTE);
  await erase(desk, id);

  const { requests } = Object(parsed(await call(desk, 'GET /desk/privacy', {})));

  expect(requests).toMatchObject([{ kind: 'erasure' }, { kind: 'export' }]);
  expect(JSON.stringify(requests)).not.toMatch(/kim|identities/);
});
