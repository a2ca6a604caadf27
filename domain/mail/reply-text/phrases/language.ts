/**
 * What mail programs write around a reply in one language, in small letters, accents kept. All languages are tried at once: the program's language is the sender's, not the conversation's.
 */
export interface Phrases {
  /** First words of the line before a quote: "On Monday, 3 May, Ann wrote:". */
  opens: string[];
  /** The verb of that line. */
  wrote: string[];
  /** Labels of the header block that Outlook and its kin put before a quote. */
  labels: { from: string[]; date: string[]; to: string[]; subject: string[] };
  /** Between the dashes of `-----Original Message-----`. */
  original: string[];
  /** Between the dashes of `---------- Forwarded message ----------`, and Apple's `Begin forwarded message:`. */
  forwarded: string[];
  /** Around the device in "Sent from my iPhone"; `…` stands for it where words follow: "Von meinem … gesendet". */
  sentFrom: string[];
  /** A line that begins so closes a letter: "Best regards,". */
  farewell: string[];
  /** Three of them in one paragraph, one of the core among them, make it a legal notice. */
  legal: { core: string[]; more: string[] };
  /** Words above a quote that say the answer is inside it. */
  below: string[];
}
