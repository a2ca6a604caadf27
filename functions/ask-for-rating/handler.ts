import { LaterCycleWaits } from '../../domain/errors.ts';
import { askForRating } from '../../domain/survey/ask.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { type Asking, askingWith } from '../_shared/asking.ts';
import { contextNow, ledgerOf } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { aboutTicket, askable, surveyLinkEnds } from '../_shared/surveys.ts';
import { env } from './env.ts';

/** Asks the customer of a resolved cycle, or records why not. The token is answered from the stream, also in that case. */
export const build =
  (deps: Asking) =>
  async ({ ticketId, cycle, token }: TaskInput<'ask-for-rating'>): Promise<TaskOutput<'ask-for-rating'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, ctx.now);
    const known = await askable(deps, ledger.ticket);
    const change = askForRating(
      ledger,
      {
        cycle,
        ...deps.surveys.choose(aboutTicket('csat', ledger.ticket, known, cycle)),
        links: await deps.links.survey(ledger.ticket, cycle, 'csat', until, ctx.now),
        known,
        wait: { ticketId, machine: 'survey', cycle, awaits: 'rating', token },
        asked: await deps.tickets.survey(ticketId, cycle, 'csat'),
      },
      ctx,
    );
    await keep(change, deps);
    return {};
  };

/**
 * Two cycles may end within one moment, and the later one's survey be asked first: its token stays. What was decided about
 * the earlier one stands on the timeline all the same, and its execution ends.
 */
const keep = async ({ wait, ...decided }: Change, { tickets }: Pick<Asking, 'tickets'>): Promise<void> => {
  try {
    await tickets.record({ ...decided, ...(wait && { wait }) });
  } catch (error) {
    if (error instanceof LaterCycleWaits) await tickets.record(decided);
    throw error;
  }
};

export const handler = taskHandler('ask-for-rating', () => build(askingWith(readEnv(env))));
