import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type FeedbackPage, feedbackPage, GIVER_FIELDS } from '../../domain/pages/feedback-page.ts';
import { ownName } from '../../domain/pages/kb-frame.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import { page } from './http/page-handler.ts';
import type { Surveys } from './surveys.ts';
import type { Words } from './words/words.ts';

/** What the feedback form is shown with. */
export interface FeedbackView {
  words: Words<FeedbackPage['locale']>;
  surveys: Pick<Surveys, 'of'>;
  newKey: () => string;
}

type Shown = Partial<Pick<FeedbackPage, 'answers' | 'giver' | 'errors' | 'giverErrors' | 'once' | 'sentBefore'>>;

/** What stands in the fields, as it was typed: to show it again. Unknown fields are left alone. */
export const typedIn = (form: Record<string, string>, { questions }: SurveyDefinition) => ({
  answers: Object.fromEntries(questions.map(({ id }) => [id, form[id] ?? ''])),
  giver: Object.fromEntries(Object.keys(GIVER_FIELDS).map((name) => [name, form[name] ?? ''])),
});

/** The feedback form as a page; a key that it does not have yet is made. */
export const feedbackAnswer = (
  locale: FeedbackPage['locale'],
  { once, ...shown }: Shown,
  { words, surveys, newKey }: FeedbackView,
  status = 200,
): APIGatewayProxyStructuredResultV2 => {
  const { brand } = words;
  const body = feedbackPage({
    locale,
    brand,
    definition: surveys.of('feedback'),
    languages: brand.languages.map((code) => ({ code, name: ownName(code) })),
    once: once ?? newKey(),
    ...shown,
  });
  return page(body, words, status);
};
