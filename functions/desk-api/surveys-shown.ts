import type { Ledger } from '../../domain/ports.ts';
import { seesCredited } from '../../domain/rating/visible.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { SurveyKind } from '../../domain/ticket/event.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

/**
 * What the customer answered to the surveys of a ticket, in their words, as far as this agent sees their ratings. Whoever
 * puts a low answer right reads here what it is about. Only tickets with an answer are looked up.
 */
export const surveysShown = async ({ ticket, events }: Ledger, who: Who, { tickets, policy }: Deps) => {
  const answered = new Set(events.flatMap((event) => (event.type === 'survey-answered' ? [event.kind] : [])));
  const asked = new Map<string, { cycle: number; kind: SurveyKind }>();
  for (const event of events)
    if (event.type === 'survey-sent' && answered.has(event.kind)) {
      const { kind, ratedCycle: cycle = event.cycle } = event;
      asked.set(`${cycle} ${kind}`, { cycle, kind });
    }
  const found = await Promise.all([...asked.values()].map(({ cycle, kind }) => tickets.survey(ticket.id, cycle, kind)));
  return found.flatMap((survey) =>
    survey?.status === 'answered' && seesCredited(survey.credit, ticket, who, policy) ? [shown(survey)] : [],
  );
};

const shown = ({ cycle, kind, survey, answer, earlier }: Extract<Survey, { status: 'answered' }>) => ({
  cycle,
  kind,
  survey,
  ...answer,
  edits: earlier.length,
});
