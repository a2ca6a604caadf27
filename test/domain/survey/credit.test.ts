import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { answerSurvey } from '../../../domain/survey/answer.ts';
import { askForRating } from '../../../domain/survey/ask.ts';
import { type CreditRule, creditFor, sharesOf, WHOLE_SHARE } from '../../../domain/survey/credit.ts';
import { recategorise } from '../../../domain/ticket/acts/recategorise.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import type { Happening, TicketEvent } from '../../../domain/ticket/event.ts';
import { aContext, afterChange, anEvent, aPolicy, aTeam, mondayAt9 } from '../../support/builders.ts';
import { aDefinition, anAskable, anAskedSurvey, aResolvedLedger, aWait, links } from '../../support/survey-builders.ts';

const place = { group: 'frontline', tier: 1 as const };
const inTurn = (...list: Happening[]): TicketEvent[] =>
  list.map((happening, index) => anEvent(happening, plus(mondayAt9, index), { version: index + 1 }));
const replied = (agent: string): Happening => ({ type: 'replied', agent, message: `by-${agent}` });
const resolved = (agent?: string): Happening => ({ type: 'resolved', ...(agent !== undefined && { agent }) });
const creditOf = (rule: CreditRule, ...list: Happening[]) =>
  creditFor(place, inTurn(...list), 1, { rule, policy: '7' });

describe('a shared ticket is credited', () => {
  const shared = [replied('ada'), replied('ben'), replied('ben'), replied('cleo'), resolved('ada')];

  test('by last-reply to who answered the customer last', () => {
    expect(creditOf('last-reply', ...shared)).toEqual({ ...place, agent: 'cleo', rule: 'last-reply', policy: '7' });
  });

  test('by closer to who resolved it, and to who answered last when nobody of the team did', () => {
    expect(creditOf('closer', ...shared)).toMatchObject({ agent: 'ada', rule: 'closer' });
    expect(creditOf('closer', ...shared, resolved('cleo'))).toMatchObject({ agent: 'cleo' });
    expect(creditOf('closer', replied('ada'), replied('ben'), resolved())).toMatchObject({ agent: 'ben' });
  });

  test('by weighted to everybody who answered, by the number of answers, the largest share first', () => {
    expect(creditOf('weighted', ...shared)).toMatchObject({
      agent: 'ben',
      rule: 'weighted',
      shares: [
        { agent: 'ben', share: 5000 },
        { agent: 'cleo', share: 2500 },
        { agent: 'ada', share: 2500 },
      ],
    });
  });

  test('by weighted, of equals, to who answered last', () => {
    expect(creditOf('weighted', replied('ada'), replied('ben')).agent).toBe('ben');
    expect(creditOf('weighted', replied('ben'), replied('ada')).agent).toBe('ada');
  });

  test.each(['last-reply', 'closer', 'weighted'] as const)('by %s to nobody when nobody answered', (rule) => {
    expect(creditOf(rule, { type: 'noted', message: 'm' }, resolved())).toEqual({ ...place, rule, policy: '7' });
  });

  test('for the answers of its own cycle alone, in the order of what happened', () => {
    const [first, second] = inTurn(replied('ada'), replied('ben'));
    const events = [{ ...(second ?? expect.fail('none')), cycle: 2 }, first ?? expect.fail('none')];

    expect(creditFor(place, events, 1, { rule: 'last-reply', policy: '7' }).agent).toBe('ada');
    expect(creditFor(place, events, 2, { rule: 'last-reply', policy: '7' }).agent).toBe('ben');
  });
});

test('shares are whole, add up to exactly one, and differ from the true part by less than one ten-thousandth', () => {
  const agents = fc.array(fc.constantFrom('ada', 'ben', 'cleo', 'dan', 'eva', 'fred', 'gus'), { minLength: 1 });
  fc.assert(
    fc.property(agents, (answers) => {
      const shares = sharesOf(answers);

      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBe(WHOLE_SHARE);
      expect(shares.map(({ agent }) => agent).sort()).toEqual([...new Set(answers)].sort());
      for (const { agent, share } of shares) {
        const exact = (WHOLE_SHARE * answers.filter((each) => each === agent).length) / answers.length;
        expect(Number.isInteger(share)).toBe(true);
        expect(Math.abs(share - exact)).toBeLessThan(1);
      }
    }),
  );
});

describe('the credit of a survey', () => {
  const later = plus(mondayAt9, 5 * HOUR);
  const withRule = (credit: CreditRule, version: string) => {
    const policy = aPolicy({ version });
    return { ...policy, survey: { ...policy.survey, credit } };
  };
  const must = <T>(decision: { ok: true; value: T } | { ok: false; detail: string }): T =>
    decision.ok ? decision.value : expect.fail(decision.detail);

  /** Another group, owner and category, a reply of somebody else, and a policy with another rule and version. */
  const everythingChanged = (asked: Ledger): Ledger => {
    const ctx = aContext(later, withRule('weighted', '9'));
    let ledger = asked;
    const act = (change: Parameters<typeof afterChange>[1]): void => {
      ledger = afterChange(ledger, change);
    };
    act(must(reopen(ledger, { by: 'agent:lea', cause: 'agent' }, ctx)));
    act(must(transfer(ledger, { to: 'advanced', by: 'agent:lea', team: aTeam() }, ctx)));
    const categories = ['payment', 'shipping'].map((id) => ({
      id,
      names: {},
      severity: 1,
      group: 'frontline',
      keywords: [],
    }));
    act(must(recategorise(ledger, { category: 'shipping', by: 'agent:lea', categories }, ctx)));
    const said = { agent: 'cleo', agentName: 'Cleo', body: 'Once more.', replyTo: 'desk@desk.example' };
    act(must(reply(ledger, { ...said, links: { ticket: 'https://desk.example/t/token' } }, ctx)));
    return ledger;
  };

  test.each(['last-reply', 'closer', 'weighted'] as const)(
    'by %s is what it was when the question went out, whoever has the ticket and whatever the policy says later',
    (rule) => {
      const issued = aContext(plus(mondayAt9, 3 * HOUR), withRule(rule, '3'));
      const asked = anAskedSurvey(aResolvedLedger(), issued);
      const ledger = everythingChanged(asked.ledger);
      const form = { overall: '5', solved: 'yes' };

      const given = answerSurvey(
        ledger,
        { survey: asked.survey, definition: aDefinition(), form },
        aContext(later, withRule('closer', '9')),
      );

      const { change } = must(given);
      const shares = rule === 'weighted' ? { shares: [{ agent: 'ada', share: WHOLE_SHARE }] } : {};
      const snapshot = {
        agent: 'ada',
        group: 'frontline',
        tier: 1,
        rule,
        askedUnder: '3',
        ...shares,
      };
      const sent = asked.ledger.events.find(({ type }) => type === 'survey-sent');
      const about = { survey: 'after-resolve@1', series: aDefinition().series, measure: aDefinition().measure };
      expect(sent).toMatchObject({ ...snapshot, ...about, category: 'payment', policy: '3' });
      expect(change?.events[0]).toMatchObject({ ...snapshot, ...about, category: 'payment', policy: '9' });
      expect(change?.after).toMatchObject({ assignee: 'cleo', group: 'advanced', category: 'shipping' });
      expect(change?.after.satisfaction).toEqual({
        score: 5,
        scale: 'csat-5',
        label: 'star-5',
        measure: 'csat',
        low: false,
        agent: 'ada',
        ...shares,
        group: 'frontline',
        tier: 1,
        cycle: 1,
        survey: 'after-resolve@1',
        at: later,
      });
    },
  );

  test('keeps the variant that the customer was given', () => {
    const change = askForRating(
      aResolvedLedger(),
      { cycle: 1, definition: aDefinition(), variant: 'b', links, known: anAskable(), wait: aWait(), asked: undefined },
      aContext(plus(mondayAt9, 3 * HOUR)),
    );

    expect(change.survey?.after.variant).toBe('b');
    expect(change.events[0]).toMatchObject({ type: 'survey-sent', variant: 'b' });
  });
});
