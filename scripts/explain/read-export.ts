import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { eventShape } from '../../adapters/dynamo/items/event.ts';
import { channel, count, instant, maybe, text, tier } from '../../adapters/dynamo/items/parts.ts';
import type { Audited } from '../../domain/explain/audited.ts';
import type { Instant } from '../../domain/support/time.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import { STATUSES } from '../../domain/ticket/ticket.ts';

const promised = z.object({
  target: text,
  calendar: text,
  dueAt: instant,
  state: z.enum(['running', 'paused', 'met', 'breached']),
});

const exported = z.object({
  careline: z.literal('ticket-export'),
  exportedAt: instant,
  policy: text,
  ticket: z.object({
    id: text,
    status: z.enum(STATUSES),
    cycle: count,
    version: count,
    channel,
    createdAt: instant,
    updatedAt: instant,
    lookAgainAt: maybe(instant),
    clock: z.object({ firstReply: maybe(promised), nextReply: maybe(promised), resolution: maybe(promised) }),
    satisfaction: maybe(
      z.object({
        score: z.number(),
        scale: text,
        label: text,
        low: z.boolean(),
        agent: maybe(text),
        group: text,
        tier,
        cycle: count,
        survey: text,
        at: instant,
      }),
    ),
    priority: maybe(text),
    group: maybe(text),
    assignee: maybe(text),
    timeZone: maybe(text),
  }),
  events: z.array(eventShape),
});

export interface TicketExport {
  exportedAt: Instant;
  policy: string;
  ticket: Audited;
  events: TicketEvent[];
}

/** What cannot be read, told in one sentence. */
export class NotAnExport extends Error {
  override readonly name = 'NotAnExport';
}

/** The answer of `GET /desk/tickets/{id}/export`, kept in a file. Throws `NotAnExport`. */
export const readExport = async (file: string): Promise<TicketExport> => {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new NotAnExport(`${file} cannot be read.`);
  });
  const read = exported.safeParse(parsed(content, file));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new NotAnExport(
    `${file} is no export of a ticket (GET /desk/tickets/{id}/export): ${issue?.path.join('.')}: ${issue?.message}.`,
  );
};

const parsed = (content: string, file: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    throw new NotAnExport(`${file} is not JSON.`);
  }
};
