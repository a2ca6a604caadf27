import type { Context } from '../../context.ts';
import type { Actor } from '../event.ts';
import type { Attachment, Message } from '../message.ts';
import type { Channel, TicketId } from '../ticket.ts';

/** What somebody outside the desk said, by any channel. */
export interface Heard {
  text: string;
  html?: string;
  /** History and signature folded away, and where the whole text is kept when it is too long. */
  quoted?: string;
  whole?: string;
  channel: Channel;
  attachments: Attachment[];
  /** Message-ID and key of the raw mail, when it came by mail. */
  mailId?: string;
  raw?: string;
  /** What is particular to the channel: who said it, when, where, in which call. */
  said?: Partial<Pick<Message, 'at' | 'direction' | 'author' | 'saidBy' | 'turn' | 'call' | 'url'>>;
}

/** It as a message of the conversation. `said` goes before what is known of every message. */
export const heardMessage = (ticketId: TicketId, author: Actor, heard: Heard, ctx: Context): Message => ({
  id: ctx.ids.ulid(),
  ticketId,
  at: ctx.now,
  direction: 'in',
  channel: heard.channel,
  author,
  text: heard.text,
  attachments: heard.attachments,
  ...(heard.html === undefined ? {} : { html: heard.html }),
  ...(heard.quoted === undefined ? {} : { quoted: heard.quoted }),
  ...(heard.whole === undefined ? {} : { whole: heard.whole }),
  ...(heard.mailId === undefined ? {} : { mailId: heard.mailId }),
  ...(heard.raw === undefined ? {} : { raw: heard.raw }),
  ...heard.said,
});
