import { durationMs } from '../../clock/duration.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type ReplyRating, type ReplyScale, replyRatings } from '../../rating/reply-rating.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { type Instant, plus } from '../../support/time.ts';
import type { Change } from '../change.ts';
import type { EventOf, TicketEvent } from '../event.ts';
import { makeChange, type Noted } from './make-change.ts';

export type RatingRefusal = 'not-rateable' | 'unknown-score' | 'rating-final';

export interface RateReplyInput {
  /** Id of the reply's message. */
  message: string;
  score: number;
}

/** Until when (exclusive) a rating may be changed, counted from when it was first given. */
export const ratingOpenUntil = ({ firstAt }: ReplyRating, { policy }: Pick<Context, 'policy'>): Instant =>
  plus(firstAt, durationMs(policy.survey.editableFor));

type Replied = TicketEvent & EventOf<'replied'>;

/** Replies that can be rated: those a person wrote. A rule's message is nobody's merit. */
export const isRateable = (event: TicketEvent): event is Replied =>
  event.type === 'replied' && event.by.startsWith('agent:');

/**
 * The customer rates one reply: once, and may change it within the window of the surveys, with every edit kept. The same
 * rating again changes nothing, so a double click is one rating. The credit is that of the reply's own event.
 */
export const rateReply = (
  ledger: Ledger,
  { message, score }: RateReplyInput,
  scale: ReplyScale,
  ctx: Context,
): Decision<{ change?: Change; rating: ReplyRating }, RatingRefusal> => {
  const { ticket, events } = ledger;
  const replied = events.find((event): event is Replied => isRateable(event) && event.message === message);
  if (!replied) return refused('not-rateable', 'There is no reply of a person with this id.');
  const option = scale.options.find(({ value }) => value === score);
  if (!option)
    return refused('unknown-score', `A rating is one of ${scale.options.map(({ value }) => value).join(', ')}.`);

  const earlier = replyRatings(events).get(message);
  if (earlier && earlier.score === score && earlier.scale === scale.scale) return decided({ rating: earlier });
  if (earlier && ctx.now >= ratingOpenUntil(earlier, ctx))
    return refused('rating-final', 'This rating was given and can no longer be changed.');

  const { agent, group, tier, cycle: ratedCycle } = replied;
  const rated: Noted = {
    type: 'reply-rated',
    by: `customer:${ticket.customer.id}`,
    reason: earlier ? 'The customer changed the rating of a reply.' : 'The customer rated a reply.',
    message,
    agent,
    ...(group !== undefined && { group }),
    ...(tier !== undefined && { tier }),
    ratedCycle,
    score,
    scale: scale.scale,
    label: option.label,
    low: score <= scale.lowAtMost,
    edit: earlier ? earlier.edits + 1 : 0,
  };
  const change = makeChange(ledger, ticket, [rated], ctx);
  const rating = replyRatings([...events, ...change.events]).get(message);
  if (!rating) throw new Error('A rating was recorded, and the reply has none.');
  return decided({ change, rating });
};
