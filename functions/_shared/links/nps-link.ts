import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import type { NpsRefusal } from '../../../domain/feedback/answer-nps.ts';
import { type NpsAsk, readNpsKey } from '../../../domain/feedback/nps-ask.ts';
import { type NpsOverPage, type NpsPage, npsOverPage } from '../../../domain/pages/nps-page.ts';
import type { NpsAsks } from '../../../domain/ports.ts';
import type { SurveyDefinition } from '../../../domain/survey/survey.ts';
import type { Rules } from '../desk.ts';
import { page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import type { Surveys } from '../surveys.ts';
import type { Words } from '../words/words.ts';

export interface NpsDeps extends Pick<Rules, 'clock'> {
  npsAsks: Pick<NpsAsks, 'get'>;
  keys: () => Promise<LinkKeys>;
  words: Words<NpsPage['locale']>;
  surveys: Pick<Surveys, 'named'>;
}

/** What a person was asked, as the holder of the link finds it. */
export interface LinkedNps {
  ask: Exclude<NpsAsk, { status: 'skipped' }>;
  definition: SurveyDefinition;
  frame: Pick<NpsPage, 'locale' | 'brand' | 'timeZone'>;
}

/** What a link opens. Throws 404 for one that this desk did not make for this person, 410 for one that ended. */
export const npsOfLink = async (token: string, deps: NpsDeps): Promise<LinkedNps> => {
  const link = readCapability(token, 'survey', await deps.keys(), deps.clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'The time to answer is over.') : notFound();
  const about = readNpsKey(link.value.subject);
  if (!about || about.person !== link.value.recipient) throw notFound();
  const ask = await deps.npsAsks.get(about.person, about.day);
  if (!ask || ask.status === 'skipped') throw notFound();
  if (ask.customer.erased) throw new Problem(410, 'This link has ended.');
  const definition = deps.surveys.named(ask.survey);
  // The desk has changed its questions since: an answer to the old ones could not be read.
  if (!definition) throw new Problem(410, 'This survey is no longer open.');
  const { locale, timeZone } = ask.customer;
  return {
    ask,
    definition,
    frame: { locale: deps.words.in(locale), brand: deps.words.brand, ...(timeZone !== undefined && { timeZone }) },
  };
};

const OVER = {
  'survey-expired': { why: 'expired', status: 410 },
  'survey-cancelled': { why: 'expired', status: 410 },
  'survey-answered': { why: 'answered', status: 409 },
} as const;

/** The page that says why nothing can be answered any more. */
export const npsOver = (
  refusal: Exclude<NpsRefusal, 'wrong-shape'>,
  frame: Omit<NpsOverPage, 'why'>,
  words: Pick<Words, 'brand'>,
) => page(npsOverPage({ ...frame, why: OVER[refusal].why }), words, OVER[refusal].status);
