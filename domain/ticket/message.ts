import type { Instant } from '../support/time.ts';
import type { Channel, TicketId } from './ticket.ts';

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
  text: string;
  html?: string;
  attachments: Attachment[];
  /** Message-ID of the mail it came by, or went out by once SES named it. */
  mailId?: string;
  /** Key of the raw mail in the mail bucket. */
  raw?: string;
  quarantined?: string;
}

export interface Attachment {
  name: string;
  type: string;
  bytes: number;
  /** Key in the mail bucket. */
  key: string;
}
