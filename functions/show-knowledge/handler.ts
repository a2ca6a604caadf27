import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import kb from '#desk/words/kb.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { articleUsageIn } from '../../adapters/dynamo/article-usage.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { routeOf } from '../_shared/http/route.ts';
import { deskKnowledge } from '../_shared/knowledge/knowledge.ts';
import { deskLibrary } from '../_shared/knowledge/library.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { article, offeredArticle } from './article.ts';
import type { Deps } from './deps.ts';
import { env } from './env.ts';
import { home, suggest } from './home.ts';

/** The public pages of the knowledge base. They are read: a counter of readers is all that is written. */
export const build = (deps: Deps) => {
  const routes: Record<string, (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>> = {
    'GET /kb': home(deps),
    'GET /kb/suggest': suggest(deps),
    'GET /kb/{slug}': article(deps),
    'GET /kb/{slug}/for/{token}': offeredArticle(deps),
  };
  return async (event: APIGatewayProxyEventV2) => routeOf(routes, event)(event);
};

const words = pageWords(kb, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    library: deskLibrary(words),
    knowledge: deskKnowledge(),
    usage: articleUsageIn(table),
    tickets: ticketsIn(table),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
    words,
  });
});
