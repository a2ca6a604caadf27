import type { Feedback } from '../feedback/feedback.ts';
import { replyRatings } from '../rating/reply-rating.ts';
import type { Survey, SurveyDefinition } from '../survey/survey.ts';
import type { TicketEvent } from '../ticket/event.ts';
import type { AgentId } from '../ticket/ticket.ts';

/** A low answer as it stands now, and whose it is: it may have been changed since it was told. */
export interface Rated {
  low: boolean;
  score: number;
  scale: string;
  /** The name of that point of the scale, e.g. `very-bad`. */
  label?: string;
  ratedAgent?: AgentId;
  group?: string;
  category?: string;
  /** Why, as the customer chose it from a list. */
  choice?: string;
  /** Definition and version of what was asked. */
  survey?: string;
  /** What the customer wrote, for the lead alone: it is kept with the answer. */
  words?: string;
}

/** A survey's answer with its credit as it was issued; undefined for one that has none. */
export const ratedSurvey = (survey: Survey, definition: SurveyDefinition): Rated | undefined => {
  if (survey.status !== 'answered') return undefined;
  const { answer, credit, category, survey: name } = survey;
  return {
    low: answer.low,
    score: answer.score,
    scale: answer.scale,
    label: answer.label,
    group: credit.group,
    survey: name,
    ...(credit.agent !== undefined && { ratedAgent: credit.agent }),
    ...(category !== undefined && { category }),
    ...chosenIn(answer.answers, definition),
    ...together(given('text', answer.answers, definition)),
  };
};

/** The rating of one reply as it stands, with whose reply it was. */
export const ratedReply = (events: readonly TicketEvent[], message: string): Rated | undefined => {
  const rating = replyRatings(events).get(message);
  const rated = events.findLast((event) => event.type === 'reply-rated' && event.message === message);
  if (rating === undefined || rated?.type !== 'reply-rated') return undefined;
  const { low, score, scale, label } = rating;
  return {
    low,
    score,
    scale,
    label,
    ratedAgent: rated.agent,
    ...(rated.group !== undefined && { group: rated.group }),
  };
};

/** Feedback is about the desk: nobody in particular is rated. */
export const ratedFeedback = (
  { low, score, scale, label, survey, text, answers }: Feedback,
  definition: SurveyDefinition | undefined,
): Rated | undefined => {
  if (score === undefined || scale === undefined) return undefined;
  return {
    low: low ?? false,
    score,
    scale,
    ...(label !== undefined && { label }),
    ...(survey !== undefined && { survey }),
    ...(definition !== undefined && chosenIn(answers, definition)),
    ...together(text === undefined ? [] : [text]),
  };
};

type Answers = Record<string, string>;

const given = (kind: 'text' | 'choice', answers: Answers, { questions }: SurveyDefinition): string[] =>
  questions
    .filter((question) => question.kind === kind)
    .map(({ id }) => answers[id] ?? '')
    .filter((answer) => answer.trim() !== '');

const chosenIn = (answers: Answers, definition: SurveyDefinition): { choice?: string } => {
  const [choice] = given('choice', answers, definition);
  return choice === undefined ? {} : { choice };
};

const together = (texts: readonly string[]): { words?: string } =>
  texts.length === 0 ? {} : { words: texts.join('\n\n') };

/** The score as a colleague reads it: `1 (very bad)`. The label of a point of numbers is the number itself. */
export const scoreSaid = ({ score, label }: Pick<Rated, 'score' | 'label'>): string =>
  label === undefined || label === `${score}` ? `${score}` : `${score} (${label.replaceAll('-', ' ')})`;
