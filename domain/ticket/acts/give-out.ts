import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { AgentNow } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { placeRecovery, type RecoveryPlace } from '../../remediation/place-recovery.ts';
import { tellLead } from '../../remediation/tell-lead.ts';
import { placeTicket } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import { isBeingPutRight, type PlacedTicket, waitsForAnOwner } from '../ticket.ts';
import { byRule, makeChange, type Noted } from './make-change.ts';
import { moveTo } from './move-to.ts';
import { nobodyThere } from './nobody-there.ts';

export interface GiveOutInput {
  team: AgentNow[];
  /** See `Wanted.lot`. */
  lot?: string;
}

/** Gives a ticket that waits without an owner to somebody who has come back, has room again, or begins to work. */
export const giveOut = (
  ledger: Ledger,
  { team, lot }: GiveOutInput,
  ctx: Context,
): Decision<Change, 'not-waiting' | 'nobody'> => {
  const { ticket } = ledger;
  if (!waitsForAnOwner(ticket)) return refused('not-waiting', `Ticket ${ticket.id} waits for no owner.`);
  const place = isBeingPutRight(ticket)
    ? placeRecovery(ticket, { team, lot }, ctx)
    : placeTicket(
        {
          group: ticket.group,
          ...wantedFor(ticket),
          critical: ticket.priority === 'P1',
          ...(lot === undefined ? {} : { lot }),
        },
        team,
        ctx,
      );
  if (place.agent === undefined) return refused('nobody', place.reason);
  return decided(given(ledger, ticket, place, `It waited in the queue of ${ticket.group}.`, ctx));
};

export interface HandOverInput extends GiveOutInput {
  /** Who went away. */
  from: string;
}

/**
 * An unhappy customer does not wait for somebody to come back, answered or not: it goes to another senior, never the rated
 * agent, or back to the top of the queue, and then the lead hears that nobody has it.
 */
const recoveryHandedOver = (
  ledger: Ledger,
  ticket: PlacedTicket,
  { from, team, lot }: { from: string; team: AgentNow[]; lot: string | undefined },
  ctx: Context,
): Change => {
  const place = placeRecovery(ticket, { team, except: [from], lot }, ctx);
  const why = `${from} went away while putting it right.`;
  if (place.agent !== undefined) return given(ledger, ticket, place, why, ctx);
  const { mail } = tellLead(
    ticket,
    team,
    {
      key: `recovery-left#${ticket.id}#${ticket.version + 1}`,
      content: { template: 'recovery-left', subject: ticket.subject, agent: nameOf(from, team) },
    },
    ctx,
  );
  return given(ledger, ticket, place, why, ctx, [mail]);
};

const nameOf = (agent: string, team: readonly AgentNow[]): string => team.find(({ id }) => id === agent)?.name ?? agent;

/**
 * Takes a ticket from somebody who went away: one that is being put right in any case, another one if nobody has
 * answered it and the policy says so. Where nobody else can take it, it waits in the queue of its group without an
 * owner, which gives it to whoever comes first: them, if they are back first.
 */
export const handOver = (
  ledger: Ledger,
  { from, team, lot }: HandOverInput,
  ctx: Context,
): Decision<Change, 'not-theirs' | 'kept' | 'answered'> => {
  const { ticket } = ledger;
  if (ticket.status !== 'open' || ticket.assignee !== from)
    return refused('not-theirs', `Ticket ${ticket.id} is not on the hands of ${from}.`);
  if (isBeingPutRight(ticket)) return decided(recoveryHandedOver(ledger, ticket, { from, team, lot }, ctx));
  if (ctx.policy.routing.whenAway === 'keep') return refused('kept', 'The policy lets it stay with whoever is away.');
  if (ticket.firstRepliedAt !== undefined) return refused('answered', `Ticket ${ticket.id} was answered already.`);
  const why = `${from} went away before answering it.`;
  const place = placeTicket(
    {
      group: ticket.group,
      ...wantedFor(ticket),
      critical: ticket.priority === 'P1',
      except: [from],
      ...(lot === undefined ? {} : { lot }),
    },
    team,
    ctx,
  );
  if (place.agent !== undefined) return decided(given(ledger, ticket, place, why, ctx));
  const note = nobodyThere(place.group, place.nobody ?? 'away', `${why} ${place.reason}`, ctx);
  const { group, tier } = ticket;
  return decided(makeChange(ledger, moveTo(ticket, { group, tier }), [note], ctx));
};

const given = (
  ledger: Ledger,
  ticket: PlacedTicket,
  place: RecoveryPlace,
  why: string,
  ctx: Context,
  mails: OwedMail[] = [],
): Change => {
  const { group, tier, agent, takes } = place;
  const told = { by: byRule(place.rule, ctx.policy), reason: `${why} ${place.reason}`, group };
  const from = ticket.assignee === undefined ? {} : { from: ticket.assignee };
  const moved = moveTo(ticket, place);
  const note: Noted =
    group === ticket.group
      ? { ...told, type: 'assigned', ...(agent === undefined ? {} : { agent }), ...from }
      : {
          ...told,
          type: 'transferred',
          tier,
          fromGroup: ticket.group,
          fromTier: ticket.tier,
          ...(agent === undefined ? {} : { agent }),
          ...(moved.moves === undefined ? {} : { moves: moved.moves }),
        };
  return makeChange(ledger, moved, [note], ctx, {
    ...(takes === undefined ? {} : { takes }),
    ...(mails.length === 0 ? {} : { mails }),
  });
};
