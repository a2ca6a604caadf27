import type { Brand } from '../contact/brand.ts';
import { when } from '../contact/format.ts';
import { free, type Inline, id, oneLine, phrase } from '../contact/phrase.ts';
import type { Blank, Locale, ScoredQuestion, WordOf } from '../contact/words.ts';
import type { Instant } from '../support/time.ts';
import { type Block, note, paragraph } from './content.ts';
import type { OwedMail } from './owed.ts';

type MailGroup = 'mail' | 'promise' | 'rating' | 'common' | 'time';
type MailWord = WordOf<MailGroup>;
/** A language with the words that mails are made of. */
export interface MailLocale extends Locale<MailGroup> {
  /** By survey and version, e.g. `after-resolve@1`: what a mail needs to show the scale. */
  scored: Record<string, ScoredQuestion>;
}

/** How the desk speaks in one mail: its language, its customer's zone, its name. */
export interface Voice {
  mail: OwedMail;
  locale: MailLocale;
  brand: Brand;
  say<W extends MailWord>(word: W, ...blanks: Blank<W> extends never ? [] : [Record<Blank<W>, Inline>]): Inline[];
  /** The words of a sentence without blanks, for buttons and titles. */
  word(word: MailWord): string;
  time(at: Instant): Inline;
}

export const voiceOf = (mail: OwedMail, locale: MailLocale, brand: Brand): Voice => ({
  mail,
  locale,
  brand,
  say: (word, ...blanks) => phrase(locale, word, ...blanks),
  word: (word) => locale.words[word],
  time: (at) => ({ kind: 'strong', text: when(at, locale, mail.timeZone, brand) }),
});

/** `Re: Payment failed [T-7K2M9Q]`: a mail program files it with the question, and the desk finds the ticket by it. */
export const answerSubject = ({ mail }: Voice): string =>
  tagged(`Re: ${oneLine(mail.content.subject).replace(/^((re|aw|antw|sv|پاسخ)\s*:\s*)+/i, '')}`, mail);

/** A subject of the desk's own, with the customer's behind it: `How did we do? Payment failed [T-7K2M9Q]`. */
export const ownSubject = ({ mail }: Voice, words: string): string =>
  tagged(`${words} – ${oneLine(mail.content.subject)}`, mail);

/** Beyond this a header line folds several times and inboxes show nothing of it anyway. */
const LONGEST_SUBJECT = 150;

export const tagged = (subject: string, mail: OwedMail): string => {
  const tag = mail.ticketId === undefined ? '' : `[${mail.ticketId}]`;
  const plain = (tag === '' ? subject : subject.replaceAll(tag, '')).trim();
  const letters = [...plain];
  const short = letters.length > LONGEST_SUBJECT ? `${letters.slice(0, LONGEST_SUBJECT - 1).join('')}…` : plain;
  return `${short} ${tag}`.trim();
};

export const greeting = ({ mail, say }: Voice): Block => {
  const name = mail.to.name === undefined ? '' : oneLine(mail.to.name);
  return paragraph(name === '' ? say('mail.greeting-plain') : say('mail.greeting', { name: free(name) }));
};

export const signature = ({ locale, brand }: Voice): Block => ({
  kind: 'signature',
  text: locale.words['mail.signature'].replace('{desk}', brand.name),
});

/** Whether somebody is named: nobody may have been free, and then a sentence without a name is said. */
export const isName = (text: string): boolean => /\p{L}/u.test(text);

export const subjectOf = ({ mail }: Voice): Inline => free(mail.content.subject);

/** Which request it is about, and that nobody typed it. */
export const footer = (voice: Voice, how: 'automatic' | 'personal'): Block[] => {
  const { mail, say, brand } = voice;
  return [
    ...(mail.ticketId === undefined
      ? []
      : [note(say('mail.about', { ticket: id(mail.ticketId), subject: subjectOf(voice) }))]),
    ...(how === 'automatic'
      ? [note([...say('mail.automatic'), ' ', ...say('mail.you-get-this', { desk: free(brand.name) })])]
      : []),
  ];
};
