import type { Context } from '../../domain/context.ts';
import type { Ledger } from '../../domain/ports.ts';
import { byRule, makeChange } from '../../domain/ticket/acts/make-change.ts';
import type { Change, RequestRecord } from '../../domain/ticket/change.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { IncomingMail } from './read-mail.ts';

export type Doubt = 'sender-is-no-participant' | 'sender-unproven';

/** A mail on a ticket by somebody who may not write there: a note for the agents, never part of the conversation. */
export const quarantine = (
  ledger: Ledger,
  { mail, why, raw, request }: { mail: IncomingMail; why: Doubt; raw: string; request: RequestRecord },
  ctx: Context,
): Change => {
  const by = byRule('mail.quarantine', ctx.policy);
  const note: Message = {
    id: ctx.ids.ulid(),
    ticketId: ledger.ticket.id,
    at: ctx.now,
    direction: 'note',
    channel: 'mail',
    author: by,
    text: `${mail.from.email} wrote:\n\n${mail.text}`,
    attachments: mail.attachments,
    raw,
    quarantined: why,
  };
  const quarantined = { type: 'quarantined' as const, by, reason: REASONS[why], message: note.id, why };
  return makeChange(ledger, ledger.ticket, [quarantined], ctx, { messages: [note], request });
};

const REASONS: Record<Doubt, string> = {
  'sender-is-no-participant': 'The sender is not the customer of this ticket.',
  'sender-unproven': 'Nothing proves that the mail is from the address it names.',
};
