import { describe, expect, test } from 'vitest';
import { emptySheet } from '../../../domain/contact/governor.ts';
import type { Policy } from '../../../domain/policy.ts';
import { apologiseAndAsk } from '../../../domain/remediation/apologise.ts';
import { apologyWay } from '../../../domain/remediation/apology-way.ts';
import { callTheLead } from '../../../domain/remediation/call-the-lead.ts';
import { lowAnswerOf } from '../../../domain/remediation/low-answer.ts';
import { type OpenRecoveryInput, openRecovery, type RecoveryStep } from '../../../domain/remediation/open-recovery.ts';
import { ratedFeedback, ratedReply } from '../../../domain/remediation/rated.ts';
import { plus } from '../../../domain/support/time.ts';
import { chooseContact } from '../../../domain/ticket/acts/choose-contact.ts';
import { giveOut, handOver } from '../../../domain/ticket/acts/give-out.ts';
import { tellNotSent } from '../../../domain/ticket/acts/not-sent.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import {
  aContext,
  afterChange,
  aLedger,
  aNewLedger,
  anEvent,
  aPolicy,
  aTeam,
  mondayAt9,
} from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { aLowAnswer, anAnsweredSurvey, anApology, anOpenRecovery, DAY, HOUR } from '../../support/survey-builders.ts';

const rated = plus(mondayAt9, 15 * HOUR);
const remediation = (over: Partial<Policy['remediation']>): Policy => {
  const policy = aPolicy();
  return { ...policy, remediation: { ...policy.remediation, ...over } };
};
const open = (over: Partial<OpenRecoveryInput> = {}, policy = aPolicy()): RecoveryStep => {
  const { ledger, survey } = anAnsweredSurvey(1);
  return granted(openRecovery(ledger, aLowAnswer(survey, over), aContext(rated, policy)));
};
const laid = (ledger: ReturnType<typeof aLedger>, over: object) => ({
  ...ledger,
  ticket: { ...ledger.ticket, ...over } as Ticket,
});
const putRight = (...daysAgo: number[]) => ({
  ...emptySheet('01JCUSTOMER0000000000000000'),
  version: 1,
  recoveries: daysAgo.map((days, n) => ({ ticketId: `T-${n}`, cycle: 1, at: plus(rated, -days * DAY) })),
});

describe('nobody is put right in a circle', () => {
  test('beyond the cap no work begins, and the lead is asked to call, once', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const input = aLowAnswer(survey, { sheet: putRight(10, 80) });

    const first = granted(openRecovery(ledger, input, aContext(rated)));
    if (!first.change) throw new Error('It was not told.');
    const second = granted(openRecovery(afterChange(ledger, first.change), input, aContext(rated)));

    expect(first).toMatchObject({ kind: 'skipped', why: 'cap' });
    expect(first.change.events).toMatchObject([
      {
        type: 'remediation-skipped',
        why: 'cap',
        told: ['lea'],
        cause: 'survey',
        lately: 2,
        most: 2,
        ratedAgent: 'ada',
      },
    ]);
    expect(first.change.mails).toMatchObject([
      {
        to: { email: 'lea@desk.example' },
        content: { template: 'call-customer', why: 'again', words: 'It still fails.' },
      },
    ]);
    expect(first.change.after.status).toBe('resolved');
    expect(second).toEqual({ kind: 'skipped', why: 'cap' });
  });

  test('what lies before the window counts no more, and each recovery is written on the sheet of the person', () => {
    const step = open({ sheet: putRight(10, 91) });

    expect(step.kind).toBe('opened');
    expect(step.change?.contacts).toMatchObject({ before: { version: 1 }, after: { version: 2 } });
    expect(step.change?.contacts?.after.recoveries.at(-1)).toEqual({ ticketId: 'T-7K2M9Q', cycle: 1, at: rated });
  });
});

describe('why nothing begins', () => {
  const erased = { customer: { id: 'c', locale: 'en', type: 'standard', erased: true } };
  test.each([
    ['off', {}, {}, remediation({ on: false })],
    ['erased', erased, {}, aPolicy()],
    ['not-low-any-more', {}, { rated: undefined }, aPolicy()],
    ['already-open', { remediation: { state: 'open', cycle: 3, recoveryCycle: 3 } }, {}, aPolicy()],
  ] as const)('%s is told on the timeline and calls nobody', (why, ticket, over, policy) => {
    const { ledger, survey } = anAnsweredSurvey(1);

    const step = granted(openRecovery(laid(ledger, ticket), aLowAnswer(survey, over), aContext(rated, policy)));

    expect(step).toMatchObject({ kind: 'skipped', why });
    expect(step.change?.events).toMatchObject([{ type: 'remediation-skipped', why, about: 'survey#1' }]);
    expect(step.change?.mails).toBeUndefined();
  });

  test('another low answer about a cycle that was put right before asks the lead to call', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const { remediation: before } = anOpenRecovery();
    const low = { cause: 'reply' as const, score: 1, scale: 'four-point', about: 'M1' };

    const step = granted(
      openRecovery(ledger, aLowAnswer(survey, { low, before: { ...before, state: 'closed' } }), aContext(rated)),
    );

    expect(step).toMatchObject({ kind: 'skipped', why: 'put-right-before', change: { mails: [{}] } });
  });

  test('a ticket that nobody has yet is tried again later', () => {
    const { survey } = anAnsweredSurvey(1);

    expect(openRecovery(aNewLedger(), aLowAnswer(survey), aContext(rated))).toMatchObject({ refusal: 'not-triaged' });
  });
});

describe('who puts it right', () => {
  const assigneeOf = (step: RecoveryStep) => {
    const after = step.change?.after;
    return after && after.status !== 'new' ? after.assignee : undefined;
  };

  test('the agent who was rated, where the policy gives it back to them, and a senior when they are away', () => {
    const policy = remediation({ goesTo: 'agent' });

    expect(assigneeOf(open({}, policy))).toBe('ada');
    expect(assigneeOf(open({ team: aTeam({ ada: { present: false } }) }, policy))).toBe('cleo');
  });

  test('whoever of the group has room, where the policy gives it to the group', () => {
    expect(assigneeOf(open({ team: aTeam({ ada: { load: 3 } }) }, remediation({ goesTo: 'group' })))).toBe('ben');
  });

  test('a rule never gives it to the rated agent later, whoever else is away', () => {
    const team = aTeam({
      ada: { role: 'senior' },
      ben: { present: false },
      cleo: { present: false },
      eva: { present: false },
    });
    const { ledger } = anOpenRecovery(team);

    expect(giveOut(ledger, { team }, aContext(rated))).toMatchObject({ ok: false, refusal: 'nobody' });
    expect(granted(giveOut(ledger, { team: aTeam() }, aContext(rated))).after).toMatchObject({ assignee: 'cleo' });
  });

  test('who goes away leaves it to another senior, or at the top of the queue with the lead told', () => {
    const { ledger } = anOpenRecovery();
    const away = { cleo: { present: false } };

    const other = granted(handOver(ledger, { from: 'cleo', team: aTeam(away) }, aContext(rated)));
    const nobody = granted(
      handOver(ledger, { from: 'cleo', team: aTeam({ ...away, eva: { present: false } }) }, aContext(rated)),
    );

    expect(other.after).toMatchObject({ assignee: 'eva', group: 'expert' });
    expect(other.mails).toBeUndefined();
    expect(nobody.after).not.toHaveProperty('assignee');
    expect(nobody.mails).toMatchObject([{ to: { email: 'lea@desk.example' }, content: { template: 'recovery-left' } }]);
  });

  test('who left the team is found out when the deadline passes: somebody else has it then', () => {
    const { ledger, remediation: opened } = anOpenRecovery();
    const team = aTeam().filter(({ id }) => id !== 'cleo');

    const called = callTheLead(ledger, { remediation: opened, team }, aContext(plus(rated, 8 * HOUR)));

    expect(called.change?.after).toMatchObject({ assignee: 'eva' });
    expect(called.change?.events.map(({ type }) => type)).toEqual(['remediation-called', 'assigned']);
  });

  test('nobody is called before the deadline, whatever timer fires', () => {
    const { ledger, remediation: opened } = anOpenRecovery();

    const early = callTheLead(ledger, { remediation: opened, team: aTeam() }, aContext(plus(rated, 7 * HOUR)));

    expect(early).toEqual({ outcome: 'called', lookAgainAt: plus(rated, 8 * HOUR) });
  });
});

describe('what is low', () => {
  const reply = {
    type: 'reply-rated' as const,
    message: 'M1',
    agent: 'ada',
    group: 'frontline',
    ratedCycle: 1,
    score: 1,
    scale: 'four-point',
    label: 'very-bad',
    low: true,
    edit: 0,
  };
  const feedback = {
    type: 'feedback-given' as const,
    feedback: 'F1',
    kind: 'nps' as const,
    survey: 'nps@1',
    score: 3,
    scale: 'nps-11',
    low: true,
  };

  test('a reply, feedback and an NPS, by what was rated', () => {
    expect(lowAnswerOf(anEvent(reply))).toEqual({
      cycle: 1,
      cause: 'reply',
      score: 1,
      scale: 'four-point',
      about: 'M1',
    });
    expect(lowAnswerOf(anEvent(feedback))).toEqual({ cycle: 1, cause: 'nps', score: 3, scale: 'nps-11', about: 'F1' });
    expect(lowAnswerOf(anEvent({ ...reply, low: false }))).toBeUndefined();
    expect(lowAnswerOf(anEvent({ ...feedback, low: false }))).toBeUndefined();
  });

  test('a rating that was changed counts as it stands, and feedback rates nobody in particular', () => {
    const changed = [
      anEvent(reply, mondayAt9, { version: 1 }),
      anEvent({ ...reply, low: false, score: 4, edit: 1 }, rated, { version: 2 }),
    ];

    expect(ratedReply(changed, 'M1')).toMatchObject({ low: false, score: 4, ratedAgent: 'ada' });
    const given = {
      id: 'F1',
      at: rated,
      kind: 'feedback' as const,
      score: 1,
      scale: 'csat-5',
      low: true,
      answers: {},
      text: 'Slow.',
      locale: 'en',
      version: 1,
    };
    expect(ratedFeedback(given, undefined)).toEqual({ low: true, score: 1, scale: 'csat-5', words: 'Slow.' });
  });
});

describe('by which way the customer hears', () => {
  const reached = { suppressed: false, textsRefused: false };
  const consent = { phone: '+4915112345678', textsConsent: { at: mondayAt9, source: 'api' as const } };
  const ticket = aLedger().ticket;
  const agreed = { ...ticket, customer: { ...ticket.customer, ...consent } };
  const numberOnly = { ...ticket, customer: { ...ticket.customer, phone: consent.phone } };
  const mail = { email: 'sara@customer.example' };
  const text = { phone: consent.phone };

  test.each([
    ['mail, for who agreed to nothing', numberOnly, reached, {}, mail],
    ['a text, for who agreed', agreed, reached, {}, text],
    ['mail, after STOP', agreed, { ...reached, textsRefused: true }, {}, mail],
    ['mail, where the policy writes mail', agreed, reached, { apologiseBy: 'mail' as const }, mail],
    [
      'mail without consent, even where the policy wants texts',
      numberOnly,
      reached,
      { apologiseBy: 'sms' as const },
      mail,
    ],
    [
      'a text, where the address takes no mail',
      agreed,
      { ...reached, suppressed: true },
      { apologiseBy: 'mail' as const },
      text,
    ],
    ['nothing, where nothing reaches them', numberOnly, { ...reached, suppressed: true }, {}, undefined],
    ['nothing, after STOP without a living address', agreed, { suppressed: true, textsRefused: true }, {}, undefined],
  ])('%s', (_, of, unreachable, policy, way) => {
    expect(apologyWay(of, unreachable, remediation(policy))).toEqual(way);
  });

  test('a text message says of how many segments it is, and its answer comes to the ticket', () => {
    const { ledger, remediation: opened } = anOpenRecovery();
    const line = { customerId: 'P', ticketId: ledger.ticket.id };

    const change = granted(
      apologiseAndAsk(laid(ledger, { customer: agreed.customer }), anApology(opened, { line }), aContext(rated)),
    );

    expect(change.events).toMatchObject([{ type: 'remediation-contacted', way: 'sms', segments: 2 }]);
    expect(change).toMatchObject({ mails: [{ to: { phone: consent.phone } }], line });
  });

  test('refused by the number after all, the apology goes by mail, once', () => {
    const { ledger } = anOpenRecovery();
    const content = { template: 'apology' as const, subject: 'x', agent: 'Cleo', link: 'https://desk.example/t/token' };
    const owed = { key: 'apology#T-7K2M9Q#1', to: { phone: '+4930123456' }, content };
    const why = { why: 'texts-refused' as const, reason: 'The number asked for no text messages.' };

    const first = tellNotSent(ledger, owed, why, aContext(rated));
    if (!first) throw new Error('It was not told.');

    expect(first.events.map(({ type }) => type)).toEqual(['not-sent', 'remediation-contacted']);
    expect(first.mails).toMatchObject([{ key: 'apology#T-7K2M9Q#1#mail', to: { email: 'sara@customer.example' } }]);
    expect(tellNotSent(afterChange(ledger, first), owed, why, aContext(rated))).toBeUndefined();
  });

  test('not written to an address from which mail comes back, the apology does not go there after all', () => {
    const { ledger } = anOpenRecovery();
    const content = { template: 'apology' as const, subject: 'x', agent: 'Cleo', link: 'https://desk.example/t/token' };
    const owed = { key: 'apology#T-7K2M9Q#1', to: { email: 'sara@customer.example' }, content };

    const told = tellNotSent(ledger, owed, { why: 'address-suppressed', reason: 'It came back.' }, aContext(rated));

    expect(told?.events.map(({ type }) => type)).toEqual(['not-sent']);
    expect(told?.mails ?? []).toEqual([]);
  });

  test('agreeing is kept once with when and where, and taken back', () => {
    const ledger = aLedger();
    const first = chooseContact(ledger, { number: consent.phone }, aContext(rated));
    if (!first) throw new Error('It was not kept.');
    const after = afterChange(ledger, first);

    expect(first.after.customer).toMatchObject({
      phone: consent.phone,
      textsConsent: { at: rated, source: 'ticket-page' },
    });
    expect(chooseContact(after, { number: consent.phone }, aContext(rated))).toBeUndefined();
    expect(chooseContact(after, { number: undefined }, aContext(rated))?.after.customer).not.toHaveProperty(
      'textsConsent',
    );
  });
});
