import type { ContactSheet } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import type { SkippedBecause, TicketEvent } from '../ticket/event.ts';
import { isBeingPutRight, type PlacedTicket, type Ticket } from '../ticket/ticket.ts';
import { isCapped, putRightLately } from './cap.ts';
import type { LowAnswer } from './low-answer.ts';
import type { OpenRecoveryInput } from './open-recovery.ts';
import { type Rated, scoreSaid } from './rated.ts';
import { tellLead } from './tell-lead.ts';
import { unhappyOf } from './unhappy.ts';

const REASONS: Record<SkippedBecause, string> = {
  'already-open': 'The ticket is being put right already: this answer joins that.',
  'put-right-before': 'A low answer about this cycle was put right before: the lead is asked to call.',
  'not-low-any-more': 'The customer changed the answer, and it is not low any more.',
  cap: 'Enough was put right for this person lately: the lead is asked to call.',
  off: 'The policy puts nothing right.',
  erased: 'Everything the desk held of this customer was erased.',
};

/** Why a low answer begins no work of its own; undefined when it does. `place`: the ticket where it would be done. */
export const skipBecause = (
  { customer }: Ticket,
  place: Ticket,
  { before, rated, sheet }: Pick<OpenRecoveryInput, 'before' | 'rated' | 'sheet'>,
  ctx: Context,
): SkippedBecause | undefined => {
  if (!ctx.policy.remediation.on) return 'off';
  if (customer.erased) return 'erased';
  if (rated?.low !== true) return 'not-low-any-more';
  if (isBeingPutRight(place)) return 'already-open';
  if (before !== undefined) return 'put-right-before';
  return isCapped(sheet, ctx.now, ctx.policy) ? 'cap' : undefined;
};

export interface SkipInput {
  cycle: number;
  low: LowAnswer;
  rated: Rated | undefined;
  team: readonly AgentNow[];
  sheet: ContactSheet;
}

/**
 * Notes it on the timeline, once per low answer and reason. Where nothing else follows, the lead hears with the customer's
 * words that a person has to call: nobody's bad answer is passed over in silence.
 */
export const skipped = (
  ledger: Ledger,
  place: PlacedTicket,
  why: SkippedBecause,
  { cycle, low, rated, team, sheet }: SkipInput,
  ctx: Context,
): { kind: 'skipped'; why: SkippedBecause; change?: Change } => {
  if (ledger.events.some((event) => isSkip(event, low) && event.why === why)) return { kind: 'skipped', why };
  const { ticket } = ledger;
  const call =
    why === 'cap' || why === 'put-right-before'
      ? tellLead(
          place,
          team,
          {
            key: `call-customer#${ticket.id}#${low.about}`,
            content: {
              template: 'call-customer',
              subject: ticket.subject,
              why: 'again',
              score: scoreSaid(rated ?? low),
              ...(rated?.words === undefined ? {} : { words: rated.words }),
            },
          },
          ctx,
        )
      : undefined;
  const note = {
    type: 'remediation-skipped' as const,
    by: byRule('remediation.low-answer', ctx.policy),
    reason: REASONS[why],
    ...unhappyOf(cycle, low, rated, place),
    why,
    ...(call === undefined ? {} : { told: [call.told] }),
    ...(why === 'cap' && putRightLately(sheet, ctx.now, ctx.policy)),
  };
  const change = makeChange(ledger, ticket, [note], ctx, call === undefined ? {} : { mails: [call.mail] });
  return { kind: 'skipped', why, change };
};

type Skip = TicketEvent & { type: 'remediation-skipped' };

const isSkip = (event: TicketEvent, { about }: LowAnswer): event is Skip =>
  event.type === 'remediation-skipped' && event.about === about;
