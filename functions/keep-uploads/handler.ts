import * as z from 'zod/mini';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type Uploads, uploadsIn } from '../../adapters/s3/uploads.ts';
import { UPLOADS } from '../../domain/contact/upload.ts';
import type { Tickets } from '../../domain/ports.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';

/** `careline.opened` and `careline.customer-replied`, as the desk's bus tells of them. */
const told = z.object({ detail: z.object({ ticketId: z.string(), message: z.string() }) });

interface Deps {
  tickets: Pick<Tickets, 'messages'>;
  uploads: Pick<Uploads, 'keep'>;
  count: Count;
}

/**
 * Keeps the files that a stored message names: until then the bucket would delete them after two days. It follows from
 * the message, never stands beside its write; said again, it changes nothing.
 */
export const build =
  ({ tickets, uploads, count: counted }: Deps) =>
  async (event: unknown): Promise<void> => {
    const { ticketId, message: id } = told.parse(event).detail;
    const message = (await tickets.messages(ticketId)).find((each) => each.id === id);
    if (!message) throw new Error(`Ticket ${ticketId} has no message ${id}.`);
    for (const [index, { key }] of message.attachments.entries()) {
      if (!key.startsWith(UPLOADS) || (await uploads.keep(key))) continue;
      logger.error('A file of a message is gone.', { ticketId, message: id, index });
      counted('FilesGone');
    }
  };

export const handler = eventHandler(() => {
  const given = readEnv(env);
  return build({
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    uploads: uploadsIn(given.UPLOAD_BUCKET),
    count,
  });
});
