import { isLive, isPlaced, type Ticket } from '../ticket/ticket.ts';
import type { OwedMail } from './owed.ts';

/** What may be untrue by the time it can be sent: the word that a reply is late. Everything else stays worth reading. */
export const canBeOutOfDate = ({ content }: Pick<OwedMail, 'content'>): boolean => content.template === 'late';

/** Nobody apologises for a late reply once the reply is out, or the matter is over. */
export const isOutOfDate = (mail: Pick<OwedMail, 'content'>, ticket: Ticket | undefined): boolean =>
  canBeOutOfDate(mail) &&
  ticket !== undefined &&
  (!isLive(ticket) || (isPlaced(ticket) && ticket.firstRepliedAt !== undefined));
