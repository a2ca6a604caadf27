import { expect, test } from 'vitest';
import { machines, tasks } from '../../workflows/contracts.ts';
import { type Script, workflow } from '../support/workflow-driver.ts';

const lookAgainAt = '2026-11-24T04:12:00.000Z';
const triaged = { returns: { outcome: 'triaged', cycle: 1, owed: 'first-reply', lookAgainAt } };
const owed = { returns: { outcome: 'owed' } };
const started = { returns: { ExecutionArn: 'arn:escalation', StartDate: '2026-11-23T09:00:00Z' } };
const intake = (scripts: Record<string, Script> = {}) =>
  workflow('intake', { type: 'EXPRESS' }).start(
    { ticketId: 'T-7K2M9Q' },
    { 'Triage Ticket': triaged, 'Send Acknowledgement': owed, 'Start Escalation': started, ...scripts },
  );

test('a new ticket is triaged, acknowledged and watched', async () => {
  const run = await intake();

  expect(run.visited).toEqual(['Triage Ticket', 'Send Acknowledgement', 'Start Escalation']);
  expect(run.status).toBe('SUCCEEDED');
});

test('the escalation is started by its business name, with an input of its contract', async () => {
  const run = await intake();

  const args = run.arguments('Start Escalation') as { Name: string; Input: unknown };
  expect(args.Name).toBe('T-7K2M9Q-1-escalation');
  expect(machines.escalation.safeParse(args.Input)).toMatchObject({ success: true, data: { lookAgainAt } });
});

test('each function is given what its contract asks for', async () => {
  const run = await intake({
    'Send Acknowledgement': [{ throws: { error: 'UnreadableItem' } }],
    'Ask A Human To Acknowledge': owed,
  });
  const payload = (state: string) => (run.arguments(state) as { Payload: unknown }).Payload;

  expect(tasks['triage-ticket'].input.safeParse(payload('Triage Ticket')).success).toBe(true);
  expect(tasks['send-acknowledgement'].input.safeParse(payload('Send Acknowledgement')).success).toBe(true);
  expect(tasks['ask-a-human'].input.safeParse(payload('Ask A Human To Acknowledge')).success).toBe(true);
});

test('intake that runs twice finds the ticket watched and ends well', async () => {
  const run = await intake({
    'Start Escalation': [{ throws: { error: 'StepFunctions.ExecutionAlreadyExistsException' } }],
  });

  expect(run.visited).toEqual(['Triage Ticket', 'Send Acknowledgement', 'Start Escalation', 'Already Watched']);
  expect(run.status).toBe('SUCCEEDED');
});

test('SFN throttles the start twice: tried again, watched', async () => {
  const throttled = { throws: { error: 'StepFunctions.ThrottlingException' } };
  const run = await intake({ 'Start Escalation': [throttled, throttled, started] });

  await run.advance('PT1M');

  expect(run.calls('Start Escalation')).toHaveLength(3);
  expect(run.status).toBe('SUCCEEDED');
});

test('without an acknowledgement the clock still runs, and a person is asked', async () => {
  const run = await intake({
    'Send Acknowledgement': [{ throws: { error: 'UnreadableItem' } }],
    'Ask A Human To Acknowledge': { returns: { outcome: 'marked' } },
  });

  expect(run.visited).toEqual([
    'Triage Ticket',
    'Send Acknowledgement',
    'Ask A Human To Acknowledge',
    'Start Escalation',
  ]);
});

test('a ticket the desk cannot place is given to a person, and intake ends red', async () => {
  const run = await intake({
    'Triage Ticket': [{ throws: { error: 'UnreadableItem' } }],
    'Ask A Human To Triage': { returns: { outcome: 'marked' } },
  });

  expect(run.visited).toEqual(['Triage Ticket', 'Ask A Human To Triage', 'Intake Broke']);
  expect(run).toMatchObject({ status: 'FAILED', error: 'IntakeBroke' });
});
