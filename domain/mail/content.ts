import type { Inline } from '../contact/phrase.ts';

/** What a mail says, before it becomes text or HTML: both are made of the same blocks and cannot say different things. */
export type Block =
  /** `letter`: said in mails alone, since it is about mail. */
  | { kind: 'paragraph'; inlines: Inline[]; letter?: true }
  /** Smaller and calmer: what belongs to the mail, not to the matter. */
  | { kind: 'note'; inlines: Inline[] }
  | { kind: 'button'; label: string; href: string }
  /** A quiet link with words before it. */
  | { kind: 'link'; lead: Inline[]; label: string; href: string }
  /** Several places to go to, each on a line of its own; a letter alone has them. */
  | { kind: 'links'; links: Array<{ label: string; href: string }> }
  /** Somebody's own words: an agent's reply, or a customer's. Paragraphs are kept. */
  | { kind: 'message'; text: string }
  | { kind: 'quote'; text: string }
  /** The answers of a survey, worst first: each a link that chooses it. */
  | { kind: 'scale'; question: string; options: Array<{ value: string; label: string; href: string }> }
  /** Numbers in a row, each a link that chooses it; `href` opens the same without a choice. `ends` say what the outer ones mean. */
  | {
      kind: 'numbers';
      question: string;
      ends: [lowest: string, highest: string];
      href: string;
      options: Array<{ value: string; href: string }>;
    }
  /** Answers side by side, worst first, small: each a link that chooses it; `href` opens the same without a choice. */
  | { kind: 'choices'; lead: Inline[]; label: string; href: string; options: Array<{ label: string; href: string }> }
  | { kind: 'facts'; rows: Array<{ name: string; value: Inline[] }> }
  | { kind: 'signature'; text: string };

export interface MailBody {
  subject: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  blocks: Block[];
}

export const paragraph = (inlines: Inline[]): Block => ({ kind: 'paragraph', inlines });
export const onlyInALetter = (inlines: Inline[]): Block => ({ kind: 'paragraph', inlines, letter: true });
export const note = (inlines: Inline[]): Block => ({ kind: 'note', inlines });
