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
import { readWish } from './read-wish.ts';

/** Stops surveys for the customer of the link, or lets them be asked again. Mail about tickets goes on either way. */
export const build =
  (deps: UnsubscribeDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const customerId = await customerOfLink(event, deps);
    const wish = await readWish(event);
    if (wish === 'stopped') await deps.optOuts.add(customerId, deps.clock.now());
    else await deps.optOuts.remove(customerId);
    return wishPage(event, customerId, wish, deps);
  };

export const handler = pageHandler(wishWords, () => build(unsubscribeWith(readEnv(env))));
