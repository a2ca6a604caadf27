import * as z from 'zod/mini';
import { budgetsIn } from '../../adapters/dynamo/budgets.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { textOptOutsIn } from '../../adapters/dynamo/text-opt-outs.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { textService } from '../../adapters/sns/text-service.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { eachOrder } from '../_shared/orders.ts';
import { count, failure, logger } from '../_shared/telemetry.ts';
import { mailWords } from '../_shared/words/mail-words.ts';
import { deliver, type SendDeps } from './deliver.ts';
import { env } from './env.ts';

const order = z.object({ key: z.string() });

/** Sends the text messages that are owed. One that could not be sent comes back by itself, not with its batch. */
export const build = (deps: SendDeps) =>
  eachOrder(
    async (body) => deliver(order.parse(body).key, deps),
    (error) => {
      logger.warn('A text message stays owed.', failure(error));
      deps.count('TextsPutOff');
    },
  );

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    outbox: outboxIn(table),
    textOptOuts: textOptOutsIn(table),
    budgets: budgetsIn(table),
    service: textService(),
    words: mailWords,
    count,
  });
});
