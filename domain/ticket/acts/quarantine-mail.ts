import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Change, RequestRecord } from '../change.ts';
import type { Attachment, Message } from '../message.ts';
import { byRule, makeChange } from './make-change.ts';

/** Why a mail that names a ticket is not believed. */
export type Doubt = 'sender-is-no-participant' | 'sender-unproven';

export interface DoubtfulMail {
  /** As the mail names its sender. */
  from: string;
  text: string;
  attachments: Attachment[];
  /** Key of the raw mail. */
  raw: string;
  request: RequestRecord;
}

/** Whether a mail may speak on a ticket: knowing its number is no authority, nor is a name that nothing proves. */
export const doubtAbout = ({
  fromCustomer,
  unproven,
}: {
  fromCustomer: boolean;
  unproven: boolean;
}): Doubt | undefined => {
  if (!fromCustomer) return 'sender-is-no-participant';
  return unproven ? 'sender-unproven' : undefined;
};

/** A mail on a ticket by somebody who may not write there: a note for the agents, never part of the conversation. */
export const quarantineMail = (
  ledger: Ledger,
  why: Doubt,
  { from, text, attachments, raw, request }: DoubtfulMail,
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
    text: `${from} wrote:\n\n${text}`,
    attachments,
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
