import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import surveyWords from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { askedTicketsIn } from '../../adapters/dynamo/asked-tickets.ts';
import { noteClickIn } from '../../adapters/dynamo/note-click.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import type { Tickets } from '../../domain/ports.ts';
import { editableUntil, openForAnswer } from '../../domain/survey/answer.ts';
import { contextNow, houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler } from '../_shared/http/page-handler.ts';
import { type NotingDeps, noteOpening } from '../_shared/links/note-opening.ts';
import { linkedSurvey, overPage, readSurveyLink, type SurveyDeps } from '../_shared/links/survey-link.ts';
import { ticketSurveys } from '../_shared/ticket-surveys.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

export interface Deps extends SurveyDeps, NotingDeps {
  tickets: Pick<Tickets, 'ticket' | 'survey'>;
}

/**
 * The survey as a form. Nothing is answered here, whatever the link says: mail scanners open links before people do.
 * `?r=` only chooses an answer on the form, and that it was opened is noted beside it.
 */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const token = event.pathParameters?.token ?? '';
    const link = await readSurveyLink(token, deps);
    const { ticketId, cycle, kind } = link.about;
    const [ticket, found] = await Promise.all([
      deps.tickets.ticket(ticketId),
      deps.tickets.survey(ticketId, cycle, kind),
      noteOpening(event, link.about, deps),
    ]);
    const { survey, definition, frame } = linkedSurvey(link, ticket, found, deps);
    const ctx = contextNow(deps);
    const open = openForAnswer(survey, ctx);
    if (!open.ok)
      return overPage(open.refusal === 'wrong-shape' ? 'survey-cancelled' : open.refusal, frame, deps.words);
    const chosen = event.queryStringParameters?.r;
    const editable = editableUntil(survey, ctx);
    return page(
      surveyPage({
        ...frame,
        definition,
        action: `/s/${token}`,
        ...(chosen !== undefined && { preselected: chosen }),
        ...(survey.status === 'answered' && { answers: survey.answer.answers }),
        ...(survey.status === 'asked' && { openUntil: survey.expiresAt }),
        ...(editable !== undefined && { editableUntil: editable }),
      }),
      deps.words,
    );
  };

const words = pageWords(surveyWords, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: askedTicketsIn(table),
    noteClick: noteClickIn(table),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words,
    surveys: ticketSurveys(),
  });
});
