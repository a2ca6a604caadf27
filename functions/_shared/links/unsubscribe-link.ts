import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import unsubscribeWords from '#desk/words/unsubscribe.json' with { type: 'json' };
import { customersIn } from '../../../adapters/dynamo/customers.ts';
import { optOutsIn } from '../../../adapters/dynamo/opt-outs.ts';
import { deskTable } from '../../../adapters/dynamo/table.ts';
import { type LinkKeys, linkKeysFrom } from '../../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../../adapters/system-clock.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import { type SurveyWish, type UnsubscribePage, unsubscribePage } from '../../../domain/pages/unsubscribe-page.ts';
import type { Clock, Customers, OptOuts } from '../../../domain/ports.ts';
import { languagesOf, page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import { pageWords } from '../words/page-words.ts';
import type { Words } from '../words/words.ts';

export interface UnsubscribeDeps {
  customers: Pick<Customers, 'find'>;
  optOuts: OptOuts;
  keys: () => Promise<LinkKeys>;
  clock: Clock;
  words: Words<UnsubscribePage['locale']>;
}

/** What the page of the link says. */
export const wishWords = pageWords(unsubscribeWords);

export const unsubscribeWith = (env: { TABLE_NAME: string; LINK_SECRET_ARN: string }): UnsubscribeDeps => {
  const table = deskTable(env.TABLE_NAME);
  return {
    customers: customersIn(table),
    optOuts: optOutsIn(table),
    keys: linkKeysFrom(env.LINK_SECRET_ARN),
    clock: systemClock,
    words: wishWords,
  };
};

/** Whose link it is. Throws 404 for one that this desk did not make for this, 410 for one that ended. */
export const customerOfLink = async (
  { pathParameters }: APIGatewayProxyEventV2,
  { keys, clock }: UnsubscribeDeps,
): Promise<string> => {
  const link = readCapability(pathParameters?.token ?? '', 'unsubscribe', await keys(), clock.now());
  if (link.ok) {
    if (link.value.subject !== link.value.recipient) throw notFound();
    return link.value.recipient;
  }
  throw link.refusal === 'expired' ? new Problem(410, 'This link has ended.') : notFound();
};

/** How it stands, in the language of the customer, or of the browser when the customer is no longer known. */
export const wishPage = async (
  event: APIGatewayProxyEventV2,
  customerId: string,
  wish: SurveyWish,
  { customers, words }: UnsubscribeDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const customer = await customers.find(customerId);
  const locale = words.in(customer?.locale ?? languagesOf(event));
  const action = `/u/${event.pathParameters?.token ?? ''}`;
  return page(unsubscribePage({ locale, brand: words.brand, wish, action }), words);
};
