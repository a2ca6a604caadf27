import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  act,
  askedAfterResolve,
  broken,
  countOf,
  mailsTo,
  openTicket,
  rate,
  report,
  seen,
  startDesk,
} from '../support/journey.ts';

const TWENTY = Array.from({ length: 20 }, (_, n) => n);

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

/** Lets whoever comes first write late, so that the others have read the same by then: without it one may simply be faster. */
const everybodyReadsFirst = (): Promise<unknown> =>
  desk.control('POST', 'faults', [{ service: 'dynamodb', operation: 'TransactWriteItems', latencyMs: 600, times: 4 }]);

const ticketsOf = async (email: string): Promise<Array<{ id: string }>> => {
  await desk.settle();
  return (await desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(email)}`)).json.tickets;
};

describe('a request that comes twice', () => {
  test('twenty at once with one Idempotency-Key are one ticket and one answer; another body is refused', async () => {
    const email = 'twenty@shop.example';
    const key = randomUUID();

    const answers = await Promise.all(TWENTY.map(() => report(desk, email, {}, key)));
    const again = await report(desk, email, {}, key);
    const other = await report(desk, email, { body: 'Something else.' }, key);

    expect(answers.map(({ status }) => status)).toEqual(TWENTY.map(() => 201));
    expect(new Set([...answers, again].map(({ text }) => text)).size).toBe(1);
    expect(other.status).toBe(409);
    expect(other.headers.get('content-type')).toContain('application/problem+json');
    expect(await ticketsOf(email)).toEqual([expect.objectContaining({ id: again.json.ticket.id })]);
    expect(await mailsTo(desk, email)).toHaveLength(1);
  });

  test('twenty at once without a key are twenty tickets, each acknowledged once', async () => {
    const email = 'many@shop.example';

    const answers = await Promise.all(TWENTY.map(() => report(desk, email)));

    const ids = answers.map(({ json }) => json.ticket.id).sort();
    const mails = await mailsTo(desk, email);
    expect(new Set(ids).size).toBe(20);
    expect((await ticketsOf(email)).map(({ id }) => id).sort()).toEqual(ids);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(20);
    expect(mails).toHaveLength(20);
  });

  test('the same mail delivered five times, at once and later, is one ticket', async () => {
    const email = 'echo@shop.example';
    const { mailAddress } = await desk.control('GET', 'desk');
    const raw = [
      `From: ${email}`,
      `To: ${mailAddress}`,
      'Subject: Twice',
      'Message-ID: <one@shop.example>',
      '',
      'Hello.',
    ].join('\r\n');
    const deliver = () =>
      desk.request('POST', '/_local/mail', raw, {
        'content-type': 'message/rfc822',
        'x-mail-from': email,
        'x-rcpt-to': mailAddress,
      });

    const atOnce = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
    await desk.settle();
    const later = await deliver();

    expect([...atOnce, later].map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await ticketsOf(email)).toHaveLength(1);
    expect(await mailsTo(desk, email)).toHaveLength(1);
  });
});

describe('a person who presses the button twice', () => {
  test('twenty posts of one survey are one answer, one event and one remediation', async () => {
    const email = 'angry@shop.example';
    const id = await openTicket(desk, email);
    const link = await askedAfterResolve(desk, id, email);
    await everybodyReadsFirst();

    const answers = await Promise.all(TWENTY.map(() => rate(desk, link, { satisfaction: '1' })));

    const executions = await desk.executions('remediation');
    const view = await seen(desk, id);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    expect(countOf(view, 'survey-answered')).toBe(1);
    expect(countOf(view, 'remediation-opened')).toBe(1);
    expect(executions.map(({ name }) => name)).toEqual([`${id}-1-remediation`]);
    expect((await mailsTo(desk, email)).filter(({ key }) => key?.startsWith('apology'))).toHaveLength(1);
  });

  test('an answer changed within a day is kept as an edit, and starts no second remediation', async () => {
    const email = 'wavering@shop.example';
    const id = await openTicket(desk, email);
    const link = await askedAfterResolve(desk, id, email);
    await rate(desk, link, { satisfaction: '2' });
    await desk.settle();

    const edited = await rate(desk, link, { satisfaction: '1' });

    await desk.settle();
    const view = await seen(desk, id);
    expect(edited.status).toBe(200);
    expect(
      view.events.filter(({ type }) => type === 'survey-answered').map(({ score, edit }) => [score, edit]),
    ).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect(countOf(view, 'remediation-opened')).toBe(1);
    expect(view.ticket.satisfaction.score).toBe(1);
  });

  test('of twenty replies to the same version one is sent and nineteen are told that somebody was faster', async () => {
    const email = 'crowd@shop.example';
    const id = await openTicket(desk, email);
    const { version } = (await seen(desk, id)).ticket;
    await everybodyReadsFirst();

    const answers = await Promise.all(
      TWENTY.map((n) =>
        desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/replies`, { body: `Answer ${n}`, version }),
      ),
    );

    const view = await seen(desk, id);
    const losers = answers.filter(({ status }) => status !== 200);
    expect(losers.map(({ status }) => status)).toEqual(TWENTY.slice(1).map(() => 409));
    expect(losers.every(({ text }) => text.includes('ConcurrentChange'))).toBe(true);
    expect(countOf(view, 'replied')).toBe(1);
    expect((await mailsTo(desk, email)).filter(({ text }) => /Answer \d+/.test(text))).toHaveLength(1);
  });

  test('two replies at once that name no version are both sent', async () => {
    const email = 'chorus@shop.example';
    const id = await openTicket(desk, email);

    await Promise.all([1, 2].map((n) => act(desk, 'replies', id, { body: `Answer ${n}` })));

    const sent = (await mailsTo(desk, email)).flatMap(({ text }) => /Answer \d/.exec(text)?.[0] ?? []);
    expect(countOf(await seen(desk, id), 'replied')).toBe(2);
    expect(sent.sort()).toEqual(['Answer 1', 'Answer 2']);
    expect(await broken(desk)).toEqual([]);
  });
});
