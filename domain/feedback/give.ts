import type { Language } from '../contact/words.ts';
import { answerInWords } from '../pages/answer-words.ts';
import { surveyName } from '../survey/issue.ts';
import type { Question, SurveyAnswer, SurveyDefinition } from '../survey/survey.ts';
import type { Noted } from '../ticket/acts/make-change.ts';
import type { CustomerId } from '../ticket/ticket.ts';
import type { Feedback } from './feedback.ts';

/** What somebody answered, read and checked (domain/survey/reading.ts). */
export type Answered = Omit<SurveyAnswer, 'at'>;

export interface Given {
  id: string;
  at: string;
  kind: 'feedback' | 'nps';
  definition: SurveyDefinition;
  answered: Answered;
  /** BCP 47. */
  locale: string;
  customerId?: CustomerId;
}

/** An answer as feedback that nobody has done anything about yet. */
export const feedbackOf = ({ definition, answered, customerId, ...given }: Given): Feedback => {
  const { score, scale, label, low, answers } = answered;
  const text = ownWordsIn(definition, answers);
  return {
    ...given,
    survey: surveyName(definition),
    series: definition.series,
    measure: definition.measure,
    score,
    scale,
    label,
    low,
    answers,
    ...(text === '' ? {} : { text }),
    ...(customerId === undefined ? {} : { customerId }),
    version: 1,
  };
};

/** All that was written in somebody's own words, in the order it was asked. */
const ownWordsIn = ({ questions }: SurveyDefinition, answers: Record<string, string>): string =>
  questions
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ id }) => answers[id] ?? [])
    .join('\n\n');

/** The words of yes and no in the language of a conversation. */
export interface YesAndNo {
  yes: string;
  no: string;
}

/** Questions and answers as a message that an agent reads: each question as it was asked, its answer below it. */
export const spoken = (
  definition: SurveyDefinition,
  answered: Answered,
  locale: Language,
  yesAndNo: YesAndNo,
): string =>
  definition.questions
    .flatMap((question) => {
      const given = answered.answers[question.id];
      if (given === undefined) return [];
      const answer =
        question.id === definition.scored
          ? answerInWords(definition, answered, locale)
          : answerIn(question, given, locale.code, yesAndNo);
      return [`${question.text[locale.code] ?? question.id}\n${answer}`];
    })
    .join('\n\n');

const answerIn = (question: Question, given: string, language: string, yesAndNo: YesAndNo): string => {
  switch (question.kind) {
    case 'text':
      return given;
    case 'yes-no':
      return given === 'yes' ? yesAndNo.yes : yesAndNo.no;
    case 'choice':
      return question.labels?.[given]?.[language] ?? given;
    case 'scale': {
      const option = question.options?.find(({ value }) => String(value) === given);
      return (option && question.labels?.[option.label]?.[language]) ?? given;
    }
  }
};

/** What the timeline of a ticket says about the feedback it was opened for; a low one is put right from here. */
export const givenNote = (
  { id, kind, survey, score, scale, low }: Feedback,
  by: Noted['by'],
): Extract<Noted, { type: 'feedback-given' }> => {
  if (kind === 'suggestion' || survey === undefined || score === undefined || scale === undefined)
    throw new Error(`Feedback ${id} has no score, and no ticket is opened for its score.`);
  return {
    type: 'feedback-given',
    by,
    reason:
      kind === 'nps' ? 'They answered whether they would recommend us.' : 'They gave feedback of their own accord.',
    feedback: id,
    kind,
    survey,
    score,
    scale,
    low: low === true,
  };
};
