import { number } from '../contact/format.ts';
import type { Language } from '../contact/words.ts';
import type { Question, SurveyDefinition } from '../survey/survey.ts';

/** What the end of a scale of numbers means that this value is; undefined between the ends. */
export const endOf = ({ options, ends, labels }: Question, value: number, language: string): string | undefined => {
  const name = value === options?.[0]?.value ? ends?.[0] : value === options?.at(-1)?.value ? ends?.[1] : undefined;
  return name === undefined ? undefined : labels?.[name]?.[language];
};

/** The chosen answer to the scored question as a page says it: `Satisfied`, `7`, `10 – Extremely likely`. */
export const answerInWords = (
  { questions, scored }: SurveyDefinition,
  { score, label }: { score: number; label: string },
  locale: Language,
): string => {
  const question = questions.find(({ id }) => id === scored);
  if (question?.ends === undefined) return question?.labels?.[label]?.[locale.code] ?? label;
  const end = endOf(question, score, locale.code);
  return end === undefined ? number(score, locale) : `${number(score, locale)} – ${end}`;
};
