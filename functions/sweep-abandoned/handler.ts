import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { type Machines, machinesOn } from '../../adapters/stepfunctions/machines.ts';
import type { Clock, Queues } from '../../domain/ports.ts';
import { MINUTE, plus } from '../../domain/support/time.ts';
import { machines as contracts, executionName } from '../../workflows/contracts.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';

interface Deps {
  queues: Queues;
  machines: Machines;
  intake: string;
  clock: Clock;
  count: Count;
}

/** An intake lasts at most five minutes (Express); after that it has ended or will never end. */
const ABANDONED_AFTER = 6 * MINUTE;

/**
 * Express executions are neither named nor kept, so one that was lost leaves a ticket that is still new: its intake is
 * started again. Each of its steps may run twice.
 */
export const build =
  ({ queues, machines, intake, clock, count }: Deps) =>
  async (): Promise<{ started: number }> => {
    const abandoned = await queues.untriagedBefore(plus(clock.now(), -ABANDONED_AFTER));
    for (const { id } of abandoned) {
      await machines.start(intake, executionName('intake', id, 1), contracts.intake.parse({ ticketId: id }));
      logger.warn('An abandoned intake was started again.', { ticketId: id });
      count('IntakesStartedAgain');
    }
    return { started: abandoned.length };
  };

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const queues = queuesIn(deskTable(given.TABLE_NAME));
  return build({ queues, machines: machinesOn(), intake: given.INTAKE_ARN, clock: houseRules().clock, count });
});
