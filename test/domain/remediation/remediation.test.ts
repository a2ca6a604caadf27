import { describe, expect, test } from 'vitest';
import { apologiseAndAsk } from '../../../domain/remediation/apologise.ts';
import { askAgain } from '../../../domain/remediation/ask-again.ts';
import { callTheLead } from '../../../domain/remediation/call-the-lead.ts';
import { openRecovery, type RecoveryStep } from '../../../domain/remediation/open-recovery.ts';
import { recordOutcome } from '../../../domain/remediation/record-outcome.ts';
import { plus } from '../../../domain/support/time.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { aContext, afterChange, aTeam, mondayAt9 } from '../../support/builders.ts';
import {
  aDefinition,
  aLowAnswer,
  anAnsweredSurvey,
  anApology,
  anAskable,
  anOpenRecovery,
  aWait,
  HOUR,
  links,
} from '../../support/survey-builders.ts';

const stepOf = (decision: ReturnType<typeof openRecovery>): RecoveryStep => {
  if (!decision.ok) throw new Error(decision.detail);
  return decision.value;
};

const rated = plus(mondayAt9, 15 * HOUR);
const letter = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk@desk.example' };

describe('opening a recovery', () => {
  test('reopens the ticket in its next cycle, at the top of the queue, with a senior who is not the rated agent', () => {
    const { ledger, remediation } = anOpenRecovery();

    expect(ledger.ticket).toMatchObject({
      status: 'open',
      cycle: 2,
      assignee: 'cleo',
      group: 'advanced',
      remediation: { state: 'open', cycle: 1, recoveryCycle: 2 },
    });
    expect(remediation).toMatchObject({ ratedAgent: 'ada', agent: 'cleo', deadline: plus(rated, 8 * HOUR), score: 1 });
  });

  test('never gives it back to the rated agent, even if they are the only senior there', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const team = aTeam({ ada: { role: 'senior' }, cleo: { present: false }, eva: { present: false } });

    const opened = stepOf(openRecovery(ledger, aLowAnswer(survey, { team }), aContext(rated)));

    expect(opened).toMatchObject({ kind: 'opened' });
    expect(opened.change?.after).not.toHaveProperty('assignee');
    expect(opened.change?.events.at(-1)).toMatchObject({ type: 'assigned', by: 'rule:routing.nobody@1' });
  });

  test("tells the lead at once, with the customer's own words", () => {
    const { ledger, survey } = anAnsweredSurvey(1);

    const opened = stepOf(openRecovery(ledger, aLowAnswer(survey), aContext(rated)));

    expect(opened.change?.mails).toMatchObject([
      {
        to: { email: 'lea@desk.example' },
        pace: 'prompt',
        content: { template: 'recovery', words: 'It still fails.' },
      },
    ]);
  });

  test('happens once per low answer, and one at a time per ticket', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const open = anOpenRecovery();

    const again = openRecovery(open.ledger, aLowAnswer(survey, { before: open.remediation }), aContext(rated));
    const another = stepOf(openRecovery(open.ledger, aLowAnswer(survey, { cycle: 2 }), aContext(rated)));
    const notLow = stepOf(openRecovery(ledger, aLowAnswer(anAnsweredSurvey(3).survey), aContext(rated)));

    expect(again).toEqual({ ok: true, value: { kind: 'opened', remediation: open.remediation } });
    expect(another).toMatchObject({ kind: 'skipped', why: 'already-open' });
    expect(notLow).toMatchObject({ kind: 'skipped', why: 'not-low-any-more' });
  });
});

describe('the apology', () => {
  test('is owed once', () => {
    const { ledger, remediation } = anOpenRecovery();
    const input = anApology(remediation);

    const first = apologiseAndAsk(ledger, input, aContext(rated));
    if (!first.ok) throw new Error(first.detail);
    const second = apologiseAndAsk(afterChange(ledger, first.value), input, aContext(rated));

    expect(first.value.mails).toMatchObject([
      { key: 'apology#T-7K2M9Q#1', content: { template: 'apology', agent: 'Cleo' } },
    ]);
    expect(second).toMatchObject({ ok: false, refusal: 'contacted-before' });
  });

  test('that reaches nobody is told on the timeline once, and the lead is asked to call', () => {
    const { ledger, remediation } = anOpenRecovery();
    const input = anApology(remediation, { unreachable: { suppressed: true, textsRefused: false } });

    const first = apologiseAndAsk(ledger, input, aContext(rated));
    if (!first.ok) throw new Error(first.detail);
    const second = apologiseAndAsk(afterChange(ledger, first.value), input, aContext(rated));

    expect(first.value.events).toMatchObject([{ type: 'not-sent', what: 'apology', why: 'no-address' }]);
    expect(first.value.mails).toMatchObject([
      { to: { email: 'lea@desk.example' }, content: { template: 'call-customer', why: 'no-address' } },
    ]);
    expect(second).toMatchObject({ ok: false, refusal: 'no-address' });
  });
});

describe('an overdue recovery', () => {
  test('calls the lead, then the manager, then counts as not put right', () => {
    let { ledger, remediation } = anOpenRecovery();
    const told: unknown[] = [];
    const outcomes: string[] = [];
    for (const hours of [8, 12, 16]) {
      const called = callTheLead(ledger, { remediation, team: aTeam() }, aContext(plus(rated, hours * HOUR)));
      outcomes.push(called.outcome);
      told.push(called.change?.mails?.map(({ to }) => to));
      if (called.change?.remediation) {
        ledger = afterChange(ledger, called.change);
        remediation = called.change.remediation.after;
      }
    }

    expect(outcomes).toEqual(['called', 'called', 'given-up']);
    expect(told).toMatchObject([[{ email: 'lea@desk.example' }], [{ email: 'max@desk.example' }], undefined]);
  });

  test('calls nobody twice when the task runs again, and keeps the time of the next call', () => {
    const { ledger, remediation } = anOpenRecovery();
    const at = (hours: number) => aContext(plus(rated, hours * HOUR));
    const { change } = callTheLead(ledger, { remediation, team: aTeam() }, at(8));
    if (!change?.remediation) throw new Error('The lead was not called.');

    const again = callTheLead(
      afterChange(ledger, change),
      { remediation: change.remediation.after, team: aTeam() },
      at(9),
    );

    expect(again).toEqual({ outcome: 'called', lookAgainAt: plus(rated, 12 * HOUR) });
  });

  test('calls nobody when the ticket was resolved in the same moment', () => {
    const { ledger, remediation } = anOpenRecovery();
    const solved = reply(
      ledger,
      { agent: 'cleo', agentName: 'Cleo', body: 'Fixed.', then: 'resolved', ...letter },
      aContext(plus(rated, HOUR)),
    );
    if (!solved.ok) throw new Error(solved.detail);

    const called = callTheLead(
      afterChange(ledger, solved.value),
      { remediation, team: aTeam() },
      aContext(plus(rated, 8 * HOUR)),
    );

    expect(called).toEqual({ outcome: 'called', lookAgainAt: plus(rated, 12 * HOUR) });
  });
});

describe('asking again', () => {
  const definition = aDefinition({ id: 'follow-up', kind: 'follow-up' });
  const wait = aWait({ machine: 'remediation', awaits: 'follow-up-rating', cycle: 2 });

  test('asks about the cycle in which it was put right, and credits who put it right', () => {
    const { ledger, remediation } = anOpenRecovery();
    const solved = reply(
      ledger,
      { agent: 'cleo', agentName: 'Cleo', body: 'Fixed.', then: 'resolved', ...letter },
      aContext(plus(rated, HOUR)),
    );
    if (!solved.ok) throw new Error(solved.detail);

    const change = askAgain(
      afterChange(ledger, solved.value),
      { remediation, definition, links, known: anAskable(), wait, asked: undefined },
      aContext(plus(rated, 25 * HOUR)),
    );

    expect(change.survey?.after).toMatchObject({
      status: 'asked',
      cycle: 2,
      kind: 'follow-up',
      credit: { agent: 'cleo' },
    });
    expect(change.mails?.map((mail) => mail.key)).toEqual(['survey#T-7K2M9Q#2#follow-up']);
  });

  test('records why somebody who opted out is not asked, and still hands over the token', () => {
    const { ledger, remediation } = anOpenRecovery();
    const solved = reply(
      ledger,
      { agent: 'cleo', agentName: 'Cleo', body: 'Fixed.', then: 'resolved', ...letter },
      aContext(rated),
    );
    if (!solved.ok) throw new Error(solved.detail);

    const change = askAgain(
      afterChange(ledger, solved.value),
      { remediation, definition, links, known: anAskable({ optedOut: true }), wait, asked: undefined },
      aContext(rated),
    );

    expect(change.survey?.after).toMatchObject({ status: 'skipped', why: 'opted-out' });
    expect(change.wait).toEqual(wait);
    expect(change.mails).toBeUndefined();
  });
});

describe('the outcome', () => {
  test.each(['recovered', 'not-recovered', 'no-answer'] as const)(
    '%s is written to the ticket and the record, once',
    (outcome) => {
      const { ledger, remediation } = anOpenRecovery();

      const first = recordOutcome(ledger, { remediation, outcome }, aContext(rated));
      if (!first.ok || first.value.remediation === undefined) throw new Error('not recorded');
      const second = recordOutcome(
        afterChange(ledger, first.value),
        { remediation: first.value.remediation.after, outcome },
        aContext(rated),
      );

      expect(first.value.after.remediation).toEqual({ state: 'closed', cycle: 1, recoveryCycle: 2, outcome });
      expect(first.value.events).toMatchObject([{ type: 'remediation-closed', ratedCycle: 1, outcome }]);
      expect(second).toMatchObject({ ok: false, refusal: 'closed-before' });
    },
  );
});
