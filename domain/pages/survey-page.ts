import { when } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { free } from '../contact/phrase.ts';
import type { Instant } from '../support/time.ts';
import type { Question, SurveyDefinition } from '../survey/survey.ts';
import { errorSummary } from './error-summary.ts';
import { layout, type PageFrame, say } from './layout.ts';
import { type Field, questionField } from './survey-question.ts';

export type AnswerError = 'required' | 'unknown' | 'too-long';

/** What the survey form shows. The form posts the ids of the definition's questions to the address it came from. */
export interface SurveyPage extends PageFrame<'survey' | 'common' | 'time'> {
  definition: SurveyDefinition;
  /** Where the form posts to: the path of the link, without `?r=`. */
  action: string;
  subject: string;
  agent?: string;
  timeZone?: string;
  /** The `r` of the link: preselects that value of the scored question, records nothing. Other values choose nothing. */
  preselected?: string;
  /** Answers given before, or just posted and refused. */
  answers?: Record<string, string>;
  /** By question id. */
  errors?: Record<string, AnswerError>;
  /** Set when the answer was already given and may still be changed. */
  editableUntil?: Instant;
  /** When the link ends. */
  openUntil?: Instant;
}

/** The survey as a form that works without scripts. */
export const surveyPage = (page: SurveyPage): string => {
  const { locale, brand, definition } = page;
  const title = locale.words[page.editableUntil === undefined ? 'survey.title' : 'survey.change'];
  const subject = free(page.subject);
  const errors = page.errors ?? {};
  const failed = Object.keys(errors).length > 0;
  const chosen = page.preselected === undefined || failed ? {} : { [definition.scored]: page.preselected };
  const answers = { ...page.answers, ...chosen };
  return layout(
    page,
    failed ? `${locale.words['common.error-title']} – ${title}` : title,
    html`<h1>${title}</h1>
<p class="lead">${page.agent === undefined ? say(locale, 'survey.lead', { subject }) : say(locale, 'survey.lead-agent', { agent: free(page.agent), subject })}</p>
${page.editableUntil !== undefined && html`<div class="panel"><p>${say(locale, 'survey.editing', { when: when(page.editableUntil, locale, page.timeZone, brand) })}</p></div>`}
${failed && surveyErrors(page, errors)}<form method="post" action="${page.action}">
${fieldsOf(definition).map((field) => questionField(field, { locale, answers, errors }))}
<div class="send"><button class="button">${locale.words[page.editableUntil === undefined ? 'survey.send' : 'survey.change']}</button>
${page.openUntil !== undefined && page.editableUntil === undefined && html`<p class="small">${say(locale, 'survey.open-until', { when: when(page.openUntil, locale, page.timeZone, brand) })}</p>`}</div>
</form>`,
  );
};

/** The questions whose answers were refused, by their words. */
export const surveyErrors = (
  { locale, definition }: Pick<SurveyPage, 'locale' | 'definition'>,
  errors: Record<string, AnswerError>,
): Html =>
  errorSummary(
    locale.words['common.error-title'],
    definition.questions
      .filter(({ id }) => errors[id] !== undefined)
      .map(({ id, text }) => ({ at: `a-${id}`, words: text[locale.code] })),
  );

/** Questions with the conditional ones inside the question they depend on, numbered over the whole page. */
export const fieldsOf = ({ questions }: SurveyDefinition): Field[] => {
  const numbers = new Map(questions.filter(({ when: on }) => on !== undefined).map(({ id }, index) => [id, index]));
  const fieldOf = (question: Question): Field => ({
    question,
    branch: numbers.get(question.id),
    inside: questions.filter((other) => other.when?.question === question.id).map(fieldOf),
  });
  return questions.filter((question) => question.when === undefined).map(fieldOf);
};
