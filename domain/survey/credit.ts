import { answeredBy, inOrder, type TicketEvent } from '../ticket/event.ts';
import type { AgentId, Tier } from '../ticket/ticket.ts';
import type { Measure } from './measure.ts';

/** Whose an answer is when several people worked on a cycle; which one counts is policy (`survey.credit`). */
export const CREDIT_RULES = ['last-reply', 'closer', 'weighted'] as const;
export type CreditRule = (typeof CREDIT_RULES)[number];

/** Shares are whole ten-thousandths, so that they add up to exactly this. */
export const WHOLE_SHARE = 10_000;

/** One person's part of an answer, in ten-thousandths: 6667 is two thirds. */
export interface Share {
  agent: AgentId;
  share: number;
}

/** The credit is a snapshot taken when the survey is issued, and never looked up again. */
export interface SurveyCredit {
  /** Absent when nobody of the team answered in the cycle. */
  agent?: AgentId;
  group: string;
  tier: Tier;
  rule: CreditRule;
  /** Under `weighted`: everybody who replied, the largest share first; they add up to `WHOLE_SHARE`. */
  shares?: Share[];
  /** Version of the policy whose rule gave it. Surveys issued before that was noted have none. */
  policy?: string;
}

/** What was asked, as it was when the survey was issued. Surveys issued before it was noted lack it. */
export interface AskedAs {
  series?: string;
  measure?: Measure;
  /** Of an A/B test. */
  variant?: string;
  /** Of the ticket. */
  category?: string;
}

/** What the events of a survey carry of its snapshot: a report needs nothing but the event. */
export interface CreditedEvent extends AskedAs {
  agent?: AgentId;
  group?: string;
  tier?: Tier;
  rule?: CreditRule;
  shares?: Share[];
  /** Version of the policy under which the survey was issued; the event's own `policy` is of the answer. */
  askedUnder?: string;
}

/**
 * Whose the answer about a cycle will be, by the ledger as it stands. `last-reply`: who answered the customer last.
 * `closer`: who resolved it; if nobody of the team did, who answered last. `weighted`: everybody who answered, by the
 * number of answers; `agent` is whose share is the largest, of equals who answered last.
 */
export const creditFor = (
  { group, tier }: { group: string; tier: Tier },
  events: readonly TicketEvent[],
  cycle: number,
  { rule, policy }: { rule: CreditRule; policy: string },
): SurveyCredit => {
  const ofCycle = inOrder(events).filter((event) => event.cycle === cycle);
  const answers = ofCycle.map(answeredBy).filter((agent) => agent !== undefined);
  const credit = (agent: AgentId | undefined, shares?: Share[]): SurveyCredit => ({
    ...(agent !== undefined && { agent }),
    group,
    tier,
    rule,
    ...(shares !== undefined && shares.length > 0 && { shares }),
    policy,
  });
  switch (rule) {
    case 'last-reply':
      return credit(answers.at(-1));
    case 'closer':
      return credit(closerOf(ofCycle) ?? answers.at(-1));
    case 'weighted': {
      const shares = sharesOf(answers);
      return credit(shares[0]?.agent, shares);
    }
  }
};

const closerOf = (events: readonly TicketEvent[]): AgentId | undefined => {
  const resolved = events.findLast((event) => event.type === 'resolved');
  return resolved?.type === 'resolved' ? resolved.agent : undefined;
};

/**
 * Shares by the number of answers, by largest remainder: what rounding down leaves over goes, one ten-thousandth each, to
 * the largest remainders. Equals stand in the order of their last answer, the latest first.
 */
export const sharesOf = (answers: readonly AgentId[]): Share[] => {
  const counts = new Map<AgentId, number>();
  for (const agent of answers.toReversed()) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  const exact = [...counts].map(([agent, count]) => ({ agent, parts: count * WHOLE_SHARE }));
  const shares = exact.map(({ agent, parts }) => ({
    agent,
    share: Math.floor(parts / answers.length),
    left: parts % answers.length,
  }));
  const over = WHOLE_SHARE - shares.reduce((sum, { share }) => sum + share, 0);
  for (const each of shares.toSorted((a, b) => b.left - a.left).slice(0, over)) each.share += 1;
  return shares.map(({ agent, share }) => ({ agent, share })).sort((a, b) => b.share - a.share);
};

/** The snapshot of a survey as its events carry it. */
export const creditedEvent = (survey: AskedAs & { credit: SurveyCredit }): CreditedEvent => {
  const { credit, series, measure, variant, category } = survey;
  const { policy, ...credited } = credit;
  return {
    ...credited,
    ...(policy !== undefined && { askedUnder: policy }),
    ...(series !== undefined && { series }),
    ...(measure !== undefined && { measure }),
    ...(variant !== undefined && { variant }),
    ...(category !== undefined && { category }),
  };
};
