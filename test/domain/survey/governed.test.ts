import { describe, expect, test } from 'vitest';
import { askOf, type ContactSheet, closeAsk, emptySheet, reminderOf } from '../../../domain/contact/governor.ts';
import { OutsideHours } from '../../../domain/errors.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { DAY, HOUR, plus } from '../../../domain/support/time.ts';
import { answerSurvey } from '../../../domain/survey/answer.ts';
import { askForRating } from '../../../domain/survey/ask.ts';
import { cancelSurvey, expireSurvey } from '../../../domain/survey/cancel.ts';
import { remindOnce } from '../../../domain/survey/remind.ts';
import { WHY_NOT, type WhyNot } from '../../../domain/survey/why-not.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import { aContext, afterChange, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { aDefinition, anAskable, anAskedSurvey, aResolvedLedger, aWait, links } from '../../support/survey-builders.ts';

const later = plus(mondayAt9, 3 * HOUR);
const KEY = askOf('T-7K2M9Q', 1, 'csat');
const daytimePolicy = (): Policy => {
  const policy = aPolicy();
  return { ...policy, survey: { ...policy.survey, hours: { from: '09:00', to: '20:00' } } };
};

/** Somebody who was asked so often lately, an hour apart and a day ago, and answered everything. */
const askedBefore = (times: number, answered = true): ContactSheet => ({
  ...emptySheet('01JCUSTOMER'),
  version: times,
  asks: Array.from({ length: times }, (_, nth) => {
    const at = plus(later, -DAY - (times - nth) * HOUR);
    return { key: `T-00000${nth}#1#csat`, kind: 'csat', at, ...(answered && { closedAt: at }) };
  }),
});

const ask = (
  known: Partial<Parameters<typeof anAskable>[0]> = {},
  {
    ledger = aResolvedLedger(),
    now = later,
    policy = aPolicy(),
    skip,
  }: {
    ledger?: Ledger;
    now?: string;
    policy?: Policy;
    skip?: 'held-out' | 'not-sampled';
  } = {},
): Change =>
  askForRating(
    ledger,
    {
      cycle: 1,
      definition: aDefinition(),
      links,
      known: anAskable(known),
      wait: aWait(),
      asked: undefined,
      ...(skip && { skip }),
    },
    aContext(now, policy),
  );

const withCustomer = (customer: Partial<Ledger['ticket']['customer']>): Ledger => {
  const ledger = aResolvedLedger();
  return { ...ledger, ticket: { ...ledger.ticket, customer: { ...ledger.ticket.customer, ...customer } } };
};

describe('asking for a rating', () => {
  test('puts the question on the sheet of the person, in the same change', () => {
    const change = ask();

    expect(change.contacts).toEqual({
      before: emptySheet('01JCUSTOMER'),
      after: { ...emptySheet('01JCUSTOMER'), version: 1, asks: [{ key: KEY, kind: 'csat', at: later }] },
    });
    expect(change.events).toMatchObject([{ type: 'survey-sent', budget: { lately: 0, upTo: 3, within: 'P30D' } }]);
  });

  test.each([
    ['asked-enough', askedBefore(3), plus(askedBefore(3).asks[0]?.at ?? '', 30 * DAY)],
    ['ask-open', askedBefore(1, false), plus(askedBefore(1).asks[0]?.at ?? '', 3 * DAY)],
  ] as const)('is not done when %s, with what was weighed and from when on it could be', (why, contacts, freeFrom) => {
    const change = ask({ contacts });

    expect(change.events).toMatchObject([
      {
        type: 'survey-skipped',
        why,
        reason: WHY_NOT[why],
        by: 'rule:contact.budget@1',
        budget: { lately: contacts.asks.length, upTo: 3, freeFrom },
      },
    ]);
    expect(change.survey?.after).toMatchObject({ status: 'skipped', why });
    expect([change.mails, change.contacts]).toEqual([undefined, undefined]);
    expect(change.wait).toBeDefined();
  });

  test.each([
    ['held-out', 'rule:survey.hold-out@1'],
    ['not-sampled', 'rule:survey.sample@1'],
  ] as const)('is not done to somebody who is %s, and takes nothing of their budget', (skip, by) => {
    const change = ask({}, { skip });

    expect(change.events).toMatchObject([{ type: 'survey-skipped', why: skip, by }]);
    expect(change.contacts).toBeUndefined();
  });

  test('waits for the day of the customer, and says so by name', () => {
    const night = plus(mondayAt9, 14 * HOUR);
    const inTehran = withCustomer({ timeZone: 'Asia/Tehran' });
    const inNewYork = withCustomer({ timeZone: 'America/New_York' });

    expect(() => ask({}, { ledger: inTehran, now: night, policy: daytimePolicy() })).toThrow(OutsideHours);
    expect(ask({}, { ledger: inNewYork, now: night, policy: daytimePolicy() }).mails).toHaveLength(1);
  });

  test('does not wait for the day to say that nothing is asked', () => {
    const night = plus(mondayAt9, 14 * HOUR);

    const change = ask({ optedOut: true }, { now: night, policy: daytimePolicy() });

    expect(change.events).toMatchObject([{ type: 'survey-skipped', why: 'opted-out' }]);
  });
});

describe('somebody who is no customer', () => {
  const staff = [{ id: 'sara', name: 'Sara', email: 'sara@desk.example', phone: '+4930123456' }];
  const never = (who: string): Policy => {
    const policy = aPolicy();
    return { ...policy, survey: { ...policy.survey, neverAsk: [who] } };
  };

  test.each([
    ['the desk itself', 'requester-is-desk', { email: 'support@desk.example' }, {}],
    ['a signed address of the desk', 'requester-is-desk', { email: 'Support+t-1.x@desk.example' }, {}],
    ['one of the team', 'requester-is-staff', { email: 'SARA@desk.example' }, { staff }],
    ['one of the team by telephone', 'requester-is-staff', { email: undefined, phone: '+4930123456' }, { staff }],
    [
      'one of the team by another address',
      'requester-is-staff',
      {},
      { staff, alsoKnownAs: [{ email: 'sara@desk.example' }] },
    ],
    ['somebody erased', 'erased', { email: undefined, erased: true }, {}],
  ] as const)('is not asked: %s', (_, why, customer, known) => {
    const change = ask(known, { ledger: withCustomer(customer as object) });

    expect(change.events).toMatchObject([{ type: 'survey-skipped', why, reason: WHY_NOT[why] }]);
  });

  test.each([
    ['an address', 'sara@customer.example', true],
    ['a domain', 'customer.example', true],
    ['a domain above', 'example', true],
    ['another address', 'kim@customer.example', false],
    ['a domain that only ends so', 'omer.example', false],
  ])('is not asked when the policy names it: %s', (_, who, isNamed) => {
    const change = ask({}, { policy: never(who) });

    expect(change.events[0]?.type).toBe(isNamed ? 'survey-skipped' : 'survey-sent');
  });

  test('a ticket that an article solved is not asked about', () => {
    const ledger = aResolvedLedger();
    const events = ledger.events.map((event) =>
      event.type === 'resolved' ? { ...event, type: 'closed' as const, how: 'deflected' as const } : event,
    );

    expect(ask({}, { ledger: { ...ledger, events } }).events).toMatchObject([{ why: 'solved-by-article' }]);
  });
});

describe('the reminder', () => {
  const open = (): ContactSheet => ({
    ...emptySheet('01JCUSTOMER'),
    version: 1,
    asks: [{ key: KEY, kind: 'csat', at: later }],
  });
  const remind = (known: Parameters<typeof anAskable>[0], now = plus(later, 2 * DAY), policy = aPolicy()) => {
    const { ledger, survey } = anAskedSurvey();
    const decision = remindOnce(ledger, { survey, links, known: anAskable(known) }, aContext(now, policy));
    return decision.ok ? { ledger, change: decision.value } : expect.fail(decision.detail);
  };

  test('is the one thing that may be asked while the question is open, and is on the sheet too', () => {
    const { change } = remind({ contacts: open() });

    expect(change.mails).toHaveLength(1);
    expect(change.contacts?.after.asks).toMatchObject([{ key: KEY }, { key: reminderOf(KEY), kind: 'reminder' }]);
  });

  test.each<[WhyNot, Parameters<typeof anAskable>[0]]>([
    ['opted-out', { optedOut: true }],
    ['address-suppressed', { suppressed: true }],
    ['asked-enough', { contacts: askedBefore(2) }],
    [
      'ask-open',
      { contacts: { ...open(), asks: [{ key: 'T-000002#1#csat', kind: 'csat' as const, at: plus(later, DAY) }] } },
    ],
  ])('is not sent when %s, and the ticket says so once', (why, known) => {
    const { ledger, change } = remind(known);
    const survey = anAskedSurvey().survey;
    const twice = remindOnce(
      afterChange(ledger, change),
      { survey, links, known: anAskable(known) },
      aContext(plus(later, 2 * DAY)),
    );

    expect(change.events).toMatchObject([{ type: 'reminder-skipped', kind: 'csat', why, reason: WHY_NOT[why] }]);
    expect([change.mails, change.survey, change.contacts]).toEqual([undefined, undefined, undefined]);
    expect(twice.ok).toBe(false);
  });

  test('waits for the day of the customer', () => {
    const night = plus(mondayAt9, 2 * DAY + 14 * HOUR);

    expect(() => remind({}, night, daytimePolicy())).toThrow(OutsideHours);
  });
});

describe('the sheet of the person', () => {
  const { ledger, survey } = anAskedSurvey();
  const contacts: ContactSheet = {
    ...emptySheet('01JCUSTOMER'),
    version: 2,
    asks: [
      { key: KEY, kind: 'csat', at: later },
      { key: reminderOf(KEY), kind: 'reminder', at: plus(later, 2 * DAY) },
    ],
  };
  const answer = (at: string, over: Partial<Parameters<typeof answerSurvey>[1]> = {}) => {
    const input = { survey, definition: aDefinition(), form: { overall: '5', solved: 'yes' }, contacts, ...over };
    const answered = answerSurvey(ledger, input, aContext(at));
    return answered.ok ? answered.value.change : expect.fail(answered.detail);
  };

  test.each([
    ['an answer', answer(plus(later, 3 * DAY)), 3],
    ['a reopening or a merge', cancelSurvey(ledger, { survey, contacts }, aContext(plus(later, 3 * DAY))), 3],
    ['the end of the link', expireSurvey(ledger, { survey, contacts }, aContext(plus(later, 28 * DAY))), 28],
  ])('is freed by %s, of the question and its reminder, in the same change', (_, change, days) => {
    const closedAt = plus(later, days * DAY);

    expect(change?.contacts).toMatchObject({
      before: { version: 2 },
      after: { version: 3, asks: [{ closedAt }, { closedAt }] },
    });
  });

  test('is not written by an edit of the answer', () => {
    const first = answer(plus(later, DAY))?.survey?.after ?? expect.fail('nothing was answered');
    const edited = answer(plus(later, DAY + HOUR), {
      survey: first,
      form: { overall: '4', solved: 'yes' },
      contacts: closeAsk(contacts, KEY, later),
    });

    expect(edited?.survey?.after).toMatchObject({ answer: { score: 4 } });
    expect(edited?.contacts).toBeUndefined();
  });
});
