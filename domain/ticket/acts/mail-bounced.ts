import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import { byRule, makeChange } from './make-change.ts';

/** How a mail failed after it was handed over: it came back, its reader called it unwanted, or it was not let out. */
export type Bounced = 'bounce' | 'complaint' | 'reject';

/**
 * A mail of the ticket did not arrive, or was not wanted: the agents read it on the ticket. The same news counts once,
 * since EventBridge delivers at least once.
 */
export const mailBounced = (
  ledger: Ledger,
  { mail, permanent, why }: { mail: string; permanent: boolean; why: Bounced },
  ctx: Context,
): Decision<Change, 'already-told'> => {
  const told = ledger.events.some(
    (event) => event.type === 'mail-bounced' && event.mail === mail && event.permanent === permanent,
  );
  if (told) return refused('already-told', `Ticket ${ledger.ticket.id} says so of mail ${mail} already.`);
  const bounced = {
    type: 'mail-bounced' as const,
    by: byRule(`mail.${why}`, ctx.policy),
    reason: REASONS[why],
    mail,
    permanent,
  };
  return decided(makeChange(ledger, ledger.ticket, [bounced], ctx));
};

const REASONS: Record<Bounced, string> = {
  bounce: 'The mail did not reach the address.',
  complaint: 'The recipient called the mail unwanted: no more is sent there.',
  reject: 'SES found something harmful in the mail and did not deliver it.',
};
