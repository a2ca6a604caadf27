import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import feedbackWords from '#desk/words/feedback.json' with { type: 'json' };
import survey from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { capsIn } from '../../adapters/dynamo/caps.ts';
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { npsAsksIn } from '../../adapters/dynamo/nps-asks.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import type { FeedbackEnd } from '../../domain/pages/feedback-end.ts';
import { newKey } from '../_shared/chance.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { type FeedbackView, feedbackAnswer } from '../_shared/feedback-view.ts';
import { mediaTypeOf } from '../_shared/http/body.ts';
import { formKey } from '../_shared/http/form-key.ts';
import { requestKeyOf, usedBefore } from '../_shared/http/idempotency.ts';
import { json } from '../_shared/http/json-response.ts';
import { languagesOf, localeOf, pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { readJson } from '../_shared/http/read-json.ts';
import { refuseMoreForms } from '../_shared/http/web-limits.ts';
import { Problem } from '../_shared/problem.ts';
import { deskSurveys, type Surveys } from '../_shared/surveys.ts';
import { count } from '../_shared/telemetry.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { type AnswerNpsDeps, receiveNps } from './answer-nps.ts';
import { env } from './env.ts';
import { readFeedbackForm } from './read-form.ts';
import { readFeedbackRequest } from './read-request.ts';
import { feedbackRequest } from './shape.ts';
import { type TakeDeps, takeFeedback } from './take-feedback.ts';

interface Deps
  extends FeedbackView,
    Omit<TakeDeps, 'feedbacks' | 'words'>,
    Omit<AnswerNpsDeps, 'words' | 'surveys' | 'tickets'> {
  surveys: Surveys;
}

/** Feedback of anybody, by the form or by a program, and answers of those who were asked to recommend the desk. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    if (event.routeKey === 'POST /feedback/{token}') return receiveNps(event, deps);
    const form = mediaTypeOf(event) === 'application/x-www-form-urlencoded' ? readForm(event) : undefined;
    const body = form === undefined ? readJson(event, feedbackRequest) : undefined;
    await refuseMoreForms(event, deps);
    return body === undefined ? byForm(form ?? {}, event, deps) : byProgram(body, event, deps);
  };

const byForm = async (form: Record<string, string>, event: APIGatewayProxyEventV2, deps: Deps) => {
  const locale = localeOf(event, deps.words);
  const definition = deps.surveys.of('feedback');
  const read = readFeedbackForm(form, definition, formKey(form, locale.code));
  if (!read.ok) {
    if (!wantsPage(event)) throw new Problem(422, 'The form is not complete.', { errors: read.problems });
    return feedbackAnswer(locale, read.again, deps, 422);
  }
  const { once, ...said } = read;
  const taken = await takeFeedback({ ...said, definition, locale, key: `feedback#${sha256(once)}` }, deps);
  if (taken.changed) {
    if (!wantsPage(event)) throw new Problem(409, 'This form was sent before, with other words.');
    return feedbackAnswer(locale, { ...read.typed, sentBefore: true }, deps, 409);
  }
  const end: FeedbackEnd = !taken.low ? 'kept' : taken.ticketId === undefined ? 'unknown' : 'answer';
  return {
    statusCode: 303,
    headers: { location: `/feedback/thanks?lang=${locale.code}&for=${end}`, 'cache-control': 'no-store' },
    body: '',
  };
};

const byProgram = async (
  body: Parameters<typeof readFeedbackRequest>[0],
  event: APIGatewayProxyEventV2,
  deps: Deps,
) => {
  const key = requestKeyOf(event);
  const definition = deps.surveys.of('feedback');
  const locale = deps.words.in(body.locale === undefined ? languagesOf(event) : [body.locale]);
  const said = readFeedbackRequest(body, definition);
  const taken = await takeFeedback({ ...said, definition, locale, ...(key !== undefined && { key }) }, deps);
  if (taken.changed) throw usedBefore();
  const { feedback, low, ticketId } = taken;
  return json({ feedback: { id: feedback, low }, ...(ticketId !== undefined && { ticket: { id: ticketId } }) }, 201);
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const words = pageWords(feedbackWords, survey, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    words,
    surveys: deskSurveys(),
    newKey,
    agents,
    tickets: ticketsIn(table),
    feedbacks: feedbacksIn(table),
    npsAsks: npsAsksIn(table),
    contacts: contactsIn(table),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    customers: customersIn(table),
    caps: capsIn(table),
    deskDomain: domainOf(given.DESK_ADDRESS),
    count,
  });
});
