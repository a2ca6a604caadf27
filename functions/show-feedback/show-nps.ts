import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { npsEditableUntil, openForNps } from '../../domain/feedback/answer-nps.ts';
import { npsPage } from '../../domain/pages/nps-page.ts';
import type { Policy } from '../../domain/policy.ts';
import { page } from '../_shared/http/page-handler.ts';
import { type NpsDeps, npsOfLink, npsOver } from '../_shared/links/nps-link.ts';

export interface ShowNpsDeps extends NpsDeps {
  policy: Policy;
}

/** Nothing is recorded here, whatever the link says: mail scanners open links before people do. */
export const showNps = async (
  { pathParameters, queryStringParameters }: APIGatewayProxyEventV2,
  deps: ShowNpsDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const token = pathParameters?.token ?? '';
  const { ask, definition, frame } = await npsOfLink(token, deps);
  const ctx = { policy: deps.policy, now: deps.clock.now() };
  const open = openForNps(ask, ctx);
  if (!open.ok) return npsOver(open.refusal === 'wrong-shape' ? 'survey-cancelled' : open.refusal, frame, deps.words);
  const chosen = queryStringParameters?.r;
  const editableUntil = npsEditableUntil(ask, ctx);
  const body = npsPage({
    ...frame,
    definition,
    action: `/feedback/${token}`,
    ...(chosen !== undefined && { preselected: chosen }),
    ...(ask.status === 'answered' && { answers: ask.answer.answers }),
    ...(ask.status === 'asked' && { openUntil: ask.expiresAt }),
    ...(editableUntil !== undefined && { editableUntil }),
  });
  return page(body, deps.words);
};
