import type { Unhappy } from '../ticket/event.ts';
import { isPlaced, type Ticket } from '../ticket/ticket.ts';
import type { LowAnswer } from './low-answer.ts';
import type { Rated } from './rated.ts';
import type { Remediation } from './remediation.ts';

/**
 * Who is unhappy with what, as the events say it and a report counts it: the answer as it stands, with the credit it was
 * asked under, else where the ticket stands.
 */
export const unhappyOf = (cycle: number, low: LowAnswer, rated: Rated | undefined, ticket: Ticket): Unhappy => {
  const placed = isPlaced(ticket) ? { group: ticket.group, category: ticket.category } : {};
  const { ratedAgent, choice, group, category } = rated ?? {};
  return {
    ratedCycle: cycle,
    score: rated?.score ?? low.score,
    scale: rated?.scale ?? low.scale,
    cause: low.cause,
    about: low.about,
    ...placed,
    ...(group !== undefined && { group }),
    ...(category !== undefined && { category }),
    ...(ratedAgent !== undefined && { ratedAgent }),
    ...(choice !== undefined && { choice }),
  };
};

/** The same of a remediation that is under way. */
export const unhappyIn = (remediation: Remediation): Unhappy => {
  const { cycle, score, scale, cause, about, group, category, ratedAgent, choice } = remediation;
  return {
    ratedCycle: cycle,
    score,
    ...(scale !== undefined && { scale }),
    ...(cause !== undefined && { cause }),
    ...(about !== undefined && { about }),
    ...(group !== undefined && { group }),
    ...(category !== undefined && { category }),
    ...(ratedAgent !== undefined && { ratedAgent }),
    ...(choice !== undefined && { choice }),
  };
};
