import { expect, test } from 'vitest';
import { askOf, type ContactSheet, emptySheet } from '../../../domain/contact/governor.ts';
import { QuestionOpen } from '../../../domain/errors.ts';
import { askAgain } from '../../../domain/remediation/ask-again.ts';
import { DAY, HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { aContext, afterChange } from '../../support/builders.ts';
import { aDefinition, anAskable, anOpenRecovery, aWait, links } from '../../support/survey-builders.ts';

/** Asks whether it is better now, of somebody who was asked something else at `openSince` and has not answered. */
const askedAgain = (at: (solved: Instant) => Instant, openSince: (asked: Instant) => Instant) => {
  const { ledger, remediation } = anOpenRecovery();
  const solvedAt = plus(remediation.openedAt, HOUR);
  const solved = reply(
    ledger,
    {
      agent: 'cleo',
      agentName: 'Cleo',
      body: 'Fixed.',
      then: 'resolved',
      links: { ticket: 'https://desk.example/t/token' },
      replyTo: 'desk@desk.example',
    },
    aContext(solvedAt),
  );
  if (!solved.ok) return expect.fail(solved.detail);
  const now = at(solvedAt);
  const contacts: ContactSheet = {
    ...emptySheet('01JCUSTOMER'),
    version: 1,
    asks: [{ key: askOf('T-OTHER1', 1, 'csat'), kind: 'csat', at: openSince(now) }],
  };
  return askAgain(
    afterChange(ledger, solved.value),
    {
      remediation,
      definition: aDefinition({ id: 'follow-up', kind: 'follow-up' }),
      links,
      known: anAskable({ contacts }),
      wait: aWait({ machine: 'remediation', awaits: 'follow-up-rating', cycle: 2 }),
      asked: undefined,
    },
    aContext(now),
  );
};

test('whether it is better now waits for the question that the customer has before them', () => {
  const aDayLater = (solved: Instant) => plus(solved, DAY);

  expect(() => askedAgain(aDayLater, (now) => plus(now, -3 * DAY + 1))).toThrow(QuestionOpen);
  expect(askedAgain(aDayLater, (now) => plus(now, -3 * DAY)).survey?.after).toMatchObject({ status: 'asked' });
});

test('it waits as long as anybody would wait for the answer, and is then not asked', () => {
  const day = (days: number, ms: number) => (solved: Instant) => plus(solved, days * DAY + ms);
  const justAsked = (now: Instant) => plus(now, -HOUR);

  expect(() => askedAgain(day(8, -1), justAsked)).toThrow(QuestionOpen);
  expect(askedAgain(day(8, 0), justAsked).survey?.after).toMatchObject({ status: 'skipped', why: 'ask-open' });
});
