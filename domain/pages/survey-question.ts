import { number } from '../contact/format.ts';
import { type Html, html } from '../contact/html.ts';
import { LONGEST_ANSWER } from '../survey/reading.ts';
import type { Question } from '../survey/survey.ts';
import { endOf } from './answer-words.ts';
import { say } from './layout.ts';
import { MOST_BRANCHES } from './style.ts';
import type { AnswerError, SurveyPage } from './survey-page.ts';

export interface Field {
  question: Question;
  /** Number of the condition that opens this question, over the whole page; undefined when it is always asked. */
  branch: number | undefined;
  inside: Field[];
}

interface Shown {
  locale: SurveyPage['locale'];
  answers: Record<string, string>;
  errors: Record<string, AnswerError>;
}

/** One question with what it opens. A group of answers is a `fieldset`, so that its question is read with each. */
export const questionField = (field: Field, shown: Shown): Html => {
  const { question } = field;
  const inner = question.kind === 'text' ? textField(question, shown) : choiceField(field, shown);
  if (field.branch === undefined) return inner;
  return html`<div class="branch"${field.branch < MOST_BRANCHES && html` data-branch="${field.branch}"`}>${inner}</div>`;
};

const textField = (question: Question, shown: Shown): Html =>
  html`<div class="question" id="q-${question.id}"><label for="a-${question.id}">${title(question, shown)}</label>
${errorOf(question, shown)}<textarea id="a-${question.id}" name="${question.id}" maxlength="${LONGEST_ANSWER}" rows="3" dir="auto"${described(question, shown)}${invalid(question, shown)}${question.required && question.when === undefined && html` required`}>${shown.answers[question.id]}</textarea></div>
`;

const choiceField = ({ question, inside }: Field, shown: Shown): Html => {
  const numbers = question.ends !== undefined;
  return html`<fieldset id="q-${question.id}"${described(question, shown)}><legend>${title(question, shown)}</legend>
${errorOf(question, shown)}<div class="${numbers ? html`numbers n${question.options?.length}` : html`options${layoutOf(question)}`}">
${optionsOf(question, shown.locale).map(({ value, label, digit }, index) => {
  const opens = inside.filter((field) => field.question.when?.in.includes(value)).map((field) => field.branch);
  const radio = html`<input type="radio" id="a-${question.id}${index > 0 && `-${index}`}" name="${question.id}" value="${value}"${opens.length > 0 && html` data-opens="${opens.join(' ')}"`}${shown.answers[question.id] === value && html` checked`}${question.required && question.when === undefined && html` required`}>`;
  return numbers
    ? html`<label class="number">${radio}<span>${digit}${label !== '' && html`<span class="unseen"> – ${label}</span>`}</span></label>
`
    : html`<label class="option">${radio}<span>${digit !== undefined && html`<strong>${digit}</strong> `}${label}</span></label>
`;
})}</div>
${endsOf(question, shown)}${inside.map((field) => questionField(field, shown))}</fieldset>
`;
};

/** Scales stand side by side where there is room, two short answers as a pair. */
const layoutOf = ({ kind }: Question): string => (kind === 'scale' ? ' scale' : kind === 'yes-no' ? ' pair' : '');

/** What the ends of a scale of numbers mean. Whoever hears the page has heard it with the numbers themselves. */
const endsOf = (question: Question, { locale }: Shown): Html | false => {
  const [first, last] = [question.options?.[0], question.options?.at(-1)];
  if (question.ends === undefined || first === undefined || last === undefined) return false;
  return html`<p class="ends" aria-hidden="true">${[first, last].map(
    ({ value }) => html`<span>${number(value, locale)} – ${endOf(question, value, locale.code)}</span>`,
  )}</p>
`;
};

const optionsOf = (
  question: Question,
  locale: SurveyPage['locale'],
): Array<{ value: string; label: string; digit?: string }> => {
  const label = (name: string): string => question.labels?.[name]?.[locale.code] ?? name;
  switch (question.kind) {
    case 'scale':
      if (question.ends !== undefined)
        return (question.options ?? []).map(({ value }) => ({
          value: String(value),
          label: endOf(question, value, locale.code) ?? '',
          digit: number(value, locale),
        }));
      return (question.options ?? []).map((option) => ({
        value: String(option.value),
        label: label(option.label),
        digit: number(option.value, locale),
      }));
    case 'choice':
      return (question.choices ?? []).map((choice) => ({ value: choice, label: label(choice) }));
    case 'yes-no':
      return [
        { value: 'yes', label: locale.words['common.yes'] },
        { value: 'no', label: locale.words['common.no'] },
      ];
    case 'text':
      return [];
  }
};

const title = (question: Question, { locale }: Shown): Html =>
  html`${question.text[locale.code]} <span class="hint">${locale.words[question.required ? 'common.required' : 'common.optional']}</span>`;

const described = (question: Question, { errors }: Shown): Html | false =>
  errors[question.id] !== undefined && html` aria-describedby="e-${question.id}"`;

const invalid = (question: Question, { errors }: Shown): Html | false =>
  errors[question.id] !== undefined && html` aria-invalid="true"`;

const errorOf = (question: Question, { locale, errors }: Shown): Html | false => {
  const error = errors[question.id];
  if (error === undefined) return false;
  const words =
    error === 'too-long'
      ? say(locale, 'survey.error-too-long', { most: number(LONGEST_ANSWER, locale) })
      : say(locale, `survey.error-${error}`);
  return html`<p class="error" id="e-${question.id}">${words}</p>
`;
};
