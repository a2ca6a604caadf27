import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { type NoticeDeps, noticeOfLink, noticeWith, noticeWords, showNotice } from '../_shared/links/notice-link.ts';
import { env } from './env.ts';

/** A notice of the ladder, with a button to acknowledge it. Nothing is recorded: scanners open links too. */
export const build =
  (deps: NoticeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
    showNotice(event, await noticeOfLink(event, deps), deps);

export const handler = pageHandler(noticeWords, () => build(noticeWith(readEnv(env))));
