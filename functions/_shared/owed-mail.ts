import { MailUnderWay } from '../../domain/errors.ts';
import { canBeOutOfDate, isOutOfDate } from '../../domain/mail/out-of-date.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { Outbox, Tickets } from '../../domain/ports.ts';
import { type Instant, MINUTE, plus } from '../../domain/support/time.ts';

/**
 * How long a claim holds. For mail it is long enough for SES's Send event to settle the claim of a sender that died; SNS
 * tells nothing of the kind, so that a text message is then sent again.
 */
const CLAIMS_LAST = 10 * MINUTE;

/** Not settled yet: waiting for a sender, or claimed by one that may have died. */
export const isOwed = ({ status }: OwedMail): boolean => status === 'owed' || status === 'sending';

/** Whether what it says is no longer so: queues may hold it back while the desk answers. A claimed one may have gone out. */
export const isTooLate = async (mail: OwedMail, { tickets }: { tickets: Pick<Tickets, 'ledger'> }): Promise<boolean> =>
  mail.status === 'owed' &&
  mail.ticketId !== undefined &&
  canBeOutOfDate(mail) &&
  isOutOfDate(mail, await tickets.ledger(mail.ticketId));

/** Claims it at `now` for this sender. False when somebody has settled it; throws `MailUnderWay` while a claim holds. */
export const claimed = async (
  mail: OwedMail,
  now: Instant,
  outbox: Pick<Outbox, 'claim' | 'get'>,
): Promise<boolean> => {
  if (await outbox.claim(mail, now, plus(now, -CLAIMS_LAST))) return true;
  const present = await outbox.get(mail.key);
  if (present && isOwed(present)) throw new MailUnderWay(mail.key);
  return false;
};
