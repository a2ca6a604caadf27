import { remindOnce } from '../../domain/survey/remind.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { type Asking, askingWith } from '../_shared/asking.ts';
import { contextNow, ledgerOf } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { askable, surveyLinkEnds } from '../_shared/surveys.ts';
import { env } from './env.ts';

/** Reminds a customer of the survey, unless they answered, cannot be asked, came back or were asked enough meanwhile. */
export const build =
  (deps: Asking) =>
  async ({ ticketId, cycle }: TaskInput<'remind-once'>): Promise<TaskOutput<'remind-once'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const survey = await deps.tickets.survey(ticketId, cycle, 'csat');
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, survey?.issuedAt ?? ctx.now);
    const decision = remindOnce(
      ledger,
      {
        survey,
        links: await deps.links.survey(ledger.ticket, cycle, 'csat', until, ctx.now),
        known: await askable(deps, ledger.ticket),
      },
      ctx,
    );
    if (!decision.ok) return { outcome: 'not-wanted' };
    await deps.tickets.record(decision.value);
    return { outcome: decision.value.mails === undefined ? 'not-wanted' : 'reminded' };
  };

export const handler = taskHandler('remind-once', () => build(askingWith(readEnv(env))));
