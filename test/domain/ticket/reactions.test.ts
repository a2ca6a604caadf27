import { expect, test } from 'vitest';
import type { Remediation } from '../../../domain/remediation/remediation.ts';
import type { ClockNote } from '../../../domain/report/clock-note.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import type { Survey } from '../../../domain/survey/survey.ts';
import { type Command, type Fact, reactionsTo } from '../../../domain/ticket/reactions.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aNewLedger, anEvent, anOwedMail, aPolicy, aTicket, mondayAt9 } from '../../support/builders.ts';

const later = plus(mondayAt9, HOUR);
const sooner = plus(mondayAt9, -HOUR);
const ticketId = 'T-7K2M9Q';
const open = aTicket({ lookAgainAt: mondayAt9 });
const pending = aTicket({ status: 'pending', pausedAt: mondayAt9 } as Partial<Ticket>);
const resolved = aTicket({ status: 'resolved', resolvedAt: mondayAt9 } as Partial<Ticket>);
const reopened = aTicket({ cycle: 2, lookAgainAt: later });
const given = {
  id: '2026-11-23.01J00000000000000000000001',
  at: mondayAt9,
  kind: 'feedback' as const,
  score: 3,
  locale: 'en',
  version: 1,
};
const recovery = { state: 'open', cycle: 1, recoveryCycle: 2 } as const;

const asked: Survey = {
  ticketId,
  cycle: 1,
  kind: 'csat',
  survey: 'after-resolve@1',
  credit: { agent: 'ada', group: 'frontline', tier: 1, rule: 'last-reply' },
  customer: { id: 'c', locale: 'en' },
  issuedAt: mondayAt9,
  version: 1,
  status: 'asked',
  expiresAt: later,
  mail: 'survey#T-7K2M9Q#1#csat',
};
const answered = (score: number, kind: 'csat' | 'follow-up' = 'csat'): Survey => {
  const answer = { at: mondayAt9, score, scale: 'four-point', label: 'x', low: score <= 2, answers: {} };
  return { ...asked, kind, status: 'answered', answer, earlier: [] };
};
const remediation: Remediation = {
  ticketId,
  cycle: 1,
  recoveryCycle: 2,
  openedAt: mondayAt9,
  score: 1,
  survey: 'after-resolve@1',
  deadline: later,
  calls: 0,
  state: 'open',
  version: 1,
};

const bothWaits: Command = { do: 'check-waits', ticketId, machines: ['escalation', 'remediation'] };
const escalationWait: Command = { do: 'check-waits', ticketId, machines: ['escalation'] };
const surveyStarts: Command = { do: 'start-survey', ticketId, cycle: 1, askAt: later, remindAfterSeconds: 259_200 };
const surveyDecided: Command = { do: 'check-waits', ticketId, machines: ['survey'] };
const followUpDecided: Command = { do: 'check-waits', ticketId, machines: ['remediation'] };
const remedies = (score: number): Command => ({
  do: 'start-remediation',
  ticketId,
  cycle: 1,
  cause: 'survey',
  score,
  scale: 'four-point',
  about: 'survey#1',
});
const clock: ClockNote = {
  clock: `1.firstReply.${mondayAt9}`,
  promise: 'firstReply',
  cycle: 1,
  startedAt: mondayAt9,
  dueAt: later,
  target: 'PT1H',
  calendar: 'always',
  row: 'urgent',
  outcome: 'running',
  usedMs: 0,
  group: 'frontline',
  priority: 'P1',
  channel: 'mail',
  high: true,
};
const noted = anEvent({ type: 'noted', message: 'm' });
const replied = anEvent({ type: 'replied', agent: 'ada', message: 'm' });
const mail = anOwedMail();

const rows: Array<[string, Fact, Command[]]> = [
  [
    'a new ticket starts its intake',
    { kind: 'ticket', after: aNewLedger().ticket },
    [{ do: 'start-intake', ticketId }],
  ],
  ['a triaged ticket is told to who waits', { kind: 'ticket', before: aNewLedger().ticket, after: open }, [bothWaits]],
  [
    'a first reply is told to the escalation',
    { kind: 'ticket', before: open, after: { ...open, firstRepliedAt: mondayAt9 } as Ticket },
    [escalationWait],
  ],
  ['a pause is told to who waits', { kind: 'ticket', before: open, after: pending }, [bothWaits]],
  ['taking it up again is told to who waits', { kind: 'ticket', before: pending, after: open }, [bothWaits]],
  [
    'an earlier look is told to the escalation',
    { kind: 'ticket', before: open, after: { ...open, lookAgainAt: sooner } },
    [escalationWait],
  ],
  [
    'somebody who begins to wait in a group is announced',
    { kind: 'waiting', group: 'frontline' },
    [{ do: 'announce', detailType: 'careline.waiting', detail: { group: 'frontline' } }],
  ],
  [
    'feedback is announced by its codes, without a word of it',
    { kind: 'feedback', feedback: { ...given, answers: { comment: 'Slow.' }, text: 'Slow.' } },
    [{ do: 'announce', detailType: 'careline.feedback', detail: given }],
  ],
  [
    'an agent who comes back is announced',
    { kind: 'agent', agent: 'ada', before: { present: false, load: 2 }, after: { present: true, load: 2 } },
    [{ do: 'announce', detailType: 'careline.agent-back', detail: { agent: 'ada' } }],
  ],
  [
    'an agent who goes away is announced',
    { kind: 'agent', agent: 'ada', before: { present: true, load: 2 }, after: { present: false, load: 2 } },
    [{ do: 'announce', detailType: 'careline.agent-away', detail: { agent: 'ada' } }],
  ],
  [
    'an agent who has room again is offered to who waits',
    { kind: 'agent', agent: 'ada', before: { present: true, load: 2 }, after: { present: true, load: 1 } },
    [{ do: 'announce-room', agent: 'ada' }],
  ],
  [
    'an agent who is given more wakes nobody',
    { kind: 'agent', agent: 'ada', before: { present: true, load: 2 }, after: { present: true, load: 3 } },
    [],
  ],
  [
    'an agent who is away and has less wakes nobody',
    { kind: 'agent', agent: 'ada', before: { present: false, load: 2 }, after: { present: false, load: 1 } },
    [],
  ],
  ['a later look wakes nobody', { kind: 'ticket', before: open, after: { ...open, lookAgainAt: later } }, []],
  ['another owner wakes nobody', { kind: 'ticket', before: open, after: { ...open, assignee: 'ben' } as Ticket }, []],
  ['a resolved ticket starts its survey', { kind: 'ticket', before: open, after: resolved }, [surveyStarts, bothWaits]],
  [
    'a ticket resolved while it is put right starts none',
    { kind: 'ticket', before: open, after: { ...resolved, remediation: recovery } },
    [bothWaits],
  ],
  [
    'a ticket resolved after it was put right starts one',
    { kind: 'ticket', before: open, after: { ...resolved, remediation: { ...recovery, state: 'closed' } } },
    [surveyStarts, bothWaits],
  ],
  [
    'a change of a resolved ticket starts no second one',
    { kind: 'ticket', before: resolved, after: { ...resolved, version: 9 } },
    [],
  ],
  [
    'a reopened ticket gives up its survey and starts an escalation of its cycle',
    { kind: 'ticket', before: resolved, after: reopened },
    [
      { do: 'cancel-survey', ticketId, cycle: 1 },
      { do: 'start-escalation', ticketId, cycle: 2, owed: 'first-reply', lookAgainAt: later },
      bothWaits,
    ],
  ],
  [
    'an event that counts is a fact for reports and is published',
    { kind: 'event', event: replied },
    [
      { do: 'write-fact', event: replied },
      { do: 'publish', detailType: 'careline.replied', detail: replied },
    ],
  ],
  [
    'what an event decided about promises is kept by their days',
    { kind: 'event', event: { ...noted, clocks: [clock] } },
    [
      { do: 'keep-clock', fact: { ...clock, ticketId, version: 1 } },
      { do: 'publish', detailType: 'careline.noted', detail: { ...noted, clocks: [clock] } },
    ],
  ],
  [
    'an event that does not count is published',
    { kind: 'event', event: noted },
    [{ do: 'publish', detailType: 'careline.noted', detail: noted }],
  ],
  [
    'a stored wait is checked against the ticket',
    { kind: 'wait', wait: { ticketId, machine: 'survey', cycle: 1, awaits: 'rating', token: 't' } },
    [surveyDecided],
  ],
  ['a survey that was sent starts nothing', { kind: 'survey', after: asked }, []],
  [
    'a reminder starts nothing',
    { kind: 'survey', before: asked, after: { ...asked, remindedAt: later } as Survey },
    [],
  ],
  ['a good answer ends the wait for it', { kind: 'survey', before: asked, after: answered(4) }, [surveyDecided]],
  [
    'a low answer starts a remediation',
    { kind: 'survey', before: asked, after: answered(1) },
    [surveyDecided, remedies(1)],
  ],
  ['an edit that turns it low starts one', { kind: 'survey', before: answered(4), after: answered(2) }, [remedies(2)]],
  ['an edit of a low answer starts no other', { kind: 'survey', before: answered(2), after: answered(1) }, []],
  ['an edit that turns it good starts nothing', { kind: 'survey', before: answered(1), after: answered(4) }, []],
  [
    'a low follow-up answer ends a wait and starts no remediation',
    { kind: 'survey', before: { ...asked, kind: 'follow-up' }, after: answered(1, 'follow-up') },
    [followUpDecided],
  ],
  [
    'a cancelled survey ends the wait for it',
    { kind: 'survey', before: asked, after: { ...asked, status: 'cancelled', why: 'reopened' } as Survey },
    [surveyDecided],
  ],
  [
    'a skipped survey ends the wait for it',
    { kind: 'survey', after: { ...asked, status: 'skipped', why: 'asked lately' } as Survey },
    [surveyDecided],
  ],
  ['a remediation is told by its ticket and its events', { kind: 'remediation', after: remediation }, []],
  [
    'an owed mail goes to its queue',
    { kind: 'mail', after: mail },
    [{ do: 'queue-mail', key: mail.key, lane: 'prompt' }],
  ],
  [
    'an owed text message goes to a queue of its own',
    { kind: 'mail', after: { ...mail, to: { phone: '+4930123456' } } },
    [{ do: 'queue-mail', key: mail.key, lane: 'text' }],
  ],
  ['a claimed mail goes nowhere', { kind: 'mail', before: mail, after: { ...mail, status: 'sending' } }, []],
  [
    'a settled mail goes nowhere',
    { kind: 'mail', before: { ...mail, status: 'sending' }, after: { ...mail, status: 'sent' } },
    [],
  ],
  [
    'a survey link that ran out unanswered is recorded',
    { kind: 'survey-link-expired', survey: asked },
    [{ do: 'record-expired', ticketId, cycle: 1, kind: 'csat' }],
  ],
  ['the link of an answered survey just ends', { kind: 'survey-link-expired', survey: answered(4) }, []],
];

test.each(rows)('%s', (_title, fact, commands) => {
  expect(reactionsTo(fact, aPolicy())).toEqual(commands);
});
