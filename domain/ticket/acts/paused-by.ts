import type { Policy } from '../../policy.ts';
import type { Instant } from '../../support/time.ts';
import type { Actor } from '../event.ts';
import type { OnHoldTicket, PendingTicket } from '../ticket.ts';
import type { Noted } from './make-change.ts';

/** The event of a pause; the policy says whether the clock stops for it. */
export const pausedBy = (
  pause: { by: Actor; waitingFor: 'customer' | 'third-party'; reason: string; until?: Instant },
  { pause: stops }: Policy,
): Noted => ({
  type: 'paused',
  ...pause,
  stopsClock: pause.waitingFor === 'customer' ? stops.whileWaitingForCustomer : stops.whileOnHold,
});

/** Why the desk acts again once the customer has said something. */
export const spokeUp = ({ status }: PendingTicket | OnHoldTicket): string =>
  status === 'pending' ? 'The customer answered.' : 'The customer wrote while a third party was waited for.';
