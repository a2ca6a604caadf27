import { expect, test } from 'vitest';
import { noticeOf, whoHears } from '../../../domain/feedback/tell-lead.ts';
import { anAgent, aPolicy, aTeam } from '../../support/builders.ts';

const policy = aPolicy();
const hears = (tell: 'lead' | 'manager' | 'nobody', said: { low?: boolean; customerId?: string }) =>
  whoHears(said, { ...policy, feedback: { ...policy.feedback, tell } }, aTeam())?.id;

test('a low score that nobody can answer is told to whom the policy names, and no other is', () => {
  const { lead, manager } = policy.groups.frontline ?? expect.fail('there is no frontline');

  expect(hears('lead', { low: true })).toBe(lead);
  expect(hears('manager', { low: true })).toBe(manager);
  expect(hears('nobody', { low: true })).toBeUndefined();
  expect(hears('lead', { low: false })).toBeUndefined();
  expect(hears('lead', {})).toBeUndefined();
  expect(hears('lead', { low: true, customerId: '01JKIM' })).toBeUndefined();
});

test('the notice has their words, where there are any, and hangs on no ticket', () => {
  const said = { id: '2026-11-23.01J', at: '2026-11-23T08:00:00.000Z' };

  const notice = noticeOf({ ...said, text: 'Slow.' }, 'Very bad', anAgent({ timeZone: 'Asia/Tehran' }), 'desk.example');

  expect(notice).toMatchObject({
    key: 'feedback#2026-11-23.01J',
    anchor: '<feedback.2026-11-23.01J@desk.example>',
    timeZone: 'Asia/Tehran',
    content: { subject: 'Very bad', feedback: said.id, words: 'Slow.' },
  });
  expect(notice).not.toHaveProperty('ticketId');
  expect(noticeOf(said, 'Very bad', anAgent(), 'desk.example').content).not.toHaveProperty('words');
});
