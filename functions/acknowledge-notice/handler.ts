import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import notice from '#desk/words/notice.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { SEEN } from '../../domain/pages/notice-page.ts';
import { acknowledgeEscalation } from '../../domain/ticket/acts/acknowledge-escalation.ts';
import { contextNow, houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { type NoticeDeps, noticeOfLink, showNotice } from '../_shared/links/notice-link.ts';
import { Problem } from '../_shared/problem.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

/**
 * Somebody of the team has seen a notice and answers for it. Once per rung: whoever comes second is shown who was first,
 * and whoever comes too late that nothing is owed any more.
 */
export const build =
  (deps: NoticeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    await noticeOfLink(event, deps);
    if (readForm(event)[SEEN.name] !== SEEN.value)
      throw new Problem(422, `The form has to say ${SEEN.name}=${SEEN.value}.`, {
        errors: [{ path: SEEN.name, message: `This has to be ${SEEN.value}.` }],
      });
    await untilStored(async () => {
      const linked = await noticeOfLink(event, deps);
      const { ledger, notice: seen, agent } = linked;
      const acknowledged = acknowledgeEscalation(ledger, { agent: agent.id, notice: seen }, contextNow(deps));
      if (acknowledged.ok) await deps.tickets.record(acknowledged.value);
    });
    return showNotice(event, await noticeOfLink(event, deps), deps);
  };

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
