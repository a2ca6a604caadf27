import type { Language } from '../../domain/contact/words.ts';
import { CustomerMadeMeanwhile, RequestAlreadyTaken } from '../../domain/errors.ts';
import { feedbackId } from '../../domain/feedback/feedback.ts';
import { type Answered, feedbackOf } from '../../domain/feedback/give.ts';
import { noticeOf, whoHears } from '../../domain/feedback/tell-lead.ts';
import { answerInWords } from '../../domain/pages/answer-words.ts';
import type { FeedbackPage } from '../../domain/pages/feedback-page.ts';
import type { Agent } from '../../domain/policy.ts';
import type { Caps, Customers, Feedbacks, Tickets } from '../../domain/ports.ts';
import { HOUR, plus } from '../../domain/support/time.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { refuseMoreTickets } from '../_shared/http/web-limits.ts';
import { type Count, logger } from '../_shared/telemetry.ts';
import type { Words } from '../_shared/words/words.ts';
import { answerOf, recordOf, type Told, wasAnother } from './once.ts';
import { openFor } from './open-for.ts';

export interface TakeDeps extends Rules {
  tickets: Pick<Tickets, 'record' | 'request'>;
  feedbacks: Pick<Feedbacks, 'keep'>;
  customers: Pick<Customers, 'meet'>;
  caps: Pick<Caps, 'take'>;
  agents: readonly Agent[];
  words: Pick<Words<Language>, 'in'>;
  deskDomain: string;
  count: Count;
}

export interface Said {
  definition: SurveyDefinition;
  answered: Answered;
  locale: FeedbackPage['locale'];
  /** Who they say they are: anybody may write an address. */
  giver?: { email: string; name?: string; timeZone?: string };
  /** Makes two of the same one. */
  key?: string;
}

/** Keeps feedback once. `changed`: the key was used before, for something else. */
export const takeFeedback = async (said: Said, deps: TakeDeps): Promise<Told & { changed: boolean }> => {
  try {
    return { ...(await takeOnce(said, deps)), changed: false };
  } catch (error) {
    const record = error instanceof RequestAlreadyTaken ? await deps.tickets.request(error.key) : undefined;
    if (!record) throw error;
    return { ...answerOf(record), changed: wasAnother(record, bodyOf(said)) };
  }
};

/** Two of one address may come at once: the second finds the customer that the first has made. */
const takeOnce = async (said: Said, deps: TakeDeps): Promise<Told> => {
  try {
    return await take(said, deps);
  } catch (error) {
    if (!(error instanceof CustomerMadeMeanwhile)) throw error;
    return take(said, deps);
  }
};

const take = async (said: Said, deps: TakeDeps): Promise<Told> => {
  const { definition, answered, locale, giver, key } = said;
  const ctx = contextNow(deps);
  const opens = giver !== undefined && answered.low;
  // Each ticket is acknowledged to the address, whoever wrote it into the form.
  if (opens) await refuseMoreTickets(giver.email, deps);
  const met = giver && (await deps.customers.meet(giver.email, seen(giver, locale.code), ctx.now, ctx.ids.ulid()));
  const feedback = feedbackOf({
    id: feedbackId(ctx.now, ctx.ids.ulid()),
    at: ctx.now,
    kind: 'feedback',
    definition,
    answered,
    locale: locale.code,
    ...(met && { customerId: met.customer.id }),
  });
  const told: Told = { feedback: feedback.id, low: answered.low };
  const request = (answer: Told) =>
    key === undefined ? {} : { request: recordOf(key, bodyOf(said), answer, ctx.now) };
  const newcomer = met?.newcomer && { newcomer: met.newcomer };

  if (!opens || !met) {
    const hears = await heardBy(feedback, deps);
    const mails = hears
      ? [noticeOf(feedback, answerInWords(definition, answered, deps.words.in('en')), hears, deps.deskDomain)]
      : [];
    await deps.feedbacks.keep({ after: feedback, ...request(told), ...newcomer, mails });
    noted(told, deps);
    return told;
  }
  const ticketId = await openFor(
    { after: feedback },
    {
      definition,
      answered,
      locale,
      customer: met.customer,
      ...newcomer,
      ...(key !== undefined && { request: (id) => recordOf(key, bodyOf(said), { ...told, ticketId: id }, ctx.now) }),
    },
    deps,
  );
  noted({ ...told, ticketId }, deps);
  return { ...told, ticketId };
};

const seen = ({ email: _, ...rest }: NonNullable<Said['giver']>, locale: string) => ({ ...rest, locale });

/** Who hears of it, as long as they have not heard of too many within the hour: whoever floods the desk floods no inbox. */
const heardBy = async (feedback: Parameters<typeof whoHears>[0], deps: TakeDeps): Promise<Agent | undefined> => {
  const hears = whoHears(feedback, deps.policy, deps.agents);
  if (!hears) return undefined;
  const now = deps.clock.now();
  const cap = { cause: 'feedback-notices' as const, who: hears.id, window: now.slice(0, 13), endsAt: plus(now, HOUR) };
  if (await deps.caps.take({ ...cap, most: deps.policy.feedback.noticesAnHour })) return hears;
  deps.count('FeedbackNotTold');
  return undefined;
};

/** What is the same when it is sent again. */
const bodyOf = ({ definition, answered, locale, giver }: Said) => ({
  survey: `${definition.id}@${definition.version}`,
  answers: answered.answers,
  locale: locale.code,
  ...giver,
});

const noted = ({ feedback, ticketId }: Told, { count }: TakeDeps): void => {
  logger.info('Feedback was given.', { feedback, ...(ticketId !== undefined && { ticketId }) });
  count('FeedbackGiven');
};
