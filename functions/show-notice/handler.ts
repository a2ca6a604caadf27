import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import notice from '#desk/words/notice.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { type NoticeDeps, noticeOfLink, showNotice } from '../_shared/links/notice-link.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

/** A notice of the ladder, with a button to acknowledge it. Nothing is recorded: scanners open links too. */
export const build =
  (deps: NoticeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
    showNotice(event, await noticeOfLink(event, deps), deps);

const words = pageWords(notice, promise, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    ...houseRules(),
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    agents,
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    words,
  });
});
