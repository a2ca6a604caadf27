import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { signCapability } from '../../domain/contact/capability.ts';
import { dueDay } from '../../domain/feedback/own-day.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import { build as askForNps } from '../../functions/ask-for-nps/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as receiveFeedback } from '../../functions/receive-feedback/handler.ts';
import { build as showFeedback } from '../../functions/show-feedback/handler.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest, MONDAY_AT_9 } from './support.ts';

/** A desk on which nobody is left out by lot, unless told so. */
const anAskingDesk = (skip?: 'not-sampled' | 'held-out') => {
  const desk = aDesk();
  const { surveys, memory } = desk;
  return {
    ...desk,
    deskName: 'Desk',
    surveys: {
      ...surveys,
      choose: () => ({ definition: surveys.of('nps'), ...(skip && { skip }) }),
    },
    /** What is kept for reports is what happened. */
    eventFacts: {
      between: async (from: string, to: string, types: readonly string[]) =>
        memory.events
          .filter(({ at, type }) => at >= from && at < to && types.includes(type))
          .map((event) => ({ event, about: {} })),
    },
  };
};
type Desk = ReturnType<typeof anAskingDesk>;

const aSolvedTicket = async (desk: Desk, customer: Requester): Promise<string> => {
  const ticketId = await anOpenTicket(desk, { customer });
  await act(desk, acts.resolve, ticketId, { cause: 'A typo.', solution: 'Spelt right.' });
  return ticketId;
};

/** A customer who wrote a minute ago, and has their answer, on a day that is their own, at nine in the morning in Berlin. */
const aWriter = async (desk: Desk, over: { email?: string; timeZone?: string } = {}) => {
  const email = over.email ?? 'kim@shop.example';
  const seen = { name: 'Kim', locale: 'de', timeZone: over.timeZone ?? 'Europe/Berlin' };
  const customer = await desk.customers.byAddress(email, seen, MONDAY_AT_9, desk.ids.ulid());
  const { every } = desk.policy.nps;
  let days = 0;
  while (dueDay(customer.id, plus(MONDAY_AT_9, days * DAY), every) !== plus(MONDAY_AT_9, days * DAY).slice(0, 10))
    days += 1;
  desk.clock.at = plus(MONDAY_AT_9, days * DAY - 60_000);
  const ticketId = await aSolvedTicket(desk, { ...customer, email });
  desk.clock.at = plus(MONDAY_AT_9, days * DAY);
  return { customer, ticketId };
};
const asks = (desk: Desk) => [...desk.memory.npsAsks.values()];
const mailOf = (desk: Desk) => [...desk.memory.mails.values()][0] ?? expect.fail('no mail');
const tokenIn = (desk: Desk): string => {
  const { content } = mailOf(desk);
  return (content.template === 'nps' ? content.link : '').split('/').at(-1) ?? '';
};
const asPage = { accept: 'text/html' };
const show = (desk: Desk, token: string, query: Record<string, string> = {}) =>
  showFeedback(desk)({ ...aRequest({ route: 'GET /feedback/{token}', path: { token }, query }), headers: asPage });
const answer = (desk: Desk, token: string, fields: Record<string, string>, accept = 'text/html') => {
  const event: APIGatewayProxyEventV2 = {
    ...aRequest({ route: 'POST /feedback/{token}', path: { token } }),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
    body: new URLSearchParams(fields).toString(),
  };
  return receiveFeedback(desk)(event);
};
const anAsked = async () => {
  const desk = anAskingDesk();
  await aWriter(desk);
  await askForNps(desk)();
  return { desk, token: tokenIn(desk) };
};

describe('who is asked', () => {
  test('whoever wrote lately is asked on their own day, once, however often it is looked', async () => {
    const desk = anAskingDesk();
    const { customer } = await aWriter(desk);

    const first = await askForNps(desk)();
    desk.pass(3 * HOUR);
    const again = await askForNps(desk)();

    expect([first, again]).toEqual([{ asked: 1 }, { done: 1 }]);
    expect(desk.memory.mails.size).toBe(1);
    expect(mailOf(desk)).toMatchObject({ to: { email: 'kim@shop.example' }, locale: 'de', pace: 'patient' });
    expect(mailOf(desk).content).toMatchObject({ unsubscribe: expect.stringContaining('/u/') });
    expect(desk.memory.contacts.get(customer.id)?.asks).toMatchObject([{ kind: 'nps' }]);
  });

  test('two looks at once ask once', async () => {
    const desk = anAskingDesk();
    await aWriter(desk);

    await Promise.all([askForNps(desk)(), askForNps(desk)()]);

    expect(asks(desk)).toHaveLength(1);
    expect(desk.memory.mails.size).toBe(1);
  });

  test('who waits for an answer is not asked; who gets it within the days that make up for theirs, is', async () => {
    const desk = anAskingDesk();
    const { customer, ticketId } = await aWriter(desk);
    await act(desk, acts.reopen, ticketId);

    const waiting = await askForNps(desk)();
    desk.pass(DAY);
    await act(desk, acts.resolve, ticketId, { cause: 'A typo.', solution: 'Spelt right.' });
    const solved = await askForNps(desk)();

    expect([waiting, solved]).toEqual([{ waiting: 1 }, { asked: 1 }]);
    expect(desk.memory.contacts.get(customer.id)?.asks).toHaveLength(1);
  });

  test('nobody is asked at night: the next look of the day asks', async () => {
    const desk = anAskingDesk();
    await aWriter(desk, { timeZone: 'America/Los_Angeles' });

    const night = await askForNps(desk)();
    desk.pass(9 * HOUR);
    const morning = await askForNps(desk)();

    expect([night, morning]).toEqual([{ night: 1 }, { asked: 1 }]);
  });

  test('a day on which nobody looked is made up for, and one too long ago is not', async () => {
    const [late, tooLate] = [anAskingDesk(), anAskingDesk()];
    for (const desk of [late, tooLate]) await aWriter(desk);
    late.pass(2 * DAY);
    tooLate.pass(3 * DAY);

    expect(await askForNps(late)()).toEqual({ asked: 1 });
    expect(await askForNps(tooLate)()).toEqual({});
  });

  test('who wrote longer ago than the policy says is not asked', async () => {
    const desk = anAskingDesk();
    await aWriter(desk);
    desk.policy = { ...desk.policy, nps: { ...desk.policy.nps, writtenWithin: 'PT0H' } };

    expect(await askForNps(desk)()).toEqual({});
  });

  test('a person is asked once in a period, and again in the next', async () => {
    const { desk } = await anAsked();
    const period = 90 * DAY;

    const soon = { ...desk, policy: { ...desk.policy, nps: { ...desk.policy.nps, every: 'PT24H' } } };
    soon.clock.at = plus(desk.clock.at, DAY);
    const daily = await askForNps({ ...soon, npsAsks: { ...soon.npsAsks, lastAsked: async () => desk.clock.at } })();
    desk.clock.at = plus(desk.clock.at, period - DAY);
    await aSolvedTicket(desk, {
      id: '01J00000000000000000000001',
      email: 'kim@shop.example',
      locale: 'de',
      type: 'standard',
    });
    desk.pass(60_000);
    const next = await askForNps(desk)();

    expect(Object.keys(daily)).not.toContain('asked');
    expect(next).toEqual({ asked: 1 });
  });

  test.each(['not-sampled', 'held-out'] as const)('who is left out by lot is written down once: %s', async (skip) => {
    const desk = anAskingDesk(skip);
    await aWriter(desk);

    await askForNps(desk)();
    await askForNps(desk)();

    expect(asks(desk)).toEqual([expect.objectContaining({ status: 'skipped', why: skip })]);
    expect(desk.memory.mails.size).toBe(0);
    expect(desk.counted.filter((name) => name === 'NpsSkipped')).toHaveLength(1);
  });

  test('who opted out, and whose address takes no mail, is passed over', async () => {
    const [out, dead] = [anAskingDesk(), anAskingDesk()];
    const { customer } = await aWriter(out);
    await out.optOuts.add(customer.id, MONDAY_AT_9);
    await aWriter(dead);
    await dead.suppressions.add('kim@shop.example', 'bounce', MONDAY_AT_9);

    expect(await askForNps(out)()).toEqual({ 'skipped: opted-out': 1 });
    expect(await askForNps(dead)()).toEqual({ 'skipped: address-suppressed': 1 });
  });
});

describe('the page behind the link', () => {
  test('asks in the language of the mail, chooses what was clicked, and records nothing', async () => {
    const { desk, token } = await anAsked();

    const page = await show(desk, token, { r: '9' });

    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<html lang="de"');
    expect(page.body).toContain(`action="/feedback/${token}"`);
    expect(page.body).toMatch(/value="9"[^>]* checked/);
    expect(desk.memory.feedback.size).toBe(0);
    expect(asks(desk)[0]?.status).toBe('asked');
  });

  test('opens nothing for a link that was not made for it', async () => {
    const { desk, token } = await anAsked();
    const ticketLink = await desk.links.survey(
      { id: 'T-000001', customer: { id: '01J' } },
      1,
      'csat',
      '2027-01-01T00:00:00.000Z',
      MONDAY_AT_9,
    );
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;

    const [key] = await desk.keys();
    const given = {
      purpose: 'survey',
      recipient: '01J00000000000000000000009',
      expiresAt: '2027-06-01T00:00:00.000Z',
    } as const;
    const toAnother = signCapability({ ...given, subject: mailOf(desk).key }, key);

    for (const wrong of [toAnother, forged, token.slice(0, -4), 'x', ticketLink.survey.split('/').at(-1) ?? '']) {
      await expect(show(desk, wrong)).rejects.toMatchObject({ status: 404 });
      await expect(answer(desk, wrong, { recommend: '9' })).rejects.toMatchObject({ status: 404 });
    }
    expect(desk.memory.feedback.size).toBe(0);
  });

  test('says kindly that the time is over', async () => {
    const { desk, token } = await anAsked();
    desk.pass(28 * DAY + HOUR);

    const [page, posted] = [await show(desk, token), await answer(desk, token, { recommend: '9' })];

    for (const each of [page, posted]) {
      expect(each.statusCode).toBe(410);
      expect(each.body).toContain('href="/feedback?lang=de"');
    }
    expect(desk.memory.feedback.size).toBe(0);
  });
});

describe('an answer', () => {
  test('is kept as feedback of its person and series, and thanks', async () => {
    const { desk, token } = await anAsked();

    const thanks = await answer(desk, token, { recommend: '9', why: 'Fast.' });

    const [feedback] = [...desk.memory.feedback.values()];
    expect(thanks.statusCode).toBe(200);
    expect(feedback).toMatchObject({
      kind: 'nps',
      survey: 'nps@1',
      measure: 'nps',
      score: 9,
      low: false,
      text: 'Fast.',
    });
    expect(feedback?.customerId).toBe('01J00000000000000000000001');
    expect(desk.memory.contacts.get('01J00000000000000000000001')?.asks[0]).toHaveProperty('closedAt');
    expect((await show(desk, token)).body).toMatch(/value="9"[^>]* checked/);
  });

  test('of a detractor opens one ticket of theirs, from which it is put right', async () => {
    const { desk, token } = await anAsked();
    const before = desk.memory.tickets.size;

    const thanks = await answer(desk, token, { recommend: '3', why: 'Slow.' });
    await answer(desk, token, { recommend: '2', why: 'Slow!' });

    const ticket = [...desk.memory.tickets.values()].at(-1);
    const given = desk.memory.events.filter(({ type }) => type === 'feedback-given');
    expect(thanks.body).toContain('tut uns leid');
    expect(desk.memory.tickets.size).toBe(before + 1);
    expect(ticket).toMatchObject({ customer: { email: 'kim@shop.example' }, channel: 'web' });
    expect(given).toEqual([expect.objectContaining({ ticketId: ticket?.id, kind: 'nps', score: 3, low: true })]);
    expect([...desk.memory.feedback.values()]).toEqual([
      expect.objectContaining({ score: 2, text: 'Slow!', ticketId: ticket?.id }),
    ]);
  });

  test('twenty at once are one answer', async () => {
    const { desk, token } = await anAsked();

    const all = await Promise.all(Array.from({ length: 20 }, () => answer(desk, token, { recommend: '3' })));

    expect(new Set(all.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(desk.memory.feedback.size).toBe(1);
    expect(desk.memory.events.filter(({ type }) => type === 'feedback-given')).toHaveLength(1);
  });

  test('may be changed for a day, and then no longer', async () => {
    const { desk, token } = await anAsked();
    await answer(desk, token, { recommend: '9' });
    desk.pass(23 * HOUR);
    await answer(desk, token, { recommend: '10' });
    desk.pass(2 * HOUR);

    const late = await answer(desk, token, { recommend: '1' });

    expect(late.statusCode).toBe(409);
    expect((await show(desk, token)).statusCode).toBe(409);
    expect([...desk.memory.feedback.values()]).toEqual([expect.objectContaining({ score: 10 })]);
    expect(asks(desk)[0]).toMatchObject({ earlier: [{ score: 9 }] });
  });

  test('that is none is told beside its question, to a program as problem', async () => {
    const { desk, token } = await anAsked();

    const page = await answer(desk, token, { recommend: '11' });

    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('id="e-recommend"');
    await expect(answer(desk, token, {}, '*/*')).rejects.toMatchObject({
      status: 422,
      errors: [{ path: 'recommend' }],
    });
    expect(desk.memory.feedback.size).toBe(0);
  });
});
