import type { ReplyScale } from '../rating/reply-rating.ts';
import type { Instant } from '../support/time.ts';
import { WHOLE_SHARE } from '../survey/credit.ts';
import { inOrder } from '../ticket/event.ts';
import type { AgentId } from '../ticket/ticket.ts';
import type { EventFact } from './event-facts.ts';
import type { Figure } from './figure.ts';
import { topOf } from './scales.ts';
import { meanOf, partOf, shareOf, type Weighed } from './weighed.ts';

/** The rating of one reply as it stands last. */
export interface RatedReply extends Weighed {
  message: string;
  /** Who wrote the reply. */
  agent: AgentId;
  group?: string;
  scale: string;
  score: number;
  /** First given. */
  at: Instant;
  edits: number;
}

const OF =
  'ratings of single replies first given in the period, one per reply, as they stand last; credited to who wrote the ' +
  "reply, by what its own event says; never pooled with the tickets' ratings. Ratings of the staff are out.";
const MEAN = `Mean on 0 to 100 (the worst point of the scale is 0, the best 100) of the ${OF}`;
const GOOD = `Good or better (above the middle of the scale) / all ${OF}`;

/** The ratings of replies that customers gave for the first time in `[from, until)`. */
export const ratedReplies = (
  facts: readonly EventFact[],
  { from, until }: { from: Instant; until: Instant },
): { rated: RatedReply[]; staff: RatedReply[] } => {
  const staff = new Set<string>();
  const ratings = new Map<string, RatedReply>();
  for (const { event, about } of facts)
    if (event.type === 'reply-rated' && about.leftOut === 'staff') staff.add(event.ticketId);
  for (const event of inOrder(facts.map((fact) => fact.event))) {
    if (event.type !== 'reply-rated') continue;
    const { ticketId, message, agent, group, scale, score, edit: edits, at } = event;
    const key = `${ticketId} ${message}`;
    const first = ratings.get(key);
    // An edit of a rating that was first given before the time looked at belongs to another report.
    if (first === undefined && edits > 0) continue;
    const given = { ticketId, weight: WHOLE_SHARE, message, agent, scale, score, edits };
    ratings.set(key, { ...given, ...(group !== undefined && { group }), at: first?.at ?? at });
  }
  const all = [...ratings.values()].filter(({ at }) => at >= from && at < until);
  return {
    rated: all.filter(({ ticketId }) => !staff.has(ticketId)),
    staff: all.filter(({ ticketId }) => staff.has(ticketId)),
  };
};

/** The mean and the share of good ratings, of the desk's scale; ratings on another one are told apart, never converted. */
export const replyRatingFigures = (
  rated: readonly RatedReply[],
  scale: ReplyScale,
  smallBelow: number,
  of: Record<string, string> = {},
): Figure[] => {
  const counted = rated.filter((each) => each.scale === scale.scale);
  const values = scale.options.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const top = topOf(values);
  const isGood = ({ score }: RatedReply): boolean => top.has(score);
  const named = { of: { ...of, scale: scale.scale }, smallBelow };
  const parts = {
    good: partOf(counted.filter(isGood)),
    below: partOf(counted.filter((each) => !isGood(each))),
    edited: partOf(counted.filter(({ edits }) => edits > 0)),
    'other-scale': partOf(rated.filter((each) => each.scale !== scale.scale)),
  };
  return [
    meanOf(
      { ...named, name: 'reply-rating.mean', formula: MEAN, unit: 'points', places: 1 },
      counted,
      ({ score }) => (100 * (score - low)) / (high - low),
      parts,
    ),
    shareOf({ ...named, name: 'reply-rating.good', formula: GOOD }, counted, isGood, parts),
  ];
};
