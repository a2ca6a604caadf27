import type { Policy } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import type { Instant } from '../support/time.ts';
import type { Message } from '../ticket/message.ts';
import { type ExplainedAct, explainActs, explainMasking } from './acts.ts';
import { explainNext, type NextAct } from './next.ts';
import { type ExplainedPromise, explainPromises } from './promises.ts';

/** Why a ticket stands where it stands. No words of the customer: what was written is in the conversation. */
export interface Explained {
  ticket: { id: string; version: number };
  promises: ExplainedPromise[];
  acts: ExplainedAct[];
  next: NextAct[];
}

/**
 * For every automatic act the rule, its version and its inputs; for every promise what it was computed from; and what
 * comes next and when, if nobody acts. Computed from the ledger, never from what is stored of it.
 */
export const explain = (
  ledger: Ledger,
  policy: Policy,
  now: Instant,
  messages: ReadonlyArray<Pick<Message, 'id' | 'at' | 'masked'>> = [],
): Explained => ({
  ticket: { id: ledger.ticket.id, version: ledger.ticket.version },
  promises: explainPromises(ledger.events, policy, now),
  acts: [...explainActs(ledger.events), ...explainMasking(messages, policy.version)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  ),
  next: explainNext(ledger.events, policy, now, ledger.ticket.customer),
});
