import { isSatisfied } from '../../domain/report/scales.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { Count } from '../_shared/telemetry.ts';

/** Counts a first answer to the survey after resolving for the alarm on the satisfaction budget; edits are in reports. */
export const countAnswer = ({ events }: Change, definition: SurveyDefinition, count: Count): void => {
  const given = events.find((event) => event.type === 'survey-answered');
  if (given?.type !== 'survey-answered' || given.kind !== 'csat' || given.edit > 0 || definition.measure !== 'csat')
    return;
  count('SatisfactionAnswers');
  if (!isSatisfied(definition, given.score)) count('SatisfactionBad');
};
