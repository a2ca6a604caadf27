import type { Instant } from '../support/time.ts';
import type { Channel, TicketId } from './ticket.ts';

export const SPEAKERS = ['customer', 'agent', 'bot'] as const;
export type Speaker = (typeof SPEAKERS)[number];

/** One message of the conversation, or an agents' note. */
export interface Message {
  /** ULID. */
  id: string;
  ticketId: TicketId;
  at: Instant;
  direction: 'in' | 'out' | 'note';
  channel: Channel;
  /** `customer:<id>`, `agent:<id>` or `rule:<id>@<version>`. */
  author: string;
  /** What the person wrote, secrets masked; the beginning of it when `whole` is set. */
  text: string;
  /** Sanitised: safe to show. */
  html?: string;
  /** Quoted history and signature, folded away from `text`. */
  quoted?: string;
  /** Key of the whole text in the mail bucket, when it is too long for an item of the table. */
  whole?: string;
  /** What was masked in it before it was stored, e.g. `card-number`. */
  masked?: string[];
  attachments: Attachment[];
  /** Message-ID of the mail it came by, or went out by once SES named it. */
  mailId?: string;
  /** Key of the raw mail in the mail bucket. */
  raw?: string;
  /** Why it is no part of the conversation, if it is not. */
  quarantined?: string;
  /** Taken to another ticket: what is left here is a mark without words. */
  movedTo?: TicketId;
  movedFrom?: TicketId;
  /** The sender as a mail names them, where that is not the customer. */
  from?: string;
  /** Who said it in a conversation held elsewhere, under the name shown there. */
  saidBy?: { as: Speaker; name: string };
  /** What a turn is known by within the transcript it came with: the same turn is never kept twice. */
  turn?: string;
  /** A phone call that an agent wrote down: `text` is their summary. */
  call?: { startedAt: Instant; seconds: number; outcome: 'answered' | 'open' };
  /** Where it was said in public. */
  url?: string;
}

export interface Attachment {
  name: string;
  /** The media type its bytes show, not the one it came with. */
  type: string;
  bytes: number;
  /** Key in the mail bucket. */
  key: string;
}

/** A message without its words: when it came, by whom and how. */
export const emptied = ({ id, ticketId, at, direction, channel, author }: Message): Message => ({
  id,
  ticketId,
  at,
  direction,
  channel,
  author,
  text: '',
  attachments: [],
});
