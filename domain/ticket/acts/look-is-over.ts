import type { Instant } from '../../support/time.ts';
import type { Ticket } from '../ticket.ts';

/**
 * Whether the look that the ticket names has come while the next one lies ahead, as after a new version of the policy. It
 * has to be written anew then: left there, it would call the next wait back at once, for ever.
 */
export const lookIsOver = ({ lookAgainAt }: Ticket, next: Instant, now: Instant): boolean =>
  (lookAgainAt ?? next) <= now && next > now;
