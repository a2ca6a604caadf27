import { describe, expect, test } from 'vitest';
import { type Feedback, feedbackId } from '../../domain/feedback/feedback.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { aDesk, anOpenTicket, aRequest, type Desk, held, MONDAY_AT_9, parsed } from './support.ts';

const ada = { username: 'ada', 'cognito:groups': '[agent]' };
const lead = { username: 'nora', 'cognito:groups': '[lead]' };

const call = (desk: Desk, route: string, over: Parameters<typeof aRequest>[0] = {}) =>
  held(route, build(desk)(aRequest({ claims: lead, route, ...over })));
const list = async (desk: Desk, query: Record<string, string> = {}, claims = lead) =>
  parsed(await call(desk, 'GET /desk/feedback', { query, claims }));
const openFor = (desk: Desk, id: string, claims = lead) =>
  call(desk, 'POST /desk/feedback/{id}/ticket', { path: { id }, claims });

const given = async (desk: Desk, over: Partial<Feedback> = {}): Promise<Feedback> => {
  const at = over.at ?? MONDAY_AT_9;
  const after: Feedback = {
    id: feedbackId(at, desk.ids.ulid()),
    at,
    kind: 'feedback',
    survey: 'feedback@1',
    score: 4,
    scale: 'four-point',
    label: 'excellent',
    low: false,
    answers: { comment: '=2+2 "kind"' },
    text: '=2+2 "kind"',
    locale: 'de',
    version: 1,
    ...over,
  };
  await desk.feedbacks.keep({ after });
  return after;
};

describe('the list of feedback', () => {
  test('has what was said in the period, newest first, by kind and page by page', async () => {
    const desk = aDesk();
    const old = await given(desk, { at: plus(MONDAY_AT_9, -30 * DAY) });
    const first = await given(desk, { at: plus(MONDAY_AT_9, -DAY) });
    const second = await given(desk, { kind: 'nps', ticketId: 'T-000009' });

    const page = await list(desk, { limit: '1' });

    expect(page).toEqual({
      feedback: [expect.objectContaining({ id: second.id, ticket: 'T-000009' })],
      next: second.id,
    });
    expect(await list(desk, { limit: '1', next: second.id })).toEqual({
      feedback: [{ ...first, version: undefined }].map(({ version, ...shown }) => shown),
    });
    expect(await list(desk, { kind: 'nps' })).toMatchObject({ feedback: [{ id: second.id }] });
    expect(await list(desk, { from: '2026-10-01', to: '2026-10-31' })).toMatchObject({ feedback: [{ id: old.id }] });
  });

  test('shows an agent what was said on tickets they worked on, and no more', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    const ticket = desk.memory.tickets.get(ticketId);
    if (ticket?.status !== 'open') throw new Error('The ticket is not open.');
    desk.memory.tickets.set(ticketId, { ...ticket, assignee: 'ada' });
    const own = await given(desk, { kind: 'suggestion', ticketId });
    await given(desk, { ticketId: 'T-999999' });
    await given(desk);

    expect(await list(desk, {}, ada)).toMatchObject({ feedback: [{ id: own.id }] });
    expect(await list(desk, {}, { ...ada, username: 'ben' })).toEqual({ feedback: [] });
    await expect(call(desk, 'GET /desk/feedback.csv', { claims: ada })).rejects.toMatchObject({ status: 403 });
  });

  test('is a file for a spreadsheet, in which no words become a formula', async () => {
    const desk = aDesk();
    const { id } = await given(desk);
    await given(desk, { kind: 'nps' });

    const sheet = await call(desk, 'GET /desk/feedback.csv', { query: { kind: 'feedback' } });

    expect(sheet.headers?.['content-type']).toContain('text/csv');
    expect(sheet.body?.split('\r\n')).toEqual([
      'id,at,kind,survey,score,label,low,words,language,ticket',
      `${id},${MONDAY_AT_9},feedback,feedback@1,4,excellent,no,"'=2+2 ""kind""",de,`,
      '',
    ]);
  });

  test.each([
    [{ kind: 'praise' }, 'kind'],
    [{ next: 'x' }, 'next'],
    [{ limit: '101' }, 'limit'],
    [{ from: '2026-11-24', to: '2026-11-20' }, 'from'],
    [{ group: 'frontline' }, 'group'],
  ])('refuses %j', async (query, path) => {
    await expect(list(aDesk(), query)).rejects.toMatchObject({ status: 422, errors: [{ path }] });
  });
});

describe('a ticket of feedback', () => {
  const aGiver = async (desk: Desk) =>
    desk.customers.byAddress('kim@shop.example', { name: 'Kim' }, MONDAY_AT_9, desk.ids.ulid());

  test('is opened for whoever can be answered, without an automatic mail, and said where it came from', async () => {
    const desk = aDesk();
    const { id } = await given(desk, { customerId: (await aGiver(desk)).id });

    const answer = await openFor(desk, id);

    const [ticket] = [...desk.memory.tickets.values()];
    expect(answer.statusCode).toBe(201);
    expect(parsed(answer)).toEqual({ ticket: { id: ticket?.id } });
    expect(ticket).toMatchObject({ customer: { email: 'kim@shop.example', locale: 'de' }, channel: 'web' });
    expect(ticket?.customer).not.toHaveProperty('since');
    expect(desk.memory.messages[0]?.text).toBe('=2+2 "kind"');
    expect(desk.memory.events).toMatchObject([
      { type: 'opened', noReceipt: true },
      { type: 'feedback-given', feedback: id, low: false, by: 'agent:nora' },
    ]);
    expect(desk.memory.feedback.get(id)).toMatchObject({ ticketId: ticket?.id, version: 2 });
  });

  test('is one, however many make it', async () => {
    const desk = aDesk();
    const { id } = await given(desk, { customerId: (await aGiver(desk)).id });

    const both = await Promise.allSettled([openFor(desk, id), openFor(desk, id)]);

    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409 } });
    await expect(openFor(desk, id)).rejects.toMatchObject({ status: 409 });
    expect(desk.memory.tickets.size).toBe(1);
  });

  test('is for leads and admins, and needs an address', async () => {
    const desk = aDesk();
    const unknown = await given(desk);
    const known = await given(desk, { customerId: (await aGiver(desk)).id });

    await expect(openFor(desk, known.id, ada)).rejects.toMatchObject({ status: 403 });
    await expect(openFor(desk, unknown.id)).rejects.toMatchObject({ status: 422 });
    await expect(openFor(desk, '2026-11-23.01J00000000000000000000099')).rejects.toMatchObject({ status: 404 });
    await expect(openFor(desk, 'x')).rejects.toMatchObject({ status: 404 });
    expect(desk.memory.tickets.size).toBe(0);
  });
});
