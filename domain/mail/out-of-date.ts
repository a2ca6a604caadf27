import type { Ledger } from '../ports.ts';
import { answeredBy } from '../ticket/event.ts';
import { isLive } from '../ticket/ticket.ts';
import type { OwedMail } from './owed.ts';

/** What may be untrue by the time it can be sent: the word that something is late. Everything else stays worth reading. */
export const canBeOutOfDate = ({ content }: Pick<OwedMail, 'content'>): boolean => content.template === 'late';

/** Nobody apologises for a late reply once the reply is out, or for anything late once the matter is over. */
export const isOutOfDate = (mail: Pick<OwedMail, 'content' | 'owedAt'>, ledger: Ledger | undefined): boolean => {
  const { content, owedAt } = mail;
  if (content.template !== 'late' || ledger === undefined) return false;
  if (!isLive(ledger.ticket)) return true;
  return (
    content.what !== 'solution' && ledger.events.some((event) => answeredBy(event) !== undefined && event.at >= owedAt)
  );
};
