import { expect, test } from 'vitest';
import { expectationOf } from '../../../domain/pages/expectation.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, type Instant, plus } from '../../../domain/support/time.ts';
import { climb } from '../../../domain/ticket/acts/climb.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reprioritise } from '../../../domain/ticket/acts/reprioritise.ts';
import { aContext, afterChange, aLedger, aPolicy, aTeam, mondayAt9, standingOf } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const hours = (count: number): Instant => plus(mondayAt9, count * HOUR);
const letterhead = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk+x@desk.example' };
const tells = (over: Partial<Policy> = {}): Policy =>
  aPolicy({
    tellCustomerWhenLate: true,
    ladder: [{ id: 'move', at: { share: 1 }, act: { kind: 'move' } }],
    targets: [{ id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT24H', resolution: 'PT72H' }],
    ...over,
  });
const climbed = (ledger: Ledger, at: number, policy: Policy) => {
  const { change } = climb(ledger, { team: aTeam(), letterhead }, aContext(hours(at), policy));
  return { change, ledger: change === undefined ? ledger : afterChange(ledger, change) };
};
const letters = (change: ReturnType<typeof climbed>['change']) =>
  (change?.mails ?? []).filter(({ content }) => content.template === 'late');

test('a customer hears at the due second that their first reply is late, who has it now, and by when they hear', () => {
  const policy = tells();
  const { change } = climbed(aLedger({}, aContext(mondayAt9, policy)), 24, policy);

  expect(letters(change)).toMatchObject([
    {
      key: `late#T-7K2M9Q#1#firstReply#${hours(24)}`,
      pace: 'prompt',
      replyTo: letterhead.replyTo,
      content: { template: 'late', dueAt: hours(24), until: hours(36), agent: 'Cleo', link: letterhead.links.ticket },
    },
  ]);
  expect(change?.events.at(-1)).toMatchObject({
    type: 'promise-slipped',
    by: 'rule:clock.tell-customer-when-late@1',
    until: hours(36),
  });
});

test('they hear it once in a cycle, however often the timer fires and whatever the priority becomes', () => {
  const policy = tells();
  const told = climbed(aLedger({}, aContext(mondayAt9, policy)), 24, policy).ledger;
  const urgent = granted(reprioritise(told, { priority: 'P1', by: 'agent:ada' }, aContext(hours(25), policy)));

  expect(letters(climbed(told, 24, policy).change)).toEqual([]);
  expect(letters(climbed(afterChange(told, urgent), 40, policy).change)).toEqual([]);
});

test('they hear it at the due second also where the ladder has no step', () => {
  const policy = tells({ ladder: [{ id: 'later', at: { after: 'PT2H' }, act: { kind: 'move' } }] });
  const ledger = aLedger({}, aContext(mondayAt9, policy));

  expect(standingOf(ledger, hours(1), policy).lookAgainAt).toBe(hours(24));
  expect(letters(climbed(ledger, 24, policy).change)).toHaveLength(1);
  expect(climbed(ledger, 24, policy).ledger.ticket.lookAgainAt).toBe(hours(26));
});

test('nobody hears it while the ticket waits for them, nor before it is late, nor where the policy is silent', () => {
  const policy = tells();
  const ledger = aLedger({}, aContext(mondayAt9, policy));
  const waiting = granted(hold(ledger, { waitingFor: 'customer', by: 'agent:ada' }, aContext(hours(1), policy)));
  const silent = tells({ tellCustomerWhenLate: false });

  expect(letters(climbed(afterChange(ledger, waiting), 30, policy).change)).toEqual([]);
  expect(letters(climbed(ledger, 23.9, policy).change)).toEqual([]);
  expect(letters(climbed(aLedger({}, aContext(mondayAt9, silent)), 24, silent).change)).toEqual([]);
});

test('whoever wants nothing automatic sent back finds it on the page alone', () => {
  const policy = tells();
  const { change, ledger } = climbed(aLedger({ noReceipt: true }, aContext(mondayAt9, policy)), 24, policy);

  expect(letters(change)).toEqual([]);
  expect(change?.events.at(-1)?.reason).toContain('No mail goes to the customer');
  expect(expectationOf(ledger.ticket, standingOf(ledger, hours(25), policy), hours(25))).toEqual({
    kind: 'late-reply',
    since: hours(24),
    by: hours(36),
  });
});

test('a renewed time that has passed, too, is shown no longer', () => {
  const policy = tells();
  const { ledger } = climbed(aLedger({}, aContext(mondayAt9, policy)), 24, policy);

  expect(expectationOf(ledger.ticket, standingOf(ledger, hours(36), policy), hours(36))).toEqual({
    kind: 'late-reply',
    since: hours(24),
  });
});
