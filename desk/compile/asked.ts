import type { ScoredQuestion } from '../../domain/contact/words.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';

/** By language and survey, e.g. `after-resolve@1`: the scored question as mails show it. */
export const askedInMails = (
  surveys: readonly SurveyDefinition[],
  languages: Iterable<string>,
): Record<string, Record<string, ScoredQuestion>> =>
  Object.fromEntries(
    [...languages].map((language) => [
      language,
      Object.fromEntries(surveys.map((survey) => [`${survey.id}@${survey.version}`, scoredIn(survey, language)])),
    ]),
  );

const scoredIn = ({ questions, scored }: SurveyDefinition, language: string): ScoredQuestion => {
  const question = questions.find(({ id }) => id === scored);
  const { options, ends, labels } = question ?? {};
  const said = (name: string): string => labels?.[name]?.[language] ?? name;
  return {
    question: question?.text[language] ?? '',
    options: (options ?? []).map(({ value, label }) => ({ value, label: said(label) })),
    ...(ends === undefined ? {} : { ends: [said(ends[0]), said(ends[1])] }),
  };
};
