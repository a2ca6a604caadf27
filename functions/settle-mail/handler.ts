import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Outbox, Suppressions, Tickets } from '../../domain/ports.ts';
import { tellTheAgent } from '../_shared/bounced.ts';
import { houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { readFate } from './fate.ts';

interface Deps extends Rules {
  outbox: Outbox;
  suppressions: Suppressions;
  tickets: Tickets;
  count: Count;
}

/** What became of a mail: it was sent, and perhaps did not arrive. Events may come twice, late and in any order. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const fate = readFate(event);
    if (!fate) return;
    const { key, messageId, at, failure } = fate;
    await deps.outbox.settle(key, { status: 'sent', messageId, at });
    if (!failure) return;
    if (failure.permanent && failure.why !== 'reject') {
      for (const address of failure.addresses) await deps.suppressions.add(address, failure.why, at);
    }
    const mail = await deps.outbox.get(key);
    if (mail?.ticketId !== undefined) await tellTheAgent({ mail: key, ticketId: mail.ticketId }, failure, deps);
    logger.warn('A mail did not arrive or was not wanted.', { mail: key, why: failure.why });
    deps.count('MailsBounced');
  };

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  const [outbox, suppressions, tickets] = [outboxIn(table), suppressionsIn(table), ticketsIn(table)];
  return build({ ...houseRules(), outbox, suppressions, tickets, count });
});
