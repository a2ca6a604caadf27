import agents from '#desk/team.json' with { type: 'json' };
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { NotTriagedYet, RecoveryNotWanted } from '../../domain/errors.ts';
import type { Contacts, Feedbacks, Team, Tickets } from '../../domain/ports.ts';
import type { LowAnswer } from '../../domain/remediation/low-answer.ts';
import { openRecovery } from '../../domain/remediation/open-recovery.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { ratedNow } from '../_shared/rated.ts';
import { deskSurveys, type Surveys } from '../_shared/surveys.ts';
import { hostOf } from '../_shared/tickets/survivor.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  contacts: Contacts;
  feedbacks: Pick<Feedbacks, 'get'>;
  surveys: Surveys;
}

/** Starts putting a low answer right, or says why not. Asked again, it says what was started. */
export const build =
  (deps: Deps) =>
  async (input: TaskInput<'open-recovery'>): Promise<TaskOutput<'open-recovery'>> => {
    const { ticketId, cycle } = input;
    const low = lowAnswerIn(input);
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const [rated, before, host, team, sheet] = await Promise.all([
      ratedNow(ledger, { ...low, cycle }, deps),
      deps.tickets.remediation(ticketId, cycle),
      hostOf(deps.tickets, ledger),
      deps.team.now(),
      deps.contacts.sheetOf(ledger.ticket.customer.id),
    ]);
    const decision = openRecovery(ledger, { cycle, low, rated, before, host, team, sheet }, contextNow(deps));
    if (!decision.ok) throw new NotTriagedYet(ticketId);
    const step = decision.value;
    if (step.change) await deps.tickets.record(step.change);
    if (step.kind === 'skipped') {
      if (isOfOldDefinition(input)) throw new RecoveryNotWanted(ticketId, step.why);
      return { outcome: 'skipped', why: step.why };
    }
    const { recoveryCycle, deadline } = step.remediation;
    return { outcome: step.change ? 'opened' : 'opened-before', recoveryCycle, deadline };
  };

/** Such a definition catches `RecoveryNotWanted` and does not know the answer `skipped`. */
const isOfOldDefinition = ({ cause }: TaskInput<'open-recovery'>): boolean => cause === undefined;

/** Executions that began before replies, feedback and NPS could be put right pass the score alone: it is a survey's. */
const lowAnswerIn = ({ cycle, cause, score, scale, about }: TaskInput<'open-recovery'>): LowAnswer => ({
  cause: cause ?? 'survey',
  score,
  scale: scale ?? '',
  about: about ?? `survey#${cycle}`,
});

export const handler = taskHandler('open-recovery', () => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    team: teamIn(table, agents),
    contacts: contactsIn(table),
    feedbacks: feedbacksIn(table),
    surveys: deskSurveys(),
  });
});
