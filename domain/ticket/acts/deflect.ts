import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { asClosed } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { TicketEvent } from '../event.ts';
import { makeChange } from './make-change.ts';
import { allowed } from './refusal.ts';

export interface DeflectInput {
  /** The article that helped, and the language it was read in. */
  article: { slug: string; locale: string };
}

/** `already-deflected`: said before, and it still holds. `answered`: a person has written. `moved-on`: anything else. */
export type NotDeflected = 'already-deflected' | 'answered' | 'moved-on';

/**
 * The customer says that an article has solved it before anybody answered: the ticket is closed, and nobody owes them
 * anything. Once a person has written, or the ticket was opened again, it is not closed over their head by an old link.
 */
export const deflect = (ledger: Ledger, { article }: DeflectInput, ctx: Context): Decision<Change, NotDeflected> => {
  const { ticket, events } = ledger;
  if (ticket.status === 'closed' && events.some((event) => event.type === 'deflected' && event.cycle === ticket.cycle))
    return refused('already-deflected', `Ticket ${ticket.id} was closed by an article before.`);
  if (events.some(isPersonsWord)) return refused('answered', `A person has answered ${ticket.id} already.`);
  const may = allowed(ledger, 'deflect');
  if (!may.ok) return refused('moved-on', may.detail);
  if (ticket.cycle > 1)
    return refused('moved-on', `Ticket ${ticket.id} was opened again since the article was offered.`);
  const by = `customer:${ticket.customer.id}` as const;
  const reason = 'The customer says that an article solved it.';
  const notes = [
    { type: 'deflected' as const, by, reason, article: article.slug, locale: article.locale },
    { type: 'closed' as const, by, reason, how: 'deflected' as const },
  ];
  return decided(makeChange(ledger, asClosed(may.ticket, ctx.now), notes, ctx, { solvedBy: article }));
};

const isPersonsWord = (event: TicketEvent): boolean =>
  event.type === 'replied' ||
  (event.type === 'opened' && event.answered === true) ||
  (event.type === 'transcribed' && event.agent !== undefined);
