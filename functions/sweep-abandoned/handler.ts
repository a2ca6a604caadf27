import * as z from 'zod/mini';
import { carriedPolicyIn } from '../../adapters/dynamo/carried-policy.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { machinesOn } from '../../adapters/stepfunctions/machines.ts';
import { abandonedBy } from '../../domain/ticket/abandoned.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { machines as contracts, executionName } from '../../workflows/contracts.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { count, logger } from '../_shared/telemetry.ts';
import { type CarryDeps, carryPolicy } from './carry-policy.ts';
import { env } from './env.ts';
import { type Deps, watchAgain } from './watch-again.ts';

/**
 * `{"only":"new"}` looks at tickets whose intake has not ended, which is cheap; without it every live ticket is read.
 * `{"only":"policy"}`, after a deployment: nothing but what a new version of the policy asks for, which each run does.
 */
const order = z.object({ only: z.optional(z.enum(['new', 'policy'])) });

/**
 * Starts again what should have acted on a ticket and did not, and brings open tickets up to a new version of the policy.
 * Run twice, it does nothing twice.
 */
export const build =
  (deps: Deps & CarryDeps) =>
  async (event: unknown): Promise<{ started: number; recounted: number }> => {
    const { only } = order.parse(event);
    const { recounted, failed } = await carryPolicy(deps, only === 'policy');
    const started = only === 'policy' ? 0 : await startAgain(only, deps);
    // At the end, so that it holds nothing up: the run counts as failed, and is tried again.
    if (failed > 0) throw new Error(`${failed} open tickets could not be recounted by the present policy.`);
    return { started, recounted };
  };

const startAgain = async (only: 'new' | undefined, deps: Deps): Promise<number> => {
  const { queues, policy, clock } = deps;
  const now = clock.now();
  const candidates = await Promise.all([
    queues.untriagedBefore(now),
    only === 'new' ? [] : queues.overdueBefore(Object.keys(policy.groups), now),
  ]);
  let started = 0;
  for (const ticket of candidates.flat()) {
    const work = abandonedBy(ticket, now);
    if (work === 'intake') started += await takeInAgain(ticket, deps);
    if (work === 'escalation') started += await watchAgain(ticket.id, deps);
  }
  return started;
};

/** Express executions are neither named nor kept. Each step of the intake may run twice. */
const takeInAgain = async ({ id }: Ticket, { machines, intake, count }: Deps): Promise<number> => {
  await machines.start(intake, executionName('intake', id, 1), contracts.intake.parse({ ticketId: id }));
  logger.warn('An abandoned intake was started again.', { ticketId: id });
  count('IntakesStartedAgain');
  return 1;
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    queues: queuesIn(table),
    carriedPolicy: carriedPolicyIn(table),
    machines: machinesOn(),
    intake: given.INTAKE_ARN,
    escalation: given.ESCALATION_ARN,
    count,
  });
});
