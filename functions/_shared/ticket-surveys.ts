import sending from '#desk/sending.json' with { type: 'json' };
import surveys from '#desk/ticket-surveys.json' with { type: 'json' };
import { type Surveys, surveysOf } from './surveys.ts';

/** The surveys about tickets alone, for functions that start while somebody waits. */
export const ticketSurveys = (): Surveys => surveysOf(surveys, sending);
