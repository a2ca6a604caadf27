import type { LowCause, TicketEvent } from '../ticket/event.ts';

/** An answer at or below the threshold of what was asked. */
export interface LowAnswer {
  cause: LowCause;
  score: number;
  /** Of which the score is a point, e.g. `four-point`. */
  scale: string;
  /**
   * What was rated: `survey#1` by its cycle, else the id of the message or the feedback. However often it is told, one
   * `about` is one low answer.
   */
  about: string;
}

export const lowSurvey = (cycle: number, { score, scale }: { score: number; scale: string }): LowAnswer => ({
  cause: 'survey',
  score,
  scale,
  about: `survey#${cycle}`,
});

/**
 * The low answer that an event tells, and the cycle it is about; undefined for every other event. A survey's is told by the
 * survey itself, which knows what was answered before.
 */
export const lowAnswerOf = (event: TicketEvent): ({ cycle: number } & LowAnswer) | undefined => {
  if (event.type === 'reply-rated' && event.low) {
    const { score, scale, message: about, ratedCycle: cycle } = event;
    return { cycle, cause: 'reply', score, scale, about };
  }
  if (event.type === 'feedback-given' && event.low) {
    const { score, scale, feedback: about, cycle, kind: cause } = event;
    return { cycle, cause, score, scale, about };
  }
  return undefined;
};
