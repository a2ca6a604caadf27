import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import type { SurveysFile } from '../survey-schema.ts';
import type { ScaleOf } from './locales.ts';
import { compileQuestions } from './questions.ts';
import { checkScales } from './scales.ts';
import { compileScore } from './score.ts';
import type { Source } from './source.ts';

/** Which scale a question of the file is answered on. */
export const scalesOf =
  (file: SurveysFile): ScaleOf =>
  (survey, question) =>
    file.surveys.find(({ id }) => id === survey)?.questions.find(({ id }) => id === question)?.scale ?? '';

/** Whether a survey is about a ticket, and is answered by a link to it. */
export const isOfTicket = ({ kind }: SurveyDefinition): boolean => kind === 'csat' || kind === 'follow-up';

/** Surveys without their words; those that are sent to everybody come first, so that the first of a kind is the one to ask. */
export const compileSurveys = (source: Source, file: SurveysFile): SurveyDefinition[] => {
  const ids = file.surveys.map(({ id }) => id);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index)
      source.wrong(['surveys', index, 'id'], `there is another survey "${id}"; name them apart`);
  });
  checkScales(source, file);
  const sent = new Set(
    Object.values(file.send).map((rows) => rows.at(-1)?.survey ?? rows.at(-1)?.variants?.[0]?.survey),
  );
  return file.surveys
    .map((survey, index): SurveyDefinition => {
      const at = ['surveys', index];
      const { id, version, kind } = survey;
      const score = compileScore(source, at, survey, file.scales);
      return { id, version, kind, ...score, questions: compileQuestions(source, at, survey, file.scales) };
    })
    .sort((a, b) => Number(sent.has(b.id)) - Number(sent.has(a.id)));
};
