import { durationMs } from '../../clock/duration.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { givenBack, takenBack } from '../../remediation/marks.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { plus } from '../../support/time.ts';
import { asBeforeMerge } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { isPlaced } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import type { Refusal } from './refusal.ts';

export interface UnmergeInput {
  /** The ticket it is a part of. */
  from: Ledger;
  by: Actor;
}

/**
 * Takes a merge back, as long as the policy lets it: the ticket stands as it stood, and its promises run on as if they had
 * never stopped; the survivor gives back what it kept for it. What the customer wrote meanwhile stays with the survivor.
 */
export const unmerge = (ledger: Ledger, { from, by }: UnmergeInput, ctx: Context): Decision<Change, Refusal> => {
  const { ticket } = ledger;
  if (!isPlaced(ticket) || ticket.mergedInto === undefined || ticket.beforeMerge === undefined)
    return refused('not-merged', `Ticket ${ticket.id} is no part of another.`);
  const survivor = from.ticket;
  if (survivor.id !== ticket.mergedInto) throw new Error(`Ticket ${ticket.id} is a part of ${ticket.mergedInto}.`);
  const mergedAt = ticket.status === 'closed' ? ticket.closedAt : ctx.now;
  const until = plus(mergedAt, durationMs(ctx.policy.undoWithin));
  if (ctx.now > until) return refused('window-over', `The merge could be undone until ${until}.`);
  const parts = survivor.mergedFrom?.filter((id) => id !== ticket.id) ?? [];
  const { mergedFrom, ...rest } = survivor;
  const left = makeChange(
    from,
    givenBack({ ...rest, ...(parts.length === 0 ? {} : { mergedFrom: parts }) }, ticket.id),
    [{ type: 'unmerged', by, reason: `${ticket.id} is a ticket of its own again.`, from: ticket.id }],
    ctx,
  );
  const apart = {
    type: 'unmerged' as const,
    by,
    reason: `It is no part of ${survivor.id} any more.`,
    into: survivor.id,
  };
  return decided(
    makeChange(ledger, takenBack(asBeforeMerge(ticket, ticket.beforeMerge), survivor), [apart], ctx, { beside: left }),
  );
};
