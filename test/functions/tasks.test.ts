import { describe, expect, test } from 'vitest';
import { LaterCycleWaits } from '../../domain/errors.ts';
import { DAY, HOUR, MINUTE } from '../../domain/support/time.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as apologise } from '../../functions/apologise-and-ask/handler.ts';
import { build as askAHuman } from '../../functions/ask-a-human/handler.ts';
import { build as askAgain } from '../../functions/ask-again/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { build as callTheLead } from '../../functions/call-the-lead/handler.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { build as closeQuietly } from '../../functions/close-quietly/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as openRecovery } from '../../functions/open-recovery/handler.ts';
import { build as recordOutcome } from '../../functions/record-outcome/handler.ts';
import { build as remindCustomer } from '../../functions/remind-customer/handler.ts';
import { build as remindOnce } from '../../functions/remind-once/handler.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build as sweep } from '../../functions/sweep-abandoned/handler.ts';
import { build as triage } from '../../functions/triage-ticket/handler.ts';
import { type Task, tasks } from '../../workflows/contracts.ts';
import { act } from './acting.ts';
import { aDesk, aNewTicket, anOpenTicket, aRequest, type Desk } from './support.ts';

/** Answers fit the contract that the workflow reads them by. */
const fits = <T extends Task>(task: T, output: unknown) =>
  expect(tasks[task].output.safeParse(output).error).toBeUndefined();

const mails = (desk: Desk, template: string) =>
  [...desk.memory.mails.values()].filter(({ content }) => content.template === template);

const events = (desk: Desk, type: string) => desk.memory.events.filter((event) => event.type === type);

/** A ticket whose customer has been asked how it was. */
const asked = async (desk: Desk): Promise<string> => {
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  await askForRating(desk)({ ticketId: id, cycle: 1, token: 'token-1' });
  return id;
};

const low = { cycle: 1, cause: 'survey', score: 1, scale: 'csat-5', about: 'survey#1' } as const;

/** A ticket whose customer answered 1 of 5. */
const unhappy = async (desk: Desk): Promise<string> => {
  const ticketId = await asked(desk);
  const [mail] = mails(desk, 'survey');
  const token = mail?.content.template === 'survey' ? (mail.content.link.split('/s/')[1] ?? '') : '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await answer(desk)(aRequest({ path: { token }, raw: 'satisfaction=1', headers }));
  return ticketId;
};

describe('intake', () => {
  test('triage run twice places the ticket once and says where it stands', async () => {
    const desk = aDesk();
    const ticketId = await aNewTicket(desk);

    const first = await triage(desk)({ ticketId });
    const second = await triage(desk)({ ticketId });

    fits('triage-ticket', first);
    expect(first).toMatchObject({ outcome: 'triaged', cycle: 1, owed: 'first-reply' });
    expect(second).toEqual({ ...first, outcome: 'already-triaged' });
    expect(events(desk, 'triaged')).toHaveLength(1);
  });

  test('the acknowledgement is owed once, in the thread of the mail that came', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk, { channel: 'mail', mailId: '<kim-1@example.com>' });

    const first = await acknowledge(desk)({ ticketId });
    const second = await acknowledge(desk)({ ticketId });

    fits('send-acknowledgement', first);
    expect([first, second]).toEqual([{ outcome: 'owed' }, { outcome: 'already-acknowledged' }]);
    expect(mails(desk, 'acknowledgement')).toMatchObject([
      {
        inReplyTo: '<kim-1@example.com>',
        content: { link: expect.stringContaining('/t/'), promise: expect.any(String) },
      },
    ]);
  });

  test('a ticket that no machine could place is marked for a person', async () => {
    const desk = aDesk();
    const ticketId = await aNewTicket(desk);

    await askAHuman(desk)({ ticketId, machine: 'intake', error: 'States.Timeout' });

    expect(desk.memory.tickets.get(ticketId)?.needsHuman).toContain('States.Timeout');
  });

  test('a ticket that is not there is an error by name', async () => {
    const desk = aDesk();

    await expect(triage(desk)({ ticketId: 'T-000009' })).rejects.toMatchObject({ name: 'TicketNotFound' });
  });

  test('an intake that was lost is started again, one that may still run is not', async () => {
    const desk = aDesk();
    const lost = await aNewTicket(desk);
    await anOpenTicket(desk);
    desk.pass(6 * MINUTE + 1);
    await aNewTicket(desk);

    const answer = await sweep({ ...desk, intake: 'arn', escalation: 'other' })({ only: 'new' });

    expect(answer).toEqual({ started: 1, recounted: 0 });
    expect(desk.started).toEqual([{ arn: 'arn', name: `${lost}-1-intake`, input: { ticketId: lost } }]);
  });
});

describe('escalation', () => {
  test('a timer that fires twice climbs once', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    desk.pass(3 * DAY);

    const first = await climb(desk)({ ticketId, cycle: 1 });
    const climbed = desk.memory.events.length;
    const second = await climb(desk)({ ticketId, cycle: 1 });

    fits('climb-the-ladder', first);
    expect(['warned', 'moved', 'called']).toContain(first.outcome);
    expect(second.outcome).toBe('waited');
    expect(desk.memory.events).toHaveLength(climbed);
  });

  test('a timer of an earlier cycle touches nothing', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    await act(desk, acts.resolve, ticketId, { cause: 'c', solution: 's', check: 'k' });
    await act(desk, acts.reopen, ticketId);
    await act(desk, acts.replies, ticketId, { body: 'Which browser?', then: 'pending' });
    desk.pass(30 * DAY);
    const before = structuredClone(desk.memory);

    const answers = [
      await climb(desk)({ ticketId, cycle: 1 }),
      await remindCustomer(desk)({ ticketId, cycle: 1 }),
      await closeQuietly(desk)({ ticketId, cycle: 1 }),
    ];

    expect(answers.map(({ outcome, owed }) => [outcome, owed])).toEqual([
      ['nothing-owed', 'nothing'],
      ['not-silent', 'nothing'],
      ['not-silent', 'nothing'],
    ]);
    expect(desk.memory).toEqual(before);
  });

  test('a silent customer is reminded once, then the ticket is closed with a mail', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    await act(desk, acts.replies, ticketId, { body: 'Which browser?', then: 'pending' });
    desk.pass(30 * DAY);

    const reminded = await remindCustomer(desk)({ ticketId, cycle: 1 });
    const again = await remindCustomer(desk)({ ticketId, cycle: 1 });
    desk.pass(30 * DAY);
    const closed = await closeQuietly(desk)({ ticketId, cycle: 1 });

    fits('remind-customer', reminded);
    fits('close-quietly', closed);
    expect([reminded.outcome, again.outcome, closed.outcome]).toEqual(['reminded', 'not-silent', 'closed']);
    expect(desk.memory.tickets.get(ticketId)?.status).toBe('closed');
    expect([mails(desk, 'reminder').length, mails(desk, 'closed-quietly').length]).toEqual([1, 1]);
  });
});

describe('survey', () => {
  test('asking twice sends one survey and keeps the later token', async () => {
    const desk = aDesk();
    const ticketId = await asked(desk);

    await askForRating(desk)({ ticketId, cycle: 1, token: 'token-2' });

    expect(mails(desk, 'survey')).toHaveLength(1);
    expect(desk.memory.waits.get(`${ticketId} survey`)).toMatchObject({ token: 'token-2', awaits: 'rating', cycle: 1 });
  });

  test('the survey of an earlier cycle that comes after the later one says why not, and leaves its token alone', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);
    const solve = () =>
      act(desk, acts.replies, ticketId, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
    await solve();
    await act(desk, acts.reopen, ticketId);
    await solve();
    desk.pass(HOUR);
    await askForRating(desk)({ ticketId, cycle: 2, token: 'token-2' });

    await expect(askForRating(desk)({ ticketId, cycle: 1, token: 'token-1' })).rejects.toThrow(LaterCycleWaits);

    expect(desk.memory.waits.get(`${ticketId} survey`)).toMatchObject({ token: 'token-2', cycle: 2 });
    expect(events(desk, 'survey-skipped')).toMatchObject([{ why: 'reopened' }]);
    expect(mails(desk, 'survey')).toHaveLength(1);
  });

  test('whoever cannot be written to is not asked, and the token is kept to be answered', async () => {
    const desk = aDesk();
    await desk.suppressions.add('kim@example.com', 'bounce', desk.clock.at);

    const ticketId = await asked(desk);

    expect(mails(desk, 'survey')).toEqual([]);
    expect(events(desk, 'survey-skipped')).toMatchObject([{ why: 'address-suppressed' }]);
    expect(desk.memory.waits.get(`${ticketId} survey`)?.token).toBe('token-1');
  });

  test('the reminder goes out once, and not after an answer', async () => {
    const desk = aDesk();
    const ticketId = await asked(desk);
    desk.pass(3 * DAY);

    const outcomes = [
      await remindOnce(desk)({ ticketId, cycle: 1 }),
      await remindOnce(desk)({ ticketId, cycle: 1 }),
      await remindOnce(desk)({ ticketId, cycle: 2 }),
    ].map(({ outcome }) => outcome);

    expect(outcomes).toEqual(['reminded', 'not-wanted', 'not-wanted']);
  });
});

describe('remediation', () => {
  test('a low answer reopens the ticket once, with a senior other than the rated agent', async () => {
    const desk = aDesk();
    const ticketId = await unhappy(desk);

    const first = await openRecovery(desk)({ ...low, ticketId });
    const second = await openRecovery(desk)({ ...low, ticketId });

    fits('open-recovery', first);
    expect(first).toMatchObject({ outcome: 'opened', recoveryCycle: 2 });
    expect(second).toEqual({ ...first, outcome: 'opened-before' });
    expect(desk.memory.tickets.get(ticketId)).toMatchObject({
      status: 'open',
      cycle: 2,
      remediation: { state: 'open' },
    });
    expect(events(desk, 'remediation-opened')).toHaveLength(1);
  });

  test('where nothing is to be put right the workflow hears why, and it is no failure', async () => {
    const desk = aDesk();
    const ticketId = await asked(desk);

    const unanswered = await openRecovery(desk)({ ...low, ticketId });
    const neverAsked = await openRecovery(desk)({ ...low, ticketId, cycle: 7, about: 'survey#7' });

    fits('open-recovery', unanswered);
    expect([unanswered, neverAsked]).toEqual(Array(2).fill({ outcome: 'skipped', why: 'not-low-any-more' }));
    expect(events(desk, 'remediation-skipped')).toHaveLength(2);
  });

  test('an execution of an older definition hears by name that nothing is to be put right, as it knows to catch', async () => {
    const desk = aDesk();
    const ticketId = await asked(desk);

    const opening = openRecovery(desk)({ ticketId, cycle: 1, score: 1 });

    await expect(opening).rejects.toMatchObject({ name: 'RecoveryNotWanted' });
  });

  test('a ticket that nobody has yet is tried again later, by name', async () => {
    const desk = aDesk();
    const ticketId = await aNewTicket(desk);

    const opening = openRecovery(desk)({ ...low, ticketId });

    await expect(opening).rejects.toMatchObject({ name: 'NotTriagedYet' });
  });

  test('the customer is apologised to once, the lead called, and asked again about the cycle of the recovery', async () => {
    const desk = aDesk();
    const ticketId = await unhappy(desk);
    await openRecovery(desk)({ ...low, ticketId });

    const contacted = [await apologise(desk)({ ticketId, cycle: 1 }), await apologise(desk)({ ticketId, cycle: 1 })];
    desk.pass(3 * DAY);
    const called = await callTheLead(desk)({ ticketId, cycle: 1 });
    await act(desk, acts.replies, ticketId, {
      body: 'Sorry.',
      then: 'resolved',
      cause: 'c',
      solution: 's',
      check: 'k',
    });
    desk.pass(DAY);
    const answered = await askAgain(desk)({ ticketId, cycle: 1, token: 'token-9' });

    fits('call-the-lead', called);
    fits('ask-again', answered);
    expect(contacted).toEqual([{ outcome: 'contacted' }, { outcome: 'contacted-before' }]);
    expect(called.outcome).toBe('called');
    expect(desk.memory.waits.get(`${ticketId} remediation`)).toMatchObject({
      token: 'token-9',
      awaits: 'follow-up-rating',
      cycle: 2,
    });
    expect(desk.memory.surveys.get(`${ticketId} 2 follow-up`)?.status).toBe('asked');
  });

  test('the first outcome stands', async () => {
    const desk = aDesk();
    const ticketId = await unhappy(desk);
    await openRecovery(desk)({ ...low, ticketId });

    const first = await recordOutcome(desk)({ ticketId, cycle: 1, outcome: 'recovered' });
    const second = await recordOutcome(desk)({ ticketId, cycle: 1, outcome: 'no-answer' });

    fits('record-outcome', first);
    expect([first, second]).toEqual([{ outcome: 'recovered' }, { outcome: 'recovered' }]);
    expect(desk.memory.tickets.get(ticketId)?.remediation).toMatchObject({ state: 'closed', outcome: 'recovered' });
  });

  test('a task whose recovery was never opened fails by name', async () => {
    const desk = aDesk();
    const ticketId = await anOpenTicket(desk);

    const contacting = apologise(desk)({ ticketId, cycle: 1 });

    await expect(contacting).rejects.toMatchObject({ name: 'RemediationNotFound' });
  });
});
