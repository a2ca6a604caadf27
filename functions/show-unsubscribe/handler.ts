import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import {
  customerOfLink,
  type UnsubscribeDeps,
  unsubscribeWith,
  wishPage,
  wishWords,
} from '../_shared/links/unsubscribe-link.ts';
import { env } from './env.ts';

/** Whether the customer is asked for ratings, with a button to change it. Nothing is recorded: scanners open links too. */
export const build =
  (deps: UnsubscribeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const customerId = await customerOfLink(event, deps);
    return wishPage(event, customerId, (await deps.optOuts.has(customerId)) ? 'stopped' : 'asked', deps);
  };

export const handler = pageHandler(wishWords, () => build(unsubscribeWith(readEnv(env))));
