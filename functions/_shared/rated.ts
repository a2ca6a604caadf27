import type { Feedbacks, Ledger, Tickets } from '../../domain/ports.ts';
import type { LowAnswer } from '../../domain/remediation/low-answer.ts';
import { type Rated, ratedFeedback, ratedReply, ratedSurvey } from '../../domain/remediation/rated.ts';
import { assertNever } from '../../domain/support/exhaustive.ts';
import type { Surveys } from './surveys.ts';

export interface RatedDeps {
  tickets: Pick<Tickets, 'survey'>;
  feedbacks: Pick<Feedbacks, 'get'>;
  surveys: Surveys;
}

/** A low answer as it stands now; undefined when there is none any more. */
export const ratedNow = async (
  { ticket, events }: Ledger,
  { cycle, cause, about }: LowAnswer & { cycle: number },
  { tickets, feedbacks, surveys }: RatedDeps,
): Promise<Rated | undefined> => {
  switch (cause) {
    case 'survey': {
      const survey = await tickets.survey(ticket.id, cycle, 'csat');
      return survey && ratedSurvey(survey, surveys.named(survey.survey) ?? surveys.of('csat'));
    }
    case 'reply':
      return ratedReply(events, about);
    case 'feedback':
    case 'nps': {
      const feedback = await feedbacks.get(about);
      return feedback && ratedFeedback(feedback, surveys.named(feedback.survey ?? ''));
    }
    default:
      return assertNever(cause);
  }
};
