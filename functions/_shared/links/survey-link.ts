import names from '#desk/names.json' with { type: 'json' };
import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import { type SurveyOverPage, surveyOverPage } from '../../../domain/pages/survey-end.ts';
import type { SurveyPage } from '../../../domain/pages/survey-page.ts';
import type { AnswerRefusal } from '../../../domain/survey/answer.ts';
import type { Survey, SurveyDefinition } from '../../../domain/survey/survey.ts';
import type { SurveyKind } from '../../../domain/ticket/event.ts';
import type { CustomerId, Ticket, TicketId } from '../../../domain/ticket/ticket.ts';
import type { Rules } from '../desk.ts';
import { page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import type { Surveys } from '../surveys.ts';
import type { Words } from '../words/words.ts';
import { readSurveySubject } from './links.ts';

export interface SurveyDeps extends Rules {
  keys: () => Promise<LinkKeys>;
  words: Words<SurveyPage['locale']>;
  surveys: Surveys;
}

/** What a link is about, and whom it was given to. */
export interface SurveyLink {
  about: { ticketId: TicketId; cycle: number; kind: SurveyKind };
  recipient: CustomerId;
}

/** A survey as the holder of its link finds it. */
export interface LinkedSurvey {
  survey: Survey;
  definition: SurveyDefinition;
  frame: Pick<SurveyPage, 'locale' | 'brand'> & { subject: string; agent?: string; timeZone?: string };
}

/** Throws 404 for a link that this desk did not make for a survey, 410 for one that ended. */
export const readSurveyLink = async (
  token: string,
  { keys, clock }: Pick<SurveyDeps, 'keys' | 'clock'>,
): Promise<SurveyLink> => {
  const link = readCapability(token, 'survey', await keys(), clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'The time to answer is over.') : notFound();
  const about = readSurveySubject(link.value.subject);
  if (!about) throw notFound();
  return { about, recipient: link.value.recipient };
};

/** What a link opens. Throws 404 when it was given to somebody else than the survey, 410 when the survey is gone. */
export const linkedSurvey = (
  { recipient }: SurveyLink,
  ticket: Ticket | undefined,
  survey: Survey | undefined,
  { surveys, words }: Pick<SurveyDeps, 'surveys' | 'words'>,
): LinkedSurvey => {
  if (!ticket || !survey || survey.customer.id !== recipient) throw notFound();
  const definition = surveys.named(survey.survey);
  // The version it asked by was taken out of desk/versions: what is answered now could not be read.
  if (!definition) throw new Problem(410, 'This survey is no longer open.');
  const { timeZone } = ticket.customer;
  const agent = names[survey.credit.agent ?? ''];
  const frame = {
    locale: words.in(survey.customer.locale),
    brand: words.brand,
    subject: ticket.subject,
    ...(agent !== undefined && { agent }),
    ...(timeZone !== undefined && { timeZone }),
  };
  return { survey, definition, frame };
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
