import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import { type Claim, readClaimSubject } from '../../../domain/identity/claim.ts';
import { type CustomerRecord, homeOf } from '../../../domain/identity/identity.ts';
import { shown } from '../../../domain/identity/shown.ts';
import { type IdentityPage, identityPage } from '../../../domain/pages/identity-page.ts';
import type { Clock, Customers } from '../../../domain/ports.ts';
import { languagesOf, page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import type { Words } from '../words/words.ts';

export interface ClaimDeps {
  customers: Pick<Customers, 'find'>;
  keys: () => Promise<LinkKeys>;
  clock: Clock;
  words: Words<IdentityPage['locale']>;
}

/** A claim as the holder of one of its links finds it. */
export interface LinkedClaim {
  ticketId: string;
  claim: Claim;
  /** Who was asked, and who is on the other side. */
  asked: CustomerRecord;
  other: CustomerRecord;
}

/** What a link opens. Throws 404 for one that this desk did not make for this, 410 for one that ended. */
export const claimOfLink = async (
  { pathParameters }: APIGatewayProxyEventV2,
  deps: ClaimDeps,
): Promise<LinkedClaim> => {
  const link = readCapability(pathParameters?.token ?? '', 'identity', await deps.keys(), deps.clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'The time to confirm is over.') : notFound();
  const about = readClaimSubject(link.value.subject);
  const { recipient } = link.value;
  if (!about || (recipient !== about.source && recipient !== about.claimed)) throw notFound();
  const { ticketId, ...claim } = about;
  const [asked, other] = await Promise.all([
    deps.customers.find(recipient),
    deps.customers.find(recipient === claim.source ? claim.claimed : claim.source),
  ]);
  if (!asked || !other) throw notFound();
  if (asked.erased || other.erased) throw new Problem(410, 'One of the two is not known here any more.');
  return { ticketId, claim, asked, other };
};

/** How it stands, in the language of whoever was asked. */
export const claimPage = (
  event: APIGatewayProxyEventV2,
  { asked, other }: LinkedClaim,
  state: IdentityPage['state'],
  { words }: ClaimDeps,
): APIGatewayProxyStructuredResultV2 =>
  page(
    identityPage({
      locale: words.in(asked.localeChosen ? asked.locale : languagesOf(event)),
      brand: words.brand,
      state,
      // Their own as they know it; the other as it may be shown to somebody who perhaps does not own it.
      own: homeOf(asked).value,
      other: shown(homeOf(other)),
      action: `/i/${event.pathParameters?.token ?? ''}`,
    }),
    words,
  );
