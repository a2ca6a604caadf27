import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  act,
  askedAfterResolve,
  broken,
  countOf,
  linkIn,
  mailsTo,
  openTicket,
  rate,
  report,
  seen,
  startDesk,
  surveyMailTo,
} from '../support/journey.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk.stop();
});

/** A ticket whose customer rated the survey of its first cycle with 1 of 5. */
const unhappyTicket = async (email: string, more: Record<string, unknown> = {}): Promise<string> => {
  const id = await openTicket(desk, email, more);
  await rate(desk, await askedAfterResolve(desk, id, email), { satisfaction: '1', issue: 'It fails again.' });
  await desk.settle();
  return id;
};

const topOf = async (group: string): Promise<string> =>
  (await desk.as('lina', 'lead', 'GET', `/desk/queue?group=${group}`)).json.tickets[0].id;

const executionOf = async (name: string) => (await desk.executions('remediation')).find((each) => each.name === name);

/** A text message from this number, as the carrier's webhook brings it. */
const texts = async (from: string, text: string): Promise<void> => {
  const { secrets }: { secrets: Array<{ name: string; value: string }> } = await desk.control('GET', 'secrets');
  const secret = secrets.find(({ name }) => name.endsWith('-sms'))?.value ?? '';
  const at = await desk.now();
  const raw = JSON.stringify({ messageId: `from-${from}`, from, text, at });
  const time = String(Math.floor(Date.parse(at) / 1000));
  const mac = createHmac('sha256', secret).update(`${time}.${raw}`).digest('hex');
  const headers = { 'x-careline-timestamp': time, 'x-careline-signature': `v1=${mac}` };
  const answer = await desk.request('POST', '/channels/sms', raw, headers);
  if (answer.status >= 300) throw new Error(`The text message answered ${answer.status}: ${answer.text}`);
  await desk.settle();
};

const closedWith = async (id: string) =>
  (await seen(desk, id)).events.find(({ type }) => type === 'remediation-closed');

describe('a low rating of one reply', () => {
  test('is put right by text message, by a senior, and the customer is asked again by day and won back', async () => {
    const phone = '+4915112345678';
    const opened = await report(desk, 'kim@text.example', {
      customer: { email: 'kim@text.example', phone, contactBy: 'sms' },
    });
    const { id } = opened.json.ticket;
    await desk.settle();
    await act(desk, 'replies', id, { body: 'Buy another card.' });
    const reply = (await seen(desk, id)).messages.find(({ direction }) => direction === 'out');
    const page = new URL(opened.json.links.ticket).pathname;
    await desk.request('POST', `${page}/ratings`, { message: reply?.id, score: 1 });
    await desk.request('POST', `${page}/ratings`, { message: reply?.id, score: 1 });
    await desk.settle();

    const { ticket, events } = await seen(desk, id);
    const { sms } = await desk.control('GET', 'sms');
    expect(ticket).toMatchObject({ status: 'open', cycle: 1, remediation: { state: 'open' } });
    expect(ticket.assignee).not.toBe('ada');
    expect(await topOf(ticket.group)).toBe(id);
    expect(events.find(({ type }) => type === 'remediation-contacted')).toMatchObject({ way: 'sms' });
    expect(sms.filter(({ to }: { to: string }) => to === phone)).toHaveLength(1);
    expect(
      (await mailsTo(desk, 'lina@desk.example.com')).filter(({ key }) => key?.startsWith('recovery')),
    ).toHaveLength(1);

    await texts(phone, 'Answer the question I asked.');
    await act(desk, 'replies', id, { body: 'Here is your money.', then: 'resolved' }, ticket.assignee);
    await desk.move({ to: '2026-11-24T09:00:00Z' });
    await rate(desk, linkIn(await surveyMailTo(desk, 'kim@text.example'), 's'), { better: '4' });
    await desk.settle();

    const after = await seen(desk, id);
    expect(after.messages.map(({ text }) => text)).toContain('Answer the question I asked.');
    expect(await closedWith(id)).toMatchObject({
      cause: 'reply',
      outcome: 'recovered',
      ratedAgent: 'ada',
      recoveryMs: expect.any(Number),
    });
    expect(await executionOf(`${id}-1-remediation`)).toMatchObject({ status: 'SUCCEEDED' });
    expect(countOf(after, 'remediation-opened')).toBe(1);
  });
});

describe('what happens in the middle', () => {
  test('the ticket is merged: it is put right on the other one, which stands at the top of the queue', async () => {
    const id = await unhappyTicket('lee@merge.example');
    const other = await openTicket(desk, 'lee@merge.example', { subject: 'Again refused' });
    await act(desk, 'merge', id, { into: other }, 'lina');

    const { ticket } = await seen(desk, other);
    expect(ticket.remediation).toEqual({ state: 'open' });
    expect(await topOf(ticket.group)).toBe(other);

    await act(desk, 'replies', other, { body: 'Sorry, it is paid back.', then: 'resolved' }, 'elif');
    await desk.move({ advance: 'P1DT2H' });
    await rate(desk, linkIn(await surveyMailTo(desk, 'lee@merge.example'), 's'), { better: '4' });
    await desk.settle();

    expect(await closedWith(id)).toMatchObject({ outcome: 'recovered', agent: 'elif' });
    expect((await seen(desk, other)).ticket.remediation).toBeUndefined();
  });

  test('who puts it right goes away: another senior has it, never the rated agent', async () => {
    const id = await unhappyTicket('max@away.example');
    const first = (await seen(desk, id)).ticket.assignee;
    await desk.as('lina', 'lead', 'POST', `/desk/team/${first}/away`);
    await desk.settle();

    const second = (await seen(desk, id)).ticket.assignee;
    await desk.as('lina', 'lead', 'POST', `/desk/team/${first}/back`);
    await desk.settle();

    expect([first, 'ada', undefined]).not.toContain(second);
  });

  test('the customer is erased: it ends without an answer and without a word to anybody', async () => {
    const id = await unhappyTicket('noa@erased.example');
    const { ticket } = await seen(desk, id);
    const before = (await desk.mails()).length;
    await desk.as('mara', 'admin', 'DELETE', `/desk/customers/${ticket.customer.id}`);
    await desk.move({ advance: 'P1D' });

    expect(await closedWith(id)).toMatchObject({ outcome: 'no-answer' });
    expect((await desk.mails()).slice(before).filter(({ to }) => to.includes('noa@erased.example'))).toEqual([]);
  });

  test('nothing broke', async () => {
    expect(await broken(desk)).toEqual([]);
  });
});
