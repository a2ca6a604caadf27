import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import surveyWords from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import { editableUntil, openForAnswer } from '../../domain/survey/answer.ts';
import { contextNow, houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { page, pageHandler } from '../_shared/http/page-handler.ts';
import { overPage, type SurveyDeps, surveyOfLink } from '../_shared/links/survey-link.ts';
import { deskSurveys } from '../_shared/surveys.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

/**
 * The survey as a form. Nothing is recorded here, whatever the link says: mail scanners open links before people do.
 * `?r=` only chooses an answer on the form.
 */
export const build =
  (deps: SurveyDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const token = event.pathParameters?.token ?? '';
    const { survey, definition, frame } = await surveyOfLink(token, deps);
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
  return build({
    ...houseRules(),
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words,
    surveys: deskSurveys(),
  });
});
