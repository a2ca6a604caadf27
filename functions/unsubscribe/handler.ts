import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import unsubscribeWords from '#desk/words/unsubscribe.json' with { type: 'json' };
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { customerOfLink, type UnsubscribeDeps, wishPage } from '../_shared/links/unsubscribe-link.ts';
import { pageWords } from '../_shared/words/page-words.ts';
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

const words = pageWords(unsubscribeWords);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    customers: customersIn(table),
    optOuts: optOutsIn(table),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
    words,
  });
});
