import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import policy from '#desk/policy.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import feedbackWords from '#desk/words/feedback.json' with { type: 'json' };
import survey from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { npsAsksIn } from '../../adapters/dynamo/nps-asks.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { FEEDBACK_ENDS, feedbackThanksPage } from '../../domain/pages/feedback-end.ts';
import { isKey, newKey } from '../_shared/chance.ts';
import { readEnv } from '../_shared/env.ts';
import { type FeedbackView, feedbackAnswer, typedIn } from '../_shared/feedback-view.ts';
import { localeOf, page, pageHandler } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { notFound } from '../_shared/problem.ts';
import { deskSurveys, type Surveys } from '../_shared/surveys.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';
import { type ShowNpsDeps, showNps } from './show-nps.ts';

interface Deps extends FeedbackView, Omit<ShowNpsDeps, 'words' | 'surveys'> {
  surveys: Surveys;
}

/** The feedback form, and the page that thanks for what was sent by it. Nothing is kept here. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const locale = localeOf(event, deps.words);
    switch (event.routeKey) {
      case 'GET /feedback':
        return feedbackAnswer(locale, {}, deps);
      case 'POST /feedback/draft': {
        // In another language, with all that was typed.
        const form = readForm(event);
        const typed = typedIn(form, deps.surveys.of('feedback'));
        return feedbackAnswer(locale, { ...typed, ...(isKey(form.once) && { once: form.once }) }, deps);
      }
      case 'GET /feedback/thanks': {
        const end = FEEDBACK_ENDS.find((each) => each === event.queryStringParameters?.for) ?? 'kept';
        return page(feedbackThanksPage({ locale, brand: deps.words.brand, end }), deps.words);
      }
      case 'GET /feedback/{token}':
      case 'HEAD /feedback/{token}':
        return showNps(event, deps);
      default:
        throw notFound();
    }
  };

const words = pageWords(feedbackWords, survey, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    words,
    policy,
    surveys: deskSurveys(),
    newKey,
    npsAsks: npsAsksIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
  });
});
