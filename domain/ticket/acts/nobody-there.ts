import type { Context } from '../../context.ts';
import type { Placement } from '../../routing/place-ticket.ts';
import type { WhyNobody } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';

/** Nobody of a group could be given a ticket: it waits there, and somebody has to hear of it. */
export const nobodyThere = (group: string, why: WhyNobody, reason: string, { policy }: Context): Noted => ({
  type: 'nobody-available',
  by: byRule('routing.nobody', policy),
  reason,
  group,
  why,
});

/** Who a rule gave a ticket to, or that there was nobody. */
export const assignedNote = (place: Placement, ctx: Context, from?: string): Noted =>
  place.agent === undefined
    ? nobodyThere(place.group, place.nobody ?? 'away', place.reason, ctx)
    : {
        type: 'assigned',
        by: byRule(place.rule, ctx.policy),
        reason: place.reason,
        group: place.group,
        agent: place.agent,
        ...(from === undefined ? {} : { from }),
      };
