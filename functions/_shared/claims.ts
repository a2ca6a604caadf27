import type { Context } from '../../domain/context.ts';
import { askWhoseItIs, claimKey } from '../../domain/identity/claim.ts';
import { homeOf, type Identity } from '../../domain/identity/identity.ts';
import type { Further } from '../../domain/ticket/acts/open-ticket.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import type { ChannelDeps } from './channels/channel-deps.ts';

/** Nobody is asked more often on one day, whoever names their address. */
const MOST_ASKED = 3;

export interface Named {
  /** The customer the ticket is for. */
  source: Requester;
  /** The channel shows that the source's identity is theirs. */
  proven: boolean;
  /** Further identities that they named as theirs. */
  identities: readonly Identity[];
}

/** What each identity that was only named makes the desk ask, beside the ticket it was named with. */
export const claimsOf = async (deps: ChannelDeps, { source, proven, identities }: Named, ctx: Context) => {
  const claims: Array<{ asked: Requester; claim: { source: string; claimed: string; last: boolean } }> = [];
  const person = identities.length > 0 ? await deps.persons.person(source.id) : undefined;
  for (const identity of identities) {
    const asked = await deps.customers.byIdentity(identity, {}, ctx.now, ctx.ids.ulid());
    const claim = { source: source.id, claimed: asked.id, last: proven };
    if (asked.id === source.id || person?.members.some(({ id }) => id === asked.id)) continue;
    if (await deps.outbox.get(claimKey(claim, asked.id))) continue;
    if (await deps.budgets.take(asked.id, 'identity', MOST_ASKED, ctx.now)) claims.push({ asked, claim });
  }
  return async (ticket: { id: string; subject: string }): Promise<Further> => {
    const further: Further = { messages: [], notes: [], mails: [] };
    for (const { asked, claim } of claims) {
      const link = await deps.links.claim(ticket.id, claim, asked.id, ctx.now);
      const anchor = `<ticket.${ticket.id}@${deps.deskDomain}>`;
      const told = askWhoseItIs(
        { ticket: { ...ticket, anchor }, claim, asked, other: homeOf(source), link, locale: source.locale },
        ctx,
      );
      if (!told) continue;
      further.mails.push(told.mail);
      further.notes.push(told.note);
    }
    return further;
  };
};
