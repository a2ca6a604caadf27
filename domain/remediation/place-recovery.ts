import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import { isSenior } from '../routing/choose-agent.ts';
import { explainChoice } from '../routing/explain-choice.ts';
import { choiceOf, groupOf, pathFrom, placeTicket } from '../routing/place-ticket.ts';
import { wantedFor } from '../routing/wanted-for.ts';
import type { Place } from '../ticket/acts/move-to.ts';
import type { AgentId, PlacedTicket } from '../ticket/ticket.ts';

export interface RecoveryPlace extends Place {
  /** The load they were chosen by: the store gives them the ticket only if it still holds. */
  takes?: { agent: AgentId; load: number };
  rule: string;
  reason: string;
}

export interface PlaceRecoveryInput {
  team: readonly AgentNow[];
  /** Whose answer was rated. */
  rated?: AgentId | undefined;
  /** Who went away, or left. */
  except?: readonly AgentId[];
  /** See `Wanted.lot`. */
  lot?: string | undefined;
}

/**
 * Who puts a low answer right, as the policy says: without an `agent` it waits at the top of the queue of the group. A
 * senior is looked for in the ticket's group first, then along its path; the rated agent never counts as one.
 */
export const placeRecovery = (ticket: PlacedTicket, input: PlaceRecoveryInput, ctx: Context): RecoveryPlace => {
  const { goesTo } = ctx.policy.remediation;
  if (goesTo === 'group') return anybody(ticket, input, ctx);
  return (goesTo === 'agent' ? sameAgent(ticket, input) : undefined) ?? senior(ticket, input, ctx);
};

const anybody = (ticket: PlacedTicket, { team, except = [], lot }: PlaceRecoveryInput, ctx: Context): RecoveryPlace =>
  placeTicket({ group: ticket.group, ...wantedFor(ticket), except, ...(lot === undefined ? {} : { lot }) }, team, ctx);

/** The rated agent puts it right themselves, however much they have to do. */
const sameAgent = (
  { group, tier }: PlacedTicket,
  { team, rated, except = [] }: PlaceRecoveryInput,
): RecoveryPlace | undefined => {
  const agent = team.find(({ id, present }) => id === rated && present && !except.includes(id));
  if (agent === undefined) return undefined;
  return { group, tier, agent: agent.id, rule: 'remediation.same-agent', reason: 'The agent who was rated.' };
};

const senior = (
  ticket: PlacedTicket,
  { team, rated, except = [], lot }: PlaceRecoveryInput,
  ctx: Context,
): RecoveryPlace => {
  const { except: notTo = [], ...wanted } = wantedFor(ticket);
  const never = [...notTo, ...except, ...(rated === undefined ? [] : [rated])];
  const owner = team.find(({ id }) => id === ticket.assignee);
  if (owner?.present && isSenior(owner) && !never.includes(owner.id)) {
    const { group, tier } = ticket;
    const reason = 'It stays with the senior who has it, who is not the rated agent.';
    return { group, tier, agent: owner.id, rule: 'remediation.senior', reason };
  }
  const who = { ...wanted, seniors: 'only' as const, except: never, ...(lot === undefined ? {} : { lot }) };
  for (const group of pathFrom(groupOf(ticket.group, ctx.policy), ctx.policy)) {
    const choice = choiceOf(group, who, team, ctx);
    if (choice.agent === undefined) continue;
    const { id, load } = choice.agent;
    return {
      group: group.id,
      tier: group.tier,
      agent: id,
      takes: { agent: id, load },
      rule: 'remediation.senior',
      reason: `A senior other than the rated agent, least loaded of ${group.id}: ${explainChoice(choice)}`,
    };
  }
  const { group, tier } = ticket;
  const reason = 'No senior other than the rated agent is present with room: it waits at the top of the queue.';
  return { group, tier, rule: 'routing.nobody', reason };
};
