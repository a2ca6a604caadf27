import type { DueRung } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { AgentNow, Group } from '../../policy.ts';
import { choiceOf, groupOf } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { assertNever } from '../../support/exhaustive.ts';
import type { AgentId, PlacedTicket } from '../ticket.ts';
import type { ClimbInput } from './climb.ts';
import { byRule, type Noted } from './make-change.ts';
import { moveTo } from './move-to.ts';
import { mailToAgent } from './owe-mail.ts';

interface Step {
  ticket: PlacedTicket;
  outcome: 'warned' | 'moved' | 'called';
  notes: Noted[];
  mails: OwedMail[];
}

const PROMISES = { firstReply: 'first reply', nextReply: 'next reply', resolution: 'resolution' } as const;

/** Carries out one rung of the ladder on the ticket as the rungs before it left it. */
export const climbRung = (ticket: PlacedTicket, due: DueRung, input: ClimbInput, ctx: Context): Step => {
  const { act } = due.rung;
  switch (act.kind) {
    case 'warn':
      return warn(ticket, due, act.who, input, ctx);
    case 'move':
      return move(ticket, due, input, ctx);
    case 'call':
      return call(ticket, due, act.who, `The ${act.who} is called.`, input, ctx);
    default:
      return assertNever(act);
  }
};

const warn = (ticket: PlacedTicket, due: DueRung, who: 'assignee' | 'group', input: ClimbInput, ctx: Context): Step => {
  const group = groupOf(ticket.group, ctx.policy);
  const told = withBeside(
    who === 'assignee' && ticket.assignee !== undefined ? [ticket.assignee] : groupNow(group, input.team),
    due,
    group,
  );
  const content = {
    template: 'warning' as const,
    subject: ticket.subject,
    promise: due.promise,
    dueAt: due.dueAt,
    ...(input.links === undefined ? {} : { link: input.links.ticket }),
  };
  return {
    ticket,
    outcome: 'warned',
    notes: [
      {
        type: 'warned',
        by: byRule(`ladder.${due.rung.id}`, ctx.policy),
        reason: `The ${PROMISES[due.promise]} is due at ${due.dueAt}.`,
        promise: due.promise,
        rung: due.rung.id,
        dueAt: due.dueAt,
        told,
      },
    ],
    mails: notices(told, content, ticket, due, input, ctx),
  };
};

const move = (ticket: PlacedTicket, due: DueRung, input: ClimbInput, ctx: Context): Step => {
  const from = groupOf(ticket.group, ctx.policy);
  if (from.next === undefined)
    return call(ticket, due, 'lead', `No group follows ${from.id}: the lead is called.`, input, ctx);
  const to = groupOf(from.next, ctx.policy);
  const { agent } = choiceOf(to, { ...wantedFor(ticket), seniors: 'first' }, input.team, ctx);
  const owner = agent === undefined ? 'nobody there has room' : `now with ${agent.id}`;
  const told = withBeside(agent === undefined ? groupNow(to, input.team) : [agent.id], due, from);
  return {
    ticket: moveTo(ticket, { group: to.id, tier: to.tier, ...(agent === undefined ? {} : { agent: agent.id }) }),
    outcome: 'moved',
    notes: [
      {
        ...escalated(
          due,
          told,
          `The ${PROMISES[due.promise]} was due at ${due.dueAt}: from ${from.id} to ${to.id}, ${owner}.`,
          ctx,
        ),
        toGroup: to.id,
        toTier: to.tier,
      },
      {
        type: 'assigned',
        by: byRule(agent === undefined ? 'routing.nobody' : 'routing.least-loaded', ctx.policy),
        reason:
          agent === undefined
            ? `Nobody of ${to.id} is present with room.`
            : `Seniors of ${to.id} first, then least loaded.`,
        group: to.id,
        ...(agent === undefined ? {} : { agent: agent.id }),
        ...(ticket.assignee === undefined ? {} : { from: ticket.assignee }),
      },
    ],
    mails: notices(told, escalation(ticket, due, from.id, to.id), ticket, due, input, ctx),
  };
};

const call = (
  ticket: PlacedTicket,
  due: DueRung,
  who: 'lead' | 'manager',
  reason: string,
  input: ClimbInput,
  ctx: Context,
): Step => {
  const group = groupOf(ticket.group, ctx.policy);
  const told = withBeside([group[who]], due, group);
  return {
    ticket,
    outcome: 'called',
    notes: [escalated(due, told, `The ${PROMISES[due.promise]} was due at ${due.dueAt}. ${reason}`, ctx)],
    mails: notices(told, escalation(ticket, due, group.id, group.id), ticket, due, input, ctx),
  };
};

const escalated = ({ promise, rung, dueAt }: DueRung, told: AgentId[], reason: string, ctx: Context) => ({
  type: 'escalated' as const,
  by: byRule(`ladder.${rung.id}`, ctx.policy),
  reason,
  promise,
  rung: rung.id,
  dueAt,
  told,
});

const escalation = (ticket: PlacedTicket, due: DueRung, from: string, to: string) => ({
  template: 'escalation' as const,
  subject: ticket.subject,
  promise: due.promise,
  dueAt: due.dueAt,
  rung: due.rung.id,
  from,
  to,
});

/** Whoever of a group is there; when nobody is, its lead, so that somebody hears of it. */
const groupNow = (group: Group, team: readonly AgentNow[]): AgentId[] => {
  const there = team.filter(({ present, groups }) => present && groups.includes(group.id)).map(({ id }) => id);
  return there.length > 0 ? there : [group.lead];
};

/** Each is told once, also who is told beside the act. */
const withBeside = (told: AgentId[], { rung }: DueRung, group: Group): AgentId[] => [
  ...new Set(rung.tell === undefined ? told : [...told, group[rung.tell]]),
];

/** One notice per promise, rung and receiver; `dueAt` tells one next reply of a cycle from the one before. */
const notices = (
  told: readonly AgentId[],
  content: OwedMail['content'],
  ticket: PlacedTicket,
  { promise, rung, dueAt }: DueRung,
  { team }: ClimbInput,
  ctx: Context,
): OwedMail[] =>
  told.map((id) => {
    const agent = team.find((each) => each.id === id);
    if (agent === undefined) throw new Error(`The policy names ${id}, who is not in the team.`);
    const key = `notice#${ticket.id}#${ticket.cycle}#${promise}#${dueAt}#${rung.id}#${id}`;
    return mailToAgent(agent, ticket, { key, pace: 'prompt', content }, ctx);
  });
