import { addWorkingTime } from '../clock/calendar.ts';
import { durationMs } from '../clock/duration.ts';
import { calendarOf } from '../clock/targets.ts';
import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import type { Wanted } from '../routing/choose-agent.ts';
import { choiceOf, groupOf } from '../routing/place-ticket.ts';
import { takesOf } from '../routing/takes.ts';
import { wantedFor } from '../routing/wanted-for.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { type Instant, instant, millis } from '../support/time.ts';
import type { Survey, SurveyDefinition } from '../survey/survey.ts';
import { byRule, makeChange, type Noted } from '../ticket/acts/make-change.ts';
import { moveTo } from '../ticket/acts/move-to.ts';
import { mailToAgent } from '../ticket/acts/owe-mail.ts';
import { reopenedNote } from '../ticket/acts/reopen.ts';
import { asReopened } from '../ticket/as-status.ts';
import type { Change } from '../ticket/change.ts';
import { isPlaced, type PlacedTicket } from '../ticket/ticket.ts';
import type { Remediation } from './remediation.ts';

export interface OpenRecoveryInput {
  /** The cycle whose answer was low. */
  cycle: number;
  survey: Survey;
  definition: SurveyDefinition;
  /** The remediation of that cycle, if this runs a second time. */
  before: Remediation | undefined;
  team: AgentNow[];
}

export type RecoveryOpened = { remediation: Remediation; change?: Change };

/**
 * Starts putting a low answer right: the ticket reopens at the top of the queue with a senior other than the rated agent,
 * and the lead hears at once. One recovery at a time; a low answer of a ticket that is being put right joins it.
 */
export const openRecovery = (
  ledger: Ledger,
  input: OpenRecoveryInput,
  ctx: Context,
): Decision<RecoveryOpened, 'recovery-not-wanted'> => {
  const { ticket } = ledger;
  if (input.before !== undefined) return decided({ remediation: input.before });
  if (!isPlaced(ticket)) return refused('recovery-not-wanted', 'The ticket was never triaged.');
  if (ticket.remediation?.state === 'open') return refused('recovery-not-wanted', 'It is being put right already.');
  if (input.survey.status !== 'answered' || !input.survey.answer.low) {
    return refused('recovery-not-wanted', 'The answer is not low any more.');
  }
  const ended = ticket.status === 'resolved' || ticket.status === 'closed';
  const reopened = ended ? asReopened(ticket) : ticket;
  const senior = chooseSenior(reopened, input, ctx);
  const deadline = recoveryDeadline(ctx);
  const { answer, credit, survey: name } = input.survey;
  const remediation: Remediation = {
    ticketId: ticket.id,
    cycle: input.cycle,
    recoveryCycle: reopened.cycle,
    openedAt: ctx.now,
    score: answer.score,
    survey: name,
    ...(credit.agent === undefined ? {} : { ratedAgent: credit.agent }),
    ...(senior === undefined ? {} : { agent: senior.agent.id }),
    deadline,
    calls: 0,
    state: 'open',
    version: 1,
  };
  const placed = senior === undefined ? reopened : moveTo(reopened, { ...senior.place, agent: senior.agent.id });
  const draft: PlacedTicket = {
    ...placed,
    remediation: { state: 'open', cycle: input.cycle, recoveryCycle: reopened.cycle },
  };
  const rule = byRule('remediation.low-answer', ctx.policy);
  const notes: Noted[] = [
    ...(ended ? [reopenedNote({ by: rule, cause: 'remediation' }, reopened.cycle)] : []),
    {
      type: 'remediation-opened',
      by: rule,
      reason: `The customer rated ${answer.score} on ${answer.scale}.`,
      ratedCycle: input.cycle,
      score: answer.score,
      ...(credit.agent === undefined ? {} : { ratedAgent: credit.agent }),
      ...(senior === undefined ? {} : { agent: senior.agent.id }),
      deadline,
    },
    {
      type: 'assigned',
      by: byRule(senior === undefined ? 'routing.nobody' : 'remediation.senior', ctx.policy),
      reason:
        senior === undefined
          ? 'No senior other than the rated agent is present with room: it waits at the top of the queue.'
          : 'A senior other than the rated agent, least loaded.',
      group: draft.group,
      ...(senior === undefined ? {} : { agent: senior.agent.id }),
      ...(ticket.assignee === undefined ? {} : { from: ticket.assignee }),
    },
  ];
  const mails = leadMail(draft, remediation, input, ctx);
  return decided({
    remediation,
    change: makeChange(ledger, draft, notes, ctx, {
      remediation: { after: remediation },
      mails,
      ...takesOf(ticket, draft, input.team),
    }),
  });
};

/** The recovery deadline, in the working time of the calendar the policy names. */
const recoveryDeadline = ({ policy, now }: Context): Instant =>
  instant(
    addWorkingTime(
      millis(now),
      durationMs(policy.remediation.deadline),
      calendarOf(policy, { id: 'remediation', calendar: policy.remediation.calendar }),
    ),
  );

/** Where the ticket stands first, then along its group's path; never the rated agent. */
const chooseSenior = (ticket: PlacedTicket, input: OpenRecoveryInput, ctx: Context) => {
  const { policy } = ctx;
  const rated = input.survey.credit.agent;
  const wanted: Omit<Wanted, 'group'> = {
    ...wantedFor(ticket),
    seniors: 'only',
    ...(rated === undefined ? {} : { except: [rated] }),
  };
  const seen = new Set<string>();
  for (let id: string | undefined = ticket.group; id !== undefined && !seen.has(id); id = groupOf(id, policy).next) {
    seen.add(id);
    const group = groupOf(id, policy);
    const { agent } = choiceOf(group, wanted, input.team, ctx);
    if (agent !== undefined) return { agent, place: { group: id, tier: group.tier } };
  }
  return undefined;
};

const leadMail = (ticket: PlacedTicket, remediation: Remediation, input: OpenRecoveryInput, ctx: Context) => {
  const lead = input.team.find(({ id }) => id === groupOf(ticket.group, ctx.policy).lead);
  if (lead === undefined) return [];
  const words = ownWords(input);
  return [
    mailToAgent(
      lead,
      ticket,
      {
        key: `recovery#${ticket.id}#${remediation.cycle}#${lead.id}`,
        pace: 'prompt',
        content: {
          template: 'recovery',
          subject: ticket.subject,
          score: `${remediation.score}`,
          ...(words === '' ? {} : { words }),
          deadline: remediation.deadline,
          agent: input.team.find(({ id }) => id === remediation.agent)?.name ?? '–',
        },
      },
      ctx,
    ),
  ];
};

/** What the customer wrote in their own words, for the lead. */
const ownWords = ({ survey, definition }: OpenRecoveryInput): string =>
  survey.status === 'answered'
    ? definition.questions
        .filter(({ kind }) => kind === 'text')
        .map(({ id }) => survey.answer.answers[id] ?? '')
        .filter((text) => text !== '')
        .join('\n\n')
    : '';
