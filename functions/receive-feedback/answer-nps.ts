import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ConcurrentChange, FeedbackMoved } from '../../domain/errors.ts';
import { answerNps, type NpsAnswered, npsEditableUntil } from '../../domain/feedback/answer-nps.ts';
import { answerErrors } from '../../domain/pages/answer-errors.ts';
import { answerInWords } from '../../domain/pages/answer-words.ts';
import { npsPage, npsThanksPage } from '../../domain/pages/nps-page.ts';
import type { Contacts, Feedbacks } from '../../domain/ports.ts';
import { contextNow } from '../_shared/desk.ts';
import { page, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { type LinkedNps, type NpsDeps, npsOfLink, npsOver } from '../_shared/links/nps-link.ts';
import { Problem } from '../_shared/problem.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { type OpenForDeps, openFor } from './open-for.ts';

export interface AnswerNpsDeps extends NpsDeps, OpenForDeps {
  feedbacks: Pick<Feedbacks, 'keep' | 'get'>;
  contacts: Contacts;
}

/** Another answer, or another question to the same person, came at the same moment. */
const isOvertaken = (error: unknown): boolean => error instanceof FeedbackMoved || error instanceof ConcurrentChange;

/** Records whether somebody would recommend the desk, once, or changes it while that is allowed. */
export const receiveNps = async (
  event: APIGatewayProxyEventV2,
  deps: AnswerNpsDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const token = event.pathParameters?.token ?? '';
  const form = readForm(event);
  return untilStored(
    async () => answer(await npsOfLink(token, deps), { token, form, asPage: wantsPage(event) }, deps),
    isOvertaken,
  );
};

const answer = async (
  { ask, definition, frame }: LinkedNps,
  { token, form, asPage }: { token: string; form: Record<string, string>; asPage: boolean },
  deps: AnswerNpsDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const ctx = contextNow(deps);
  const [kept, sheet] = await Promise.all([
    ask.status === 'answered' ? deps.feedbacks.get(ask.feedback) : undefined,
    deps.contacts.sheetOf(ask.person),
  ]);
  const decision = answerNps({ ask, definition, form, sheet, ...(kept && { kept }) }, ctx);
  const action = `/feedback/${token}`;
  if (!decision.ok) {
    if (decision.refusal !== 'wrong-shape') return npsOver(decision.refusal, frame, deps.words);
    const problems = decision.problems ?? [];
    if (!asPage) throw new Problem(422, decision.detail, { errors: problems });
    const errors = answerErrors(problems, definition, form);
    return page(npsPage({ ...frame, definition, action, answers: form, errors }), deps.words, 422);
  }
  await keep(decision.value, { definition, frame }, deps);
  const { answer: given } = decision.value.ask;
  const until = npsEditableUntil(decision.value.ask, ctx);
  const thanks = npsThanksPage({
    ...frame,
    answer: answerInWords(definition, given, frame.locale),
    low: given.low,
    ...(until !== undefined && { edit: { link: action, until } }),
  });
  return page(thanks, deps.words);
};

const keep = async (
  { change, ask, opens }: NpsAnswered,
  { definition, frame }: Pick<LinkedNps, 'definition' | 'frame'>,
  deps: AnswerNpsDeps,
): Promise<void> => {
  if (!change) return;
  if (opens) {
    const { contacts, ...feedback } = change;
    const said = { definition, answered: ask.answer, locale: frame.locale, customer: ask.customer };
    await openFor(feedback, { ...said, ...(contacts && { contacts }) }, deps);
  } else await deps.feedbacks.keep(change);
  deps.count('NpsAnswered');
};
