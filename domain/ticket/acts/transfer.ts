import type { Context } from '../../context.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { type Placement, placeTicket } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { PlacedTicket } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import { moveTo, type Place } from './move-to.ts';
import { nobodyThere } from './nobody-there.ts';
import { allowed, type Refusal } from './refusal.ts';

export interface TransferInput {
  /** A group of policy.yaml, else an agent. */
  to: string;
  by: Actor;
  team: AgentNow[];
}

/**
 * Moves the ticket, with its owner, to another group (where routing picks the owner) or to an agent (in the agent's
 * group: the ticket's own if they are in it, else their first).
 */
export const transfer = (ledger: Ledger, { to, by, team }: TransferInput, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'transfer');
  if (!may.ok) return may;
  const { ticket } = may;
  const place = placeOf(to, ticket, team, ctx);
  if (place === undefined) return refused('unknown-place', `${to} is neither a group nor an agent of the desk.`);
  if (place.group === ticket.group && (Object.hasOwn(ctx.policy.groups, to) || place.agent === ticket.assignee))
    return refused('already-there', `Ticket ${ticket.id} is with ${to}.`);
  const moved = moveTo(ticket, place);
  const transferred = {
    type: 'transferred' as const,
    by,
    reason: place.reason,
    group: place.group,
    tier: place.tier,
    fromGroup: ticket.group,
    fromTier: ticket.tier,
    ...(place.agent === undefined ? {} : { agent: place.agent }),
    ...(moved.moves === undefined ? {} : { moves: moved.moves }),
  };
  const nobody = place.nobody === undefined ? [] : [nobodyThere(place.group, place.nobody, place.reason, ctx)];
  const takes = place.takes === undefined ? {} : { takes: place.takes };
  return decided(makeChange(ledger, moved, [transferred, ...nobody], ctx, takes));
};

const placeOf = (
  to: string,
  ticket: PlacedTicket,
  team: AgentNow[],
  ctx: Context,
): (Place & Pick<Placement, 'reason' | 'takes' | 'nobody'>) | undefined => {
  if (Object.hasOwn(ctx.policy.groups, to)) {
    const place = placeTicket({ group: to, ...wantedFor(ticket) }, team, ctx);
    return { ...place, reason: `Handed over to ${to}. ${place.reason}` };
  }
  const agent = team.find(({ id }) => id === to);
  const group = agent?.groups.includes(ticket.group) ? ticket.group : agent?.groups[0];
  const tier = group === undefined ? undefined : ctx.policy.groups[group]?.tier;
  if (agent === undefined || group === undefined || tier === undefined) return undefined;
  return { group, tier, agent: agent.id, reason: `Handed over to ${to} by hand.` };
};
