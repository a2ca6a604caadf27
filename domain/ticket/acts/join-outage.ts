import type { Context } from '../../context.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { isSenior } from '../../routing/choose-agent.ts';
import { groupOf, type Placement, placeTicket } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Outage } from '../../triage/outage-watch.ts';
import type { Change } from '../change.ts';
import { isLive, isPlaced, type PlacedTicket } from '../ticket.ts';
import { byRule, makeChange, type Noted } from './make-change.ts';
import { moveTo } from './move-to.ts';
import { mailToAgent } from './owe-mail.ts';
import { isSetByAgent } from './reprioritise.ts';

export interface JoinOutageInput {
  category: string;
  outage: Outage;
  team: AgentNow[];
}

/**
 * A ticket is part of an outage: it becomes P1, unless an agent gave it its priority, and goes to a senior, unless
 * somebody answered it or an agent gave it to its owner. The ticket with which the outage was seen tells the lead, once.
 */
export const joinOutage = (
  ledger: Ledger,
  { category, outage, team }: JoinOutageInput,
  ctx: Context,
): Decision<Change, 'joined-before' | 'not-concerned'> => {
  const { ticket, events } = ledger;
  const isSeen = outage.seenWith === ticket.id;
  if (!isPlaced(ticket)) return refused('not-concerned', `Ticket ${ticket.id} is not triaged.`);
  const met = events.some(
    (event) =>
      (event.type === 'outage-detected' || (event.type === 'outage-joined' && !isSeen)) && event.outage === outage.id,
  );
  if (met) return refused('joined-before', `Ticket ${ticket.id} is part of ${outage.id}.`);
  if (!isSeen && (!isLive(ticket) || ticket.category !== category))
    return refused('not-concerned', `Ticket ${ticket.id} is ${ticket.status}, in ${ticket.category}.`);

  const rule = byRule('triage.outage-detected', ctx.policy);
  const others = `${outage.tickets - 1} others of ${category} since ${outage.since}`;
  const lead = isSeen ? team.find(({ id }) => id === groupOf(ticket.group, ctx.policy).lead) : undefined;
  const told: Noted = {
    ...(isSeen ? { type: 'outage-detected', told: lead === undefined ? [] : [lead.id] } : { type: 'outage-joined' }),
    by: rule,
    reason: `One outage with ${others}.`,
    outage: outage.id,
    category,
    tickets: outage.tickets,
  };
  const raises = isLive(ticket) && ticket.priority !== 'P1' && !isSetByAgent(ledger, 'reprioritised');
  const raised: Noted[] = raises
    ? [
        {
          type: 'reprioritised',
          by: rule,
          reason: `P1: one outage with ${others}.`,
          priority: 'P1',
          from: ticket.priority,
        },
      ]
    : [];
  const place = raises ? seniorFor(ledger, ticket, team, ctx) : undefined;
  const after: PlacedTicket = {
    ...(place === undefined ? ticket : moveTo(ticket, place)),
    ...(raises ? { priority: 'P1' as const } : {}),
    outage: outage.id,
  };
  const key = `outage#${outage.id}`;
  const content = {
    template: 'outage' as const,
    subject: ticket.subject,
    category,
    tickets: outage.tickets,
    since: outage.since,
  };
  return decided(
    makeChange(ledger, after, [told, ...raised, ...movedNotes(ticket, place, ctx)], ctx, {
      ...(lead === undefined ? {} : { mails: [mailToAgent(lead, ticket, { key, pace: 'prompt', content }, ctx)] }),
      ...(place?.takes === undefined ? {} : { takes: place.takes }),
    }),
  );
};

/** A senior with room, if the ticket is neither with one nor answered nor given to its owner by an agent. */
const seniorFor = (
  { events }: Ledger,
  ticket: PlacedTicket,
  team: readonly AgentNow[],
  ctx: Context,
): Placement | undefined => {
  const owner = team.find(({ id }) => id === ticket.assignee);
  const given = events.findLast(({ type }) => type === 'assigned' || type === 'transferred');
  if (ticket.firstRepliedAt !== undefined || given?.by.startsWith('agent:') || (owner && isSenior(owner)))
    return undefined;
  const place = placeTicket({ group: ticket.group, ...wantedFor(ticket), critical: true }, team, ctx);
  return place.rule === 'routing.senior' ? place : undefined;
};

const movedNotes = (ticket: PlacedTicket, place: Placement | undefined, { policy }: Context): Noted[] => {
  if (place?.agent === undefined) return [];
  const { group, tier, agent, reason, rule } = place;
  const by = byRule(rule, policy);
  return group === ticket.group
    ? [
        {
          type: 'assigned',
          by,
          reason,
          group,
          agent,
          ...(ticket.assignee === undefined ? {} : { from: ticket.assignee }),
        },
      ]
    : [{ type: 'transferred', by, reason, group, tier, fromGroup: ticket.group, fromTier: ticket.tier, agent }];
};
