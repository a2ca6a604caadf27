import type { Language } from '../../domain/contact/words.ts';
import type { Instant } from '../../domain/support/time.ts';
import type { Message } from '../../domain/ticket/message.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import type { Knowledge } from '../_shared/knowledge/knowledge.ts';
import type { Links } from '../_shared/links/links.ts';
import type { Words } from '../_shared/words/words.ts';

interface Deps {
  knowledge: Knowledge;
  words: Words<Language>;
  links: Links;
}

/**
 * Articles that may help before a person answers, in the customer's language. Whoever reports an outage is offered none:
 * they need somebody, not something to read.
 */
export const offerArticles = async (
  ticket: Ticket,
  first: Pick<Message, 'text'> | undefined,
  { knowledge, words, links }: Deps,
  now: Instant,
): Promise<Array<{ title: string; link: string }>> => {
  if (isPlaced(ticket) && ticket.priority === 'P1') return [];
  const { code } = words.in(ticket.customer.locale);
  const offers = knowledge.offer({ subject: ticket.subject, text: first?.text ?? '' }, code);
  return Promise.all(
    offers.map(async ({ slug, title, locale }) => ({ title, link: await links.solved(ticket, slug, locale, now) })),
  );
};
