/** A file that came with a mail, decoded. */
export interface IncomingFile {
  /** As the sender named it, made harmless; never empty. */
  name: string;
  /** The media type its part claims, in small letters. */
  claimed: string;
  content: Uint8Array;
}

/** What the desk reads from a raw mail. */
export interface IncomingMail {
  /** Who wrote it; where one of the team's own addresses passed it on, the author behind that. */
  from: { email: string; name?: string };
  /** It names authors of several domains, so that whatever was proven of the sender is proven of one of them only. */
  ambiguous?: boolean;
  subject: string;
  /** The plain part and the HTML part, decoded; the HTML is hostile. */
  text?: string;
  html?: string;
  /** As the sender wrote it, with its angle brackets. */
  messageId?: string;
  /** Its Date header, as it is written. */
  date?: string;
  /** Message-IDs it refers to, nearest first. */
  refersTo: string[];
  /** Addresses of To and Cc. They say for whom it was, and make nobody a participant. */
  to: string[];
  /** By name in small letters; of several with one name the first. */
  headers: ReadonlyMap<string, string>;
  files: IncomingFile[];
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
  /** What speaks for the sender. SPF speaks for the envelope sender alone. */
  passed: { dmarc: boolean; spf: boolean };
}
