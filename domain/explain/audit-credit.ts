import { answeredBy, type TicketEvent } from '../ticket/event.ts';
import type { Audited, Disagreement } from './audit.ts';

/**
 * Whose rating it is: the last person who answered in the rated cycle before the question went out, in the group that had
 * the ticket then (FIELD.md pitfall 2).
 */
export const creditDoubts = ({ satisfaction }: Audited, events: readonly TicketEvent[]): Disagreement[] => {
  if (satisfaction === undefined) return [];
  const { agent, cycle, survey, score, low } = satisfaction;
  const asked = events.findIndex(
    (event) => event.type === 'survey-sent' && event.cycle === cycle && event.survey === survey,
  );
  const answer = events.findLast((event) => event.type === 'survey-answered' && event.survey === survey);
  const wrong: Disagreement[] = [];
  const differ = (what: string, stored: string, recomputed: string): void => {
    if (stored !== recomputed) wrong.push({ what: `satisfaction.${what}`, stored, recomputed });
  };
  if (answer?.type !== 'survey-answered')
    return [{ what: 'satisfaction', stored: `${score} of ${survey}`, recomputed: 'never answered' }];
  differ('score', String(score), String(answer.score));
  differ('low', String(low), String(answer.low));
  if (asked === -1)
    return [...wrong, { what: 'satisfaction.survey', stored: survey, recomputed: 'never sent in that cycle' }];
  const credited = events
    .slice(0, asked)
    .filter((event) => event.cycle === cycle)
    .map(answeredBy)
    .findLast((each) => each !== undefined);
  differ('agent', agent ?? 'nobody', credited ?? 'nobody');
  return wrong;
};
