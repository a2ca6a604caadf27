import * as z from 'zod/mini';
import categories from '#desk/categories.json' with { type: 'json' };
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personalDataIn } from '../../adapters/dynamo/personal-data.ts';
import { privacyRequestsIn } from '../../adapters/dynamo/privacy-requests.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { erasedFilesIn } from '../../adapters/s3/erased-files.ts';
import { type ErasureQueue, erasureQueueAt } from '../../adapters/sqs/erasures.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { PrivacyRequests } from '../../domain/ports.ts';
import { advanced, type ErasureRequest, restsMs } from '../../domain/privacy/request.ts';
import { SECOND } from '../../domain/support/time.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { eachOrder } from '../_shared/orders.ts';
import { deskSurveys } from '../_shared/surveys.ts';
import { failure, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { type PartDeps, takePart } from './take-part.ts';

interface Deps extends PartDeps {
  requests: Pick<PrivacyRequests, 'get' | 'goOn'>;
  queue: ErasureQueue;
}

const order = z.object({ id: z.string() });

/**
 * Erases a person, part by part: each delivery does one, notes how far it came, and orders the next. A part that is done
 * twice erases nothing twice, so that whatever breaks in between is made good by the delivery that comes again.
 */
export const build = (deps: Deps) =>
  eachOrder(
    async (body) => goOn(order.parse(body).id, deps),
    (error) => logger.warn('A part of an erasure has to be done again.', failure(error)),
  );

const goOn = async (id: string, deps: Deps): Promise<void> => {
  const request = await deps.requests.get(id);
  if (request?.kind !== 'erasure') throw new Error(`There is no erasure ${id}.`);
  if (request.state === 'done') return;
  const after = advanced(request, await takePart(request, deps), deps.clock.now());
  try {
    await deps.requests.goOn(request, after);
  } catch (error) {
    // Delivered twice at once: whoever was first orders the next part.
    if (error instanceof ConcurrentChange) return;
    throw error;
  }
  await orderNext(request, after, deps);
};

const orderNext = async (before: ErasureRequest, after: ErasureRequest, { queue }: Deps): Promise<void> => {
  if (after.state === 'running') return queue.put(after.id, restsMs(before, after) / SECOND);
  logger.info('A person is erased.', { erasure: after.id, erased: after.erased });
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    requests: privacyRequestsIn(table),
    queue: erasureQueueAt(given.ERASURE_QUEUE_URL),
    tickets: ticketsIn(table),
    queues: queuesIn(table),
    parked: parkedMailsIn(table),
    feedbacks: feedbacksIn(table),
    data: personalDataIn(table),
    files: erasedFilesIn(given.UPLOAD_BUCKET),
    surveys: deskSurveys(),
    categories,
  });
});
