import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  act,
  clientOf,
  countOf,
  linkIn,
  mailsTo,
  openTicket,
  rate,
  type Seen,
  seen,
  startDesk,
  surveyMailTo,
  typesOf,
} from '../support/journey.ts';

const SARA = 'sara@shop.example';

let desk: RunningDesk;
let deskAddress: string;
let ticketId: string;
let firstMail: string;
const sara = (): Promise<Seen> => seen(desk, ticketId);

beforeAll(async () => {
  desk = await startDesk();
  deskAddress = (await desk.control('GET', 'desk')).mailAddress;
});
afterAll(() => desk.stop());

/** One life from the first mail to the rating; each test is the next chapter. */
describe('a ticket answered in time, resolved and rated well', () => {
  test('a mail by SMTP becomes a triaged ticket and is acknowledged in its thread', async () => {
    firstMail = await desk.write({
      from: `Sara Ahmadi <${SARA}>`,
      to: deskAddress,
      subject: 'Payment refused',
      text: 'My card payment is refused at the checkout.',
    });

    const mails = await mailsTo(desk, SARA);
    const list = await desk.as('ada', 'agent', 'GET', `/desk/tickets?customer=${encodeURIComponent(SARA)}`);
    ticketId = list.json.tickets[0].id;

    expect(list.json.tickets).toHaveLength(1);
    expect(list.json.tickets[0]).toMatchObject({
      status: 'open',
      channel: 'mail',
      category: 'payment',
      tier: 1,
      cycle: 1,
    });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.headers).toMatchObject({ 'auto-submitted': 'auto-replied', 'in-reply-to': firstMail });
    expect(mails[0]?.subject).toContain(ticketId);
  });

  test('an agent signed in by a JWT reads it and answers; the answer is threaded to the question', async () => {
    const token = (await desk.control('GET', 'token?user=ada&groups=agent')).token;
    const bearer = { authorization: `Bearer ${token}` };
    const shown = await desk.request('GET', `/desk/tickets/${ticketId}`, undefined, bearer);
    const body = { body: 'Which card was it?', version: shown.json.ticket.version };

    const answered = await desk.request('POST', `/desk/tickets/${ticketId}/replies`, body, bearer);

    const answer = (await mailsTo(desk, SARA)).at(-1);
    expect(shown.json.messages).toMatchObject([
      { direction: 'in', text: 'My card payment is refused at the checkout.' },
    ]);
    expect(answered.status).toBe(200);
    expect(answer?.text).toContain('Which card was it?');
    expect(answer?.headers['in-reply-to']).toBe(firstMail);
    expect(answer?.headers.references?.split(/\s+/)).toEqual(
      expect.arrayContaining([`<ticket.${ticketId}@${deskAddress.split('@')[1]}>`, firstMail]),
    );
    expect(answer?.headers).not.toHaveProperty('auto-submitted');
  });

  test('the customer’s mail to the Reply-To lands on the same ticket, without its subject or headers', async () => {
    const answer = (await mailsTo(desk, SARA)).at(-1);
    const replyTo = answer?.headers['reply-to'] ?? '';

    await desk.write({ from: SARA, to: replyTo, subject: 'something else', text: 'A Visa card.' });

    await desk.settle();
    const list = await desk.as('ada', 'agent', 'GET', `/desk/tickets?customer=${encodeURIComponent(SARA)}`);
    const view = await sara();
    expect(replyTo).toMatch(/^support\+[\w.-]+@/);
    expect(list.json.tickets).toHaveLength(1);
    expect(view.ticket.status).toBe('open');
    expect(view.messages.map(({ direction, text }) => [direction, text])).toContainEqual(['in', 'A Visa card.']);
    expect(typesOf(view)).toContain('customer-replied');
  });

  test('resolved, the customer is asked an hour later, and not before', async () => {
    await act(desk, 'replies', ticketId, { body: 'Your bank has freed it.', then: 'resolved' });
    const before = (await mailsTo(desk, SARA)).length;

    await desk.move({ advance: 'PT59M59S' });
    const justBefore = (await mailsTo(desk, SARA)).length;
    await desk.move({ advance: 'PT1S' });

    const survey = await surveyMailTo(desk, SARA);
    expect(justBefore).toBe(before);
    expect(survey.headers).toMatchObject({ 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' });
    expect(survey.key).toMatch(new RegExp(`survey.*${ticketId}`));
  });

  test('links opened by GET and HEAD record nothing, however often', async () => {
    const link = linkIn(await surveyMailTo(desk, SARA), 's');
    const before = await sara();

    const opened = await Promise.all(
      [1, 2, 3, 4, 5].flatMap((score) => [
        fetch(`${desk.url}${link}?r=${score}`),
        fetch(`${desk.url}${link}?r=${score}`, { method: 'HEAD' }),
        fetch(`${desk.url}${link}?r=${score}`, { method: 'OPTIONS' }),
      ]),
    );

    await desk.settle();
    const after = await sara();
    const pages = opened.filter((_, index) => index % 3 === 0);
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(pages[0]?.headers.get('referrer-policy')).toBe('no-referrer');
    expect(opened.every(({ status }) => status < 500)).toBe(true);
    expect(after.events).toEqual(before.events);
    expect(after.ticket).toEqual(before.ticket);
  });

  test('posting the page’s form records the rating on the ticket', async () => {
    const link = linkIn(await surveyMailTo(desk, SARA), 's');
    const form = await desk.request('GET', link);

    const thanks = await rate(desk, link, { satisfaction: '5', resolved: 'yes' });

    await desk.settle();
    const view = await sara();
    expect(form.text).toContain(`action="${link}"`);
    expect(form.text).toContain('name="satisfaction"');
    expect(thanks.status).toBe(200);
    expect(view.ticket.satisfaction).toMatchObject({ score: 5, agent: 'ada', group: 'frontline', cycle: 1 });
    expect(countOf(view, 'survey-answered')).toBe(1);
  });

  test('an AWS SDK lists the executions with AWS’s history', async () => {
    const states = new SFNClient(clientOf(desk));
    const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
    const machine = stateMachines.find(({ name }) => name === 'careline-local-escalation');

    const { executions = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn: machine?.stateMachineArn }),
    );
    const { events = [] } = await states.send(
      new GetExecutionHistoryCommand({ executionArn: executions[0]?.executionArn }),
    );

    expect(stateMachines.map(({ name }) => name).sort()).toEqual(
      ['escalation', 'intake', 'remediation', 'survey'].map((name) => `careline-local-${name}`),
    );
    expect(executions.map(({ name, status }) => [name, status])).toEqual([[`${ticketId}-1-escalation`, 'SUCCEEDED']]);
    expect(events[0]).toMatchObject({ id: 1, type: 'ExecutionStarted' });
    expect(events[1]).toMatchObject({
      id: 2,
      previousEventId: 0,
      type: 'TaskStateEntered',
      stateEnteredEventDetails: { name: 'Await First Reply' },
    });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['TaskScheduled', 'TaskSubmitted', 'ExecutionSucceeded']),
    );
  });
});

describe('what it costs', () => {
  test('a ticket answered, resolved, surveyed and rated well takes four Standard transitions', async () => {
    await desk.control('DELETE', 'meter');
    const id = await openTicket(desk, 'omar@shop.example');
    await desk.move({ advance: 'PT3H' });
    await act(desk, 'replies', id, { body: 'We are on it.' });
    await desk.move({ advance: 'PT20H' });
    await act(desk, 'resolve', id);
    await desk.move({ advance: 'PT1H' });

    await rate(desk, linkIn(await surveyMailTo(desk, 'omar@shop.example'), 's'), { satisfaction: '4' });

    await desk.settle();
    const { transitions, express } = await desk.control('GET', 'meter');
    const executions = (await desk.executions()).filter(({ name }) => name.startsWith(id));
    expect(transitions).toEqual({ 'careline-local-escalation': 2, 'careline-local-survey': 2 });
    expect(express).toEqual({ 'careline-local-intake': 1 });
    expect(executions.map(({ machine, status, state }) => [machine, status, state]).sort()).toEqual([
      ['careline-local-escalation', 'SUCCEEDED', 'Await Resolution'],
      ['careline-local-intake', 'SUCCEEDED', 'Start Escalation'],
      ['careline-local-survey', 'SUCCEEDED', 'Ask For A Rating'],
    ]);
  });
});
