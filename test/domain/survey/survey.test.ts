import { describe, expect, test } from 'vitest';
import { plus } from '../../../domain/support/time.ts';
import { answerSurvey } from '../../../domain/survey/answer.ts';
import { askForRating } from '../../../domain/survey/ask.ts';
import { cancelSurvey, expireSurvey } from '../../../domain/survey/cancel.ts';
import { eligibility } from '../../../domain/survey/eligibility.ts';
import { remindOnce } from '../../../domain/survey/remind.ts';
import { assign } from '../../../domain/ticket/acts/assign.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { aContext, afterChange, aLedger, aTeam, mondayAt9 } from '../../support/builders.ts';
import {
  aDefinition,
  anAnsweredSurvey,
  anAskable,
  anAskedSurvey,
  aResolvedLedger,
  aWait,
  DAY,
  HOUR,
  links,
} from '../../support/survey-builders.ts';

const later = plus(mondayAt9, 3 * HOUR);
const ask = (ledger = aResolvedLedger(), known = anAskable(), now = later) =>
  askForRating(
    ledger,
    { cycle: 1, definition: aDefinition(), links, known, wait: aWait(), asked: undefined },
    aContext(now),
  );

describe('who is asked', () => {
  test('a customer whose ticket a person answered and resolved is asked, with the mail in the same change', () => {
    const change = ask();

    expect(change.survey?.after).toMatchObject({ status: 'asked', kind: 'csat', survey: 'after-resolve@1' });
    expect(change.mails).toMatchObject([
      { key: 'survey#T-7K2M9Q#1#csat', content: { template: 'survey', agent: 'Ada' } },
    ]);
    expect(change.events.map((event) => event.type)).toEqual(['survey-sent']);
    expect(change.wait?.token).toBe('token-1');
  });

  test('asked again for the same cycle, it hands over the new token and asks nobody', () => {
    const { ledger, survey } = anAskedSurvey();

    const change = askForRating(
      ledger,
      {
        cycle: 1,
        definition: aDefinition(),
        links,
        known: anAskable(),
        wait: aWait({ token: 'token-2' }),
        asked: survey,
      },
      aContext(later),
    );

    expect(change).toMatchObject({ events: [], wait: { token: 'token-2' } });
    expect(change.mails).toBeUndefined();
    expect(change.survey).toBeUndefined();
  });

  const reopened = () => {
    const ledger = aResolvedLedger();
    const change = reopen(ledger, { by: 'agent:ada', cause: 'agent' }, aContext(later));
    if (!change.ok) throw new Error(change.detail);
    return afterChange(ledger, change.value);
  };
  const withoutReply = () => {
    const ledger = aLedger();
    const change = resolve(ledger, { agent: 'ada' }, aContext(later));
    if (!change.ok) throw new Error(change.detail);
    return afterChange(ledger, change.value);
  };
  /** Its own low answer, or that of a ticket which became a part of it. */
  const puttingRight = (what: Pick<Ticket, 'remediation' | 'putsRight'>) => {
    const { ticket, events } = aResolvedLedger();
    return { ticket: { ...ticket, ...what }, events };
  };
  test.each([
    ['reopened', reopened(), anAskable(), later],
    ['no-human-reply', withoutReply(), anAskable(), later],
    ['resolved-long-ago', aResolvedLedger(), anAskable(), plus(later, 8 * DAY)],
    [
      'requester-is-staff',
      aResolvedLedger(),
      anAskable({ staff: [{ id: 'sara', name: 'Sara', email: 'Sara@Customer.example' }] }),
      later,
    ],
    [
      'being-put-right',
      puttingRight({ remediation: { state: 'open', cycle: 1, recoveryCycle: 1 } }),
      anAskable(),
      later,
    ],
    [
      'being-put-right',
      puttingRight({ putsRight: [{ ticket: 'T-PART11', through: [], cycle: 1 }] }),
      anAskable(),
      later,
    ],
    ['address-suppressed', aResolvedLedger(), anAskable({ suppressed: true }), later],
    ['opted-out', aResolvedLedger(), anAskable({ optedOut: true }), later],
  ])('nobody is asked when %s, and the ticket says so', (why, ledger, known, now) => {
    const change = ask(ledger, known, now);

    expect(change.events).toMatchObject([{ type: 'survey-skipped', why }]);
    expect(change.survey?.after).toMatchObject({ status: 'skipped', why });
    expect(change.mails).toBeUndefined();
    expect(change.wait).toBeDefined();
  });

  test('a ticket closed on a silent customer is not asked about', () => {
    const ledger = aResolvedLedger();
    const events = ledger.events.map((event) =>
      event.type === 'resolved' ? { ...event, type: 'closed' as const, how: 'customer-silent' as const } : event,
    );

    expect(eligibility(ledger.ticket, events, { cycle: 1, known: anAskable() }, aContext(later))).toEqual({
      ask: false,
      why: 'closed-without-answer',
    });
  });
});

describe('who gets the credit', () => {
  test('it is the agent who replied last when the survey was issued, whoever has the ticket later', () => {
    const { ledger, survey } = anAskedSurvey();
    const reopenedNow = reopen(ledger, { by: 'agent:ada', cause: 'agent' }, aContext(later));
    if (!reopenedNow.ok) throw new Error(reopenedNow.detail);
    const open = afterChange(ledger, reopenedNow.value);
    const moved = assign(open, { to: 'ben', by: 'agent:lea', team: aTeam() }, aContext(later));
    if (!moved.ok) throw new Error(moved.detail);

    const answered = answerSurvey(
      afterChange(open, moved.value),
      { survey, definition: aDefinition(), form: { overall: '5', solved: 'yes' } },
      aContext(later),
    );

    if (!answered.ok) throw new Error(answered.detail);
    expect(answered.value.change?.after).toMatchObject({
      assignee: 'ben',
      satisfaction: { agent: 'ada', group: 'frontline', tier: 1, cycle: 1, score: 5, low: false },
    });
  });
});

describe('an answer', () => {
  test('is recorded once: the same post again changes nothing', () => {
    const { ledger, survey } = anAnsweredSurvey(1);

    const again = answerSurvey(
      ledger,
      { survey, definition: aDefinition(), form: { overall: '1', solved: 'no', why: 'It still fails.' } },
      aContext(plus(mondayAt9, 16 * HOUR)),
    );

    expect(again).toEqual({ ok: true, value: {} });
  });

  test('may be changed for a day from the first one, and every edit is kept', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const form = { overall: '4', solved: 'yes' };
    const edit = (hours: number) =>
      answerSurvey(ledger, { survey, definition: aDefinition(), form }, aContext(plus(mondayAt9, (15 + hours) * HOUR)));

    const inTime = edit(23);
    const late = edit(24);

    expect(inTime).toMatchObject({
      ok: true,
      value: { change: { survey: { after: { answer: { score: 4 }, earlier: [{ score: 1 }] } } } },
    });
    expect(late).toMatchObject({ ok: false, refusal: 'survey-answered' });
  });

  test.each([
    ['no rating at all', { solved: 'yes' }, ['overall']],
    ['a rating that is not on the scale', { overall: '6', solved: 'yes' }, ['overall']],
    ['a required answer of the branch is missing', { overall: '2', solved: 'no' }, ['why']],
    ['something else than yes or no', { overall: '2', solved: 'maybe' }, ['solved']],
    ['far too much text', { overall: '2', solved: 'no', why: 'x'.repeat(4001) }, ['why']],
  ])('is refused with its path when there is %s', (_, form, paths) => {
    const { ledger, survey } = anAskedSurvey();

    const refused = answerSurvey(ledger, { survey, definition: aDefinition(), form }, aContext(later));

    expect(refused).toMatchObject({ ok: false, refusal: 'wrong-shape' });
    expect(refused.problems?.map((problem) => problem.path)).toEqual(paths);
  });

  test('does not keep the answer to a question that the branch did not ask', () => {
    const { ledger, survey } = anAskedSurvey();

    const answered = answerSurvey(
      ledger,
      { survey, definition: aDefinition(), form: { overall: '5', solved: 'yes', why: 'left over', other: 'x' } },
      aContext(later),
    );

    if (!answered.ok) throw new Error(answered.detail);
    const after = answered.value.change?.survey?.after;
    expect(after?.status === 'answered' && after.answer.answers).toEqual({ overall: '5', solved: 'yes' });
  });

  test('comes too late once the link has expired, even while the record is still there', () => {
    const { ledger, survey } = anAskedSurvey();

    const late = answerSurvey(
      ledger,
      { survey, definition: aDefinition(), form: { overall: '5', solved: 'yes' } },
      aContext(plus(later, 28 * DAY)),
    );

    expect(late).toMatchObject({ ok: false, refusal: 'survey-expired' });
  });
});

describe('the reminder', () => {
  const remind = (asked: ReturnType<typeof anAskedSurvey>, known = anAskable(), now = plus(later, 2 * DAY)) =>
    remindOnce(asked.ledger, { survey: asked.survey, links, known }, aContext(now));

  test('goes out once', () => {
    const asked = anAskedSurvey();
    const first = remind(asked);
    if (!first.ok || first.value.survey === undefined) throw new Error('not reminded');

    const second = remind({ ledger: afterChange(asked.ledger, first.value), survey: first.value.survey.after });

    expect(first.value.mails?.map((mail) => mail.key)).toEqual(['survey#T-7K2M9Q#1#csat#reminder']);
    expect(second).toMatchObject({ ok: false, refusal: 'not-wanted' });
  });

  test('is stopped by an answer, a reopening and the end of the link', () => {
    const asked = anAskedSurvey();
    const back = reopen(asked.ledger, { by: 'agent:ada', cause: 'agent' }, aContext(later));
    if (!back.ok) throw new Error(back.detail);

    const refusals = [
      remind(anAnsweredSurvey(4)),
      remind({ ...asked, ledger: afterChange(asked.ledger, back.value) }),
      remind(asked, anAskable(), plus(later, 29 * DAY)),
    ];

    expect(refusals.map((refusal) => refusal.ok)).toEqual([false, false, false]);
  });
});

describe('an open question', () => {
  test('is taken back when the ticket reopens, an answered one stays', () => {
    const asked = anAskedSurvey();
    const answered = anAnsweredSurvey(3);

    expect(
      cancelSurvey(asked.ledger, { survey: asked.survey, contacts: undefined }, aContext(later))?.survey?.after,
    ).toMatchObject({
      status: 'cancelled',
    });
    expect(
      cancelSurvey(answered.ledger, { survey: answered.survey, contacts: undefined }, aContext(later)),
    ).toBeUndefined();
  });

  test('is recorded as expired after its time, and not before', () => {
    const asked = anAskedSurvey();

    const question = { survey: asked.survey, contacts: undefined };

    expect(expireSurvey(asked.ledger, question, aContext(plus(later, 27 * DAY)))).toBeUndefined();
    expect(expireSurvey(asked.ledger, question, aContext(plus(later, 28 * DAY)))?.events).toMatchObject([
      { type: 'survey-expired' },
    ]);
  });
});
