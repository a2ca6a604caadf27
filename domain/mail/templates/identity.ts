import { free } from '../../contact/phrase.ts';
import { type MailBody, onlyInALetter, paragraph } from '../content.ts';
import type { MailContent } from '../owed.ts';
import { footer, greeting, ownSubject, signature, type Voice } from '../voice.ts';
import { previewOf } from './customer.ts';

/** "Are both of these yours?" Nobody is connected who has not said so, and whoever got it by mistake need do nothing. */
export const identity = (content: Extract<MailContent, { template: 'identity' }>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say('mail.identity.lead', { other: free(content.other) });
  return {
    subject: ownSubject(voice, word('mail.identity.subject')),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      onlyInALetter(say('mail.identity.why')),
      paragraph(say('mail.identity.no')),
      { kind: 'button', label: word('mail.identity.look'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};
