import { askAgain } from '../../domain/remediation/ask-again.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { type Asking, askingWith } from '../_shared/asking.ts';
import { contextNow, ledgerOf } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { remediationOf } from '../_shared/remediations.ts';
import { aboutTicket, askable, surveyLinkEnds } from '../_shared/surveys.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { env } from './env.ts';

/** Asks whether it was put right. Survey and token are about the cycle in which that was tried. */
export const build =
  (deps: Asking) =>
  async ({ ticketId, cycle, token }: TaskInput<'ask-again'>): Promise<TaskOutput<'ask-again'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const remediation = await remediationOf(deps.tickets, ticketId, cycle);
    const { recoveryCycle } = remediation;
    const ctx = contextNow(deps);
    const until = surveyLinkEnds(deps.policy, ctx.now);
    const known = await askable(deps, ledger.ticket);
    const { definition } = deps.surveys.choose(aboutTicket('follow-up', ledger.ticket, known, recoveryCycle));
    const change = askAgain(
      ledger,
      {
        remediation,
        host: await hostOf(deps.tickets, ledger),
        definition,
        links: await deps.links.survey(ledger.ticket, recoveryCycle, 'follow-up', until, ctx.now),
        known,
        wait: { ticketId, machine: 'remediation', cycle: recoveryCycle, awaits: 'follow-up-rating', token },
        asked: await deps.tickets.survey(ticketId, recoveryCycle, 'follow-up'),
      },
      ctx,
    );
    await deps.tickets.record(change);
    return {};
  };

export const handler = taskHandler('ask-again', () => build(askingWith(readEnv(env))));
