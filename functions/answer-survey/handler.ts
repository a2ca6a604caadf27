import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import surveyWords from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { answerErrors } from '../../domain/pages/answer-errors.ts';
import { answerInWords } from '../../domain/pages/answer-words.ts';
import { surveyThanksPage } from '../../domain/pages/survey-end.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import type { Contacts, Tickets } from '../../domain/ports.ts';
import { answerSurvey, editableUntil } from '../../domain/survey/answer.ts';
import { contextNow, houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import {
  linkedSurvey,
  overPage,
  readSurveyLink,
  type SurveyDeps,
  type SurveyLink,
} from '../_shared/links/survey-link.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import { type Count, count } from '../_shared/telemetry.ts';
import { ticketSurveys } from '../_shared/ticket-surveys.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { countAnswer } from './count-answer.ts';
import { env } from './env.ts';

type Form = Record<string, string>;

export interface Deps extends SurveyDeps {
  tickets: Pick<Tickets, 'ledger' | 'survey' | 'record'>;
  contacts: Contacts;
  count: Count;
}

/** Records an answer once, or changes it while that is allowed. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const token = event.pathParameters?.token ?? '';
    const link = await readSurveyLink(token, deps);
    const form = readForm(event);
    return untilStored(() => answer(link, { token, form, asPage: wantsPage(event) }, deps));
  };

const answer = async (
  link: SurveyLink,
  { token, form, asPage }: { token: string; form: Form; asPage: boolean },
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { ticketId, cycle, kind } = link.about;
  // The sheet is needed for a first answer alone, and nearly every answer is one: it is read beside the others.
  const [ledger, found, contacts] = await Promise.all([
    deps.tickets.ledger(ticketId),
    deps.tickets.survey(ticketId, cycle, kind),
    deps.contacts.sheetOf(link.recipient),
  ]);
  const { survey, definition, frame } = linkedSurvey(link, ledger?.ticket, found, deps);
  if (!ledger) throw notFound();
  const ctx = contextNow(deps);
  const decision = answerSurvey(ledger, { survey, definition, form, contacts }, ctx);
  const action = `/s/${token}`;
  if (!decision.ok) {
    if (decision.refusal !== 'wrong-shape') return overPage(decision.refusal, frame, deps.words);
    const problems = decision.problems ?? [];
    if (!asPage) throw new Problem(422, decision.detail, { errors: problems });
    const errors = answerErrors(problems, definition, form);
    return page(surveyPage({ ...frame, definition, action, answers: form, errors }), deps.words, 422);
  }
  const { change } = decision.value;
  const answered = change?.survey?.after ?? survey;
  if (answered.status !== 'answered') throw new Error('An answer was decided on, and the survey has none.');
  const until = editableUntil(answered, ctx);
  const thanks = () =>
    surveyThanksPage({
      ...frame,
      answer: answerInWords(definition, answered.answer, frame.locale),
      low: answered.answer.low,
      ...(until !== undefined && { edit: { link: action, until } }),
    });
  const [shown] = await Promise.all([underWay().then(thanks), change && deps.tickets.record(change)]);
  if (change) countAnswer(change, definition, deps.count);
  return page(shown, deps.words);
};

/**
 * Resolves once the requests made just now are under way. Writing its first date takes a process 10 ms: the page is
 * made while the answer is being stored, and shown when it is.
 */
const underWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const words = pageWords(surveyWords, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    contacts: contactsIn(table),
    count,
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words,
    surveys: ticketSurveys(),
  });
});
