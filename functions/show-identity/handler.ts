import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import identity from '#desk/words/identity.json' with { type: 'json' };
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { type ClaimDeps, claimOfLink, claimPage } from '../_shared/links/claim-link.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';

/** Asks whether two identities are one person's. Nothing is recorded: scanners open links too. */
export const build =
  (deps: ClaimDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
    claimPage(event, await claimOfLink(event, deps), 'asked', deps);

const words = pageWords(identity);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    customers: customersIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
    words,
  });
});
