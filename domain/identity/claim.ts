import type { Context } from '../context.ts';
import type { OwedMail } from '../mail/owed.ts';
import type { Noted } from '../ticket/acts/make-change.ts';
import { byRule } from '../ticket/acts/make-change.ts';
import type { CustomerId, Requester, TicketId } from '../ticket/ticket.ts';
import { homeOf, type Identity } from './identity.ts';
import { shown } from './shown.ts';

/**
 * Somebody said, by one identity, that another is theirs too. Nothing is linked by saying so: whoever holds the other is
 * asked, and where the first was not shown to be theirs either, both are.
 */
export interface Claim {
  /** The identity it was said by. */
  source: CustomerId;
  /** The identity that was named. */
  claimed: CustomerId;
  /** Whether the other side has agreed already, so that this answer links both. */
  last: boolean;
}

/** `T-7K2M9Q#01J…#01J…#last`: what a link of purpose `identity` is about. */
export const claimSubject = (ticketId: TicketId, { source, claimed, last }: Claim): string =>
  [ticketId, source, claimed, last ? 'last' : 'first'].join('#');

/** What `claimSubject` wrote. */
export const readClaimSubject = (subject: string): (Claim & { ticketId: TicketId }) | undefined => {
  const [, ticketId, source, claimed, step] =
    /^(T-[0-9A-Z]{6})#([0-9A-Z]+)#([0-9A-Z]+)#(first|last)$/.exec(subject) ?? [];
  if (ticketId === undefined || source === undefined || claimed === undefined) return undefined;
  return { ticketId, source, claimed, last: step === 'last' };
};

/** Business key of the message that asks: one pair of identities is asked about once. */
export const claimKey = ({ source, claimed }: Claim, asked: CustomerId): string =>
  `identity#${source}#${claimed}#${asked === source ? 'source' : 'claimed'}`;

export interface AskInput {
  ticket: { id: TicketId; subject: string; anchor: string };
  claim: Claim;
  /** Whom it asks: the customer of a mail address or a number. */
  asked: Requester;
  /** The identity on the other side. */
  other: Identity;
  link: string;
  /** The language they wrote in: nothing is known of the other side's. */
  locale: string;
}

/** Asks whoever holds an identity whether both are theirs. Undefined for a handle, which the desk cannot write to. */
export const askWhoseItIs = (
  { ticket, claim, asked, other, link, locale }: AskInput,
  ctx: Context,
): { mail: OwedMail; note: Noted } | undefined => {
  const { kind, value } = homeOf(asked);
  if (kind === 'handle') return undefined;
  const mail: OwedMail = {
    key: claimKey(claim, asked.id),
    ticketId: ticket.id,
    // No name: the one that was said may not be theirs.
    to: kind === 'email' ? { email: value } : { phone: value },
    locale,
    pace: 'prompt',
    content: { template: 'identity', subject: ticket.subject, other: shown(other), link },
    anchor: ticket.anchor,
    owedAt: ctx.now,
    status: 'owed',
    attempts: 0,
  };
  const note: Noted = {
    type: 'identity-asked',
    by: byRule('identity.ask', ctx.policy),
    reason: 'The customer named another address or number: whoever holds it is asked whether both are theirs.',
    kind,
    mail: mail.key,
  };
  return { mail, note };
};
