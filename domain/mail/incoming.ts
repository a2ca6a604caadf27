import type { Attachment } from '../ticket/message.ts';

/** What the desk reads from a raw mail. */
export interface IncomingMail {
  from: { email: string; name?: string };
  subject: string;
  text: string;
  /** As the sender wrote it, with its angle brackets. */
  messageId?: string;
  /** Message-IDs it refers to, nearest first. */
  refersTo: string[];
  headers: ReadonlyMap<string, string>;
  attachments: Attachment[];
}

/** A mail as the receiving server took it: whom it was for, and what it found. Nothing inside the mail can change this. */
export interface Receipt {
  /** The id the server gave it; the raw mail has it in its key. */
  id: string;
  /** Envelope sender, in small letters; empty for a bounce or another machine's notice (null return path). */
  source: string;
  recipients: string[];
  harmful?: 'virus' | 'spam';
  /** DMARC fails, or neither SPF nor DKIM speaks for the sender: anybody may have written it. */
  unproven: boolean;
}
