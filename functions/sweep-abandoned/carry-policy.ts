import { reachesOpenTickets } from '../../domain/clock/versions.ts';
import type { Carried, CarriedPolicy, Queues, Tickets } from '../../domain/ports.ts';
import { batches } from '../../domain/support/batches.ts';
import { recount } from '../../domain/ticket/acts/recount.ts';
import type { TicketId } from '../../domain/ticket/ticket.ts';
import { contextNow, ledgerOf, type Rules } from '../_shared/desk.ts';
import { type Count, failure, logger } from '../_shared/telemetry.ts';
import { untilStored } from '../_shared/until-stored.ts';

export interface CarryDeps extends Rules {
  tickets: Tickets;
  queues: Queues;
  carriedPolicy: CarriedPolicy;
  count: Count;
}

/** Tickets recounted at the same time. */
const AT_ONCE = 10;

/**
 * Progress is noted after this many tickets, so that a run which is cut off after its minute has not been for nothing.
 */
const NOTED_EVERY = 500;

/**
 * Once for each version of the policy: recounts every open ticket, if the version counts for what is owed. One that fails
 * holds up no other; the version is noted when none did, so that the next run goes on with what is left.
 *
 * @param again recount although the version was noted: a run in the middle of a deployment may have met old functions
 */
export const carryPolicy = async (deps: CarryDeps, again: boolean): Promise<{ recounted: number; failed: number }> => {
  const { policy, carriedPolicy } = deps;
  const { version, applyToOpenTickets } = policy;
  const seen = await carriedPolicy.read();
  const isNoted = seen?.policy === version && seen.next === undefined;
  const done = { recounted: 0, failed: 0 };
  if (isNoted && !(again && applyToOpenTickets)) return done;

  let known = seen;
  const note = async (progress: Omit<Carried, 'version'>): Promise<void> => {
    const next = { ...progress, version: (known?.version ?? 0) + 1 };
    if (await carriedPolicy.note(next, known)) known = next;
  };
  for (const batch of batches(await openTickets(deps, seen, isNoted), NOTED_EVERY)) {
    for (const few of batches(batch, AT_ONCE)) {
      for (const one of await Promise.all(few.map((id) => recountOne(id, deps)))) {
        if (one === 'recounted') done.recounted += 1;
        if (one === 'failed') done.failed += 1;
      }
    }
    const upTo = batch.at(-1);
    if (!isNoted && done.failed === 0 && upTo !== undefined)
      await note({ ...(seen?.policy !== undefined && { policy: seen.policy }), next: { policy: version, upTo } });
  }
  if (!isNoted && done.failed === 0) await note({ policy: version });
  logger.info('A version of the policy was carried to the open tickets.', { version, ...done });
  return done;
};

/** By their ids, which never change: what a run before this one did is not read again. */
const openTickets = async (
  { policy, queues }: CarryDeps,
  seen: Carried | undefined,
  isNoted: boolean,
): Promise<TicketId[]> => {
  const { next } = seen ?? {};
  const reaches = reachesOpenTickets(policy, seen?.policy) || (next && reachesOpenTickets(policy, next.policy));
  if (!isNoted && !reaches) return [];
  const after = next?.policy === policy.version ? next.upTo : '';
  return (await queues.live(Object.keys(policy.groups))).filter((id) => id > after).sort();
};

const recountOne = async (ticketId: TicketId, deps: CarryDeps): Promise<'recounted' | 'agrees' | 'failed'> => {
  try {
    return await untilStored(async () => {
      const change = recount(await ledgerOf(deps.tickets, ticketId), contextNow(deps));
      if (change === undefined) return 'agrees';
      await deps.tickets.record(change);
      deps.count('TicketsRecounted');
      return 'recounted';
    });
  } catch (error) {
    logger.error('An open ticket could not be recounted by the present policy.', { ticketId, ...failure(error) });
    return 'failed';
  }
};
