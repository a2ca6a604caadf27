import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { RecoveryNotWanted } from '../../domain/errors.ts';
import type { Team, Tickets } from '../../domain/ports.ts';
import { openRecovery } from '../../domain/remediation/open-recovery.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { deskSurveys, type Surveys } from '../_shared/surveys.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  surveys: Surveys;
}

/** Starts putting a low answer right. Asked again, it says what was started. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, cycle }: TaskInput<'open-recovery'>): Promise<TaskOutput<'open-recovery'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const survey = await deps.tickets.survey(ticketId, cycle, 'csat');
    if (!survey) throw new RecoveryNotWanted(ticketId, 'Nobody was asked about that cycle.');
    const decision = openRecovery(
      ledger,
      {
        cycle,
        survey,
        definition: deps.surveys.named(survey.survey) ?? deps.surveys.of('csat'),
        before: await deps.tickets.remediation(ticketId, cycle),
        team: await deps.team.now(),
      },
      contextNow(deps),
    );
    if (!decision.ok) throw new RecoveryNotWanted(ticketId, decision.detail);
    const { remediation, change } = decision.value;
    if (change) await deps.tickets.record(change);
    return {
      outcome: change ? 'opened' : 'opened-before',
      recoveryCycle: remediation.recoveryCycle,
      deadline: remediation.deadline,
    };
  };

export const handler = taskHandler('open-recovery', () => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({ ...houseRules(), tickets: ticketsIn(table), team: teamIn(table, agents), surveys: deskSurveys() });
});
