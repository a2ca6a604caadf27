import * as z from 'zod/mini';
import type { Ledger } from '../../domain/ports.ts';
import { refused } from '../../domain/support/decision.ts';
import { link, unlink } from '../../domain/ticket/acts/link.ts';
import { merge } from '../../domain/ticket/acts/merge.ts';
import { moveMessage } from '../../domain/ticket/acts/move-message.ts';
import { split } from '../../domain/ticket/acts/split.ts';
import { unmerge } from '../../domain/ticket/acts/unmerge.ts';
import { LINK_KINDS } from '../../domain/ticket/ticket.ts';
import { wordsUpTo } from '../_shared/http/text-shape.ts';
import { Problem } from '../_shared/problem.ts';
import type { Act, Asked } from './acts.ts';

const ticketId = z.string().check(z.regex(/^T-[0-9A-HJKMNP-TV-Z]{6}$/, 'Is not the id of a ticket.'));
const messageId = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'Is not the id of a message.'));
const confirm = z.exactOptional(z.boolean());
const version = z.exactOptional(z.number().check(z.int(), z.positive()));

const act = <T extends { version?: number }>(body: z.ZodMiniType<T>, decide: Act<T>['decide']) => ({ body, decide });
const by = ({ who }: Asked) => `agent:${who.id}` as const;

/** The other ticket an act is about. Throws 422 for one that is not there, and for the same one. */
const other = async ({ ledger, deps }: Asked, path: string, id: string): Promise<Ledger> => {
  const found = id === ledger.ticket.id ? undefined : await deps.tickets.ledger(id);
  if (found) return found;
  const message = id === ledger.ticket.id ? 'Is this ticket itself.' : 'There is no such ticket.';
  throw new Problem(422, 'The other ticket is not there.', { errors: [{ path, message }] });
};

/** What brings tickets together and takes them apart, by the last part of their path. Each changes both or neither. */
export const joiningActs = {
  merge: act(z.strictObject({ into: ticketId, confirm, version }), async ({ into, confirm }, asked) =>
    merge(
      asked.ledger,
      { into: await other(asked, 'into', into), by: by(asked), ...(confirm !== undefined && { confirm }) },
      asked.ctx,
    ),
  ),
  unmerge: act(z.strictObject({ version }), async (_, asked) => {
    const { id, mergedInto } = asked.ledger.ticket;
    if (mergedInto === undefined) return refused('not-merged', `Ticket ${id} is no part of another.`);
    return unmerge(asked.ledger, { from: await other(asked, 'id', mergedInto), by: by(asked) }, asked.ctx);
  }),
  split: act(
    z.strictObject({
      messages: z.array(messageId).check(z.minLength(1), z.maxLength(20)),
      subject: z.exactOptional(wordsUpTo(300)),
      version,
    }),
    async ({ messages: take, subject }, asked) =>
      split(
        asked.ledger,
        {
          id: asked.ctx.ids.ticketId(),
          messages: await asked.deps.tickets.messages(asked.ledger.ticket.id),
          take: [...new Set(take)],
          by: by(asked),
          ...(subject !== undefined && { subject }),
        },
        asked.ctx,
      ),
  ),
  move: act(
    z.strictObject({ message: messageId, to: ticketId, confirm, version }),
    async ({ message, to, confirm }, asked) =>
      moveMessage(
        asked.ledger,
        {
          messages: await asked.deps.tickets.messages(asked.ledger.ticket.id),
          message,
          to: await other(asked, 'to', to),
          by: by(asked),
          ...(confirm !== undefined && { confirm }),
        },
        asked.ctx,
      ),
  ),
  link: act(
    z.strictObject({ to: ticketId, as: z._default(z.enum(LINK_KINDS), 'related'), version }),
    async ({ to, as }, asked) => link(asked.ledger, { to: await other(asked, 'to', to), as, by: by(asked) }, asked.ctx),
  ),
  unlink: act(z.strictObject({ to: ticketId, version }), async ({ to }, asked) =>
    unlink(asked.ledger, { to: await other(asked, 'to', to), by: by(asked) }, asked.ctx),
  ),
} as const;
