import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { SEEN } from '../../domain/pages/notice-page.ts';
import { acknowledgeEscalation } from '../../domain/ticket/acts/acknowledge-escalation.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { requirePressed } from '../_shared/http/read-form.ts';
import { type NoticeDeps, noticeOfLink, noticeWith, noticeWords, showNotice } from '../_shared/links/notice-link.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { env } from './env.ts';

/**
 * Somebody of the team has seen a notice and answers for it. Once per rung: whoever comes second is shown who was first,
 * and whoever comes too late that nothing is owed any more.
 */
export const build =
  (deps: NoticeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    await noticeOfLink(event, deps);
    // A program posts to the link alone; a body is the page's form.
    if (event.body) requirePressed(event, SEEN);
    await untilStored(async () => {
      const linked = await noticeOfLink(event, deps);
      const { ledger, notice: seen, agent } = linked;
      const acknowledged = acknowledgeEscalation(ledger, { agent: agent.id, notice: seen }, contextNow(deps));
      if (acknowledged.ok) await deps.tickets.record(acknowledged.value);
    });
    return showNotice(event, await noticeOfLink(event, deps), deps);
  };

export const handler = pageHandler(noticeWords, () => build(noticeWith(readEnv(env))));
