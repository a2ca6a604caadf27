import agents from '#desk/team.json' with { type: 'json' };
import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import { type SurveyOverPage, surveyOverPage } from '../../../domain/pages/survey-end.ts';
import type { SurveyPage } from '../../../domain/pages/survey-page.ts';
import type { Ledger, Tickets } from '../../../domain/ports.ts';
import type { AnswerRefusal } from '../../../domain/survey/answer.ts';
import type { Survey, SurveyDefinition } from '../../../domain/survey/survey.ts';
import type { Rules } from '../desk.ts';
import { page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import type { Surveys } from '../surveys.ts';
import type { Words } from '../words/words.ts';
import { readSurveySubject } from './links.ts';

export interface SurveyDeps extends Rules {
  tickets: Tickets;
  keys: () => Promise<LinkKeys>;
  words: Words<SurveyPage['locale']>;
  surveys: Surveys;
}

/** A survey as the holder of its link finds it. */
export interface LinkedSurvey {
  ledger: Ledger;
  survey: Survey;
  definition: SurveyDefinition;
  frame: Pick<SurveyPage, 'locale' | 'brand'> & { subject: string; agent?: string; timeZone?: string };
}

/** What a link opens. Throws 404 for one that this desk did not make for this survey's customer, 410 for one that ended. */
export const surveyOfLink = async (token: string, deps: SurveyDeps): Promise<LinkedSurvey> => {
  const link = readCapability(token, 'survey', await deps.keys(), deps.clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'The time to answer is over.') : notFound();
  const about = readSurveySubject(link.value.subject);
  if (!about) throw notFound();
  const [ledger, survey] = await Promise.all([
    deps.tickets.ledger(about.ticketId),
    deps.tickets.survey(about.ticketId, about.cycle, about.kind),
  ]);
  const definition = survey && deps.surveys.named(survey.survey);
  if (!ledger || !survey || survey.customer.id !== link.value.recipient) throw notFound();
  // The desk has changed its questions since: an answer to the old ones could not be read.
  if (!definition) throw new Problem(410, 'This survey is no longer open.');
  const { timeZone } = ledger.ticket.customer;
  const agent = agents.find(({ id }) => id === survey.credit.agent)?.name;
  const frame = {
    locale: deps.words.in(survey.customer.locale),
    brand: deps.words.brand,
    subject: ledger.ticket.subject,
    ...(agent !== undefined && { agent }),
    ...(timeZone !== undefined && { timeZone }),
  };
  return { ledger, survey, definition, frame };
};

const OVER = {
  'survey-expired': { why: 'expired', status: 410 },
  'survey-cancelled': { why: 'cancelled', status: 410 },
  'survey-answered': { why: 'answered', status: 409 },
} as const;

/** The page that says why nothing can be answered any more. */
export const overPage = (
  refusal: Exclude<AnswerRefusal, 'wrong-shape'>,
  frame: Omit<SurveyOverPage, 'why'>,
  words: Pick<Words, 'brand'>,
) => page(surveyOverPage({ ...frame, why: OVER[refusal].why }), words, OVER[refusal].status);
