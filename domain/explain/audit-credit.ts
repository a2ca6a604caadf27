import { creditFor } from '../survey/credit.ts';
import type { TicketEvent } from '../ticket/event.ts';
import type { Audited, Disagreement } from './audited.ts';

/**
 * Whose rating it is: by the rule noted when the question went out and what had happened by then, in the group and tier that
 * had the ticket then. Nothing that came later has a say.
 */
export const creditDoubts = ({ satisfaction }: Audited, events: readonly TicketEvent[]): Disagreement[] => {
  if (satisfaction === undefined) return missing(events);
  const { agent, group, tier, cycle, survey, score, scale, low, at } = satisfaction;
  const asked = events.findIndex(
    (event) => event.type === 'survey-sent' && (event.ratedCycle ?? event.cycle) === cycle && event.survey === survey,
  );
  const answer = events.findLast((event) => event.type === 'survey-answered' && event.survey === survey);
  const wrong: Disagreement[] = [];
  const differ = (what: string, stored: string, recomputed: string): void => {
    if (stored !== recomputed) wrong.push({ what: `satisfaction.${what}`, stored, recomputed });
  };
  if (answer?.type !== 'survey-answered')
    return [{ what: 'satisfaction', stored: `${score} of ${survey}`, recomputed: 'never answered' }];
  differ('score', String(score), String(answer.score));
  differ('scale', scale, answer.scale);
  differ('at', at, answer.at);
  differ('low', String(low), String(answer.low));
  if (asked === -1)
    return [...wrong, { what: 'satisfaction.survey', stored: survey, recomputed: 'never sent in that cycle' }];
  const sent = events[asked];
  if (sent?.type !== 'survey-sent') return wrong;
  // Questions sent before the rule was noted were credited to the last answer.
  const by = { rule: sent.rule ?? 'last-reply', policy: sent.askedUnder ?? sent.policy };
  const credited = creditFor({ group, tier }, events.slice(0, asked), cycle, by);
  differ('agent', agent ?? 'nobody', credited.agent ?? 'nobody');
  if (sent.group !== undefined) differ('group', group, sent.group);
  if (sent.tier !== undefined) differ('tier', String(tier), String(sent.tier));
  if (sent.shares !== undefined) differ('shares', JSON.stringify(sent.shares), JSON.stringify(credited.shares));
  return wrong;
};

/** An answer that the ticket does not show; with a person's data, their rating goes too. */
const missing = (events: readonly TicketEvent[]): Disagreement[] => {
  const answer = events.findLast(({ type }) => type === 'survey-answered' || type === 'erased');
  return answer?.type === 'survey-answered'
    ? [{ what: 'satisfaction', stored: 'none', recomputed: `${answer.score} of ${answer.survey}` }]
    : [];
};
