/** What a mail says, as its parser found it. */
export interface MailWords {
  /** The plain part, decoded. */
  text?: string;
  /** The HTML part, decoded; hostile. */
  html?: string;
  subject?: string;
  /** Whether it answers a mail of the desk: only then is history folded away. */
  answer: boolean;
}

/** The same mail as the desk keeps it: `text` and `quoted` together hold every line of it, each in its order. */
export interface Words {
  /** What the person wrote; empty only where the mail has no words at all. */
  text: string;
  /** Quoted history and signature, folded away. */
  quoted?: string;
  /** Sanitised: safe to show to agents. */
  html?: string;
}

/** Reads the words of a mail. Pure and synchronous; any input ends in bounded time. */
export const readWords = (mail: MailWords): Words => ({ text: (mail.text ?? '').trim() });
