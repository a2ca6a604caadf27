import { free } from '../../contact/phrase.ts';
import { type MailBody, onlyInALetter, paragraph } from '../content.ts';
import type { MailContent } from '../owed.ts';
import { greeting, signature, tagged, type Voice } from '../voice.ts';
import { previewOf } from './customer.ts';

/**
 * "Are both of these yours?" Nobody is connected who has not said so, and whoever got it by mistake need do
 * nothing: so it says nothing of what the other wrote.
 */
export const identity = (content: Extract<MailContent, { template: 'identity' }>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say('mail.identity.lead', { other: free(content.other) });
  return {
    subject: tagged(word('mail.identity.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      onlyInALetter(say('mail.identity.why')),
      paragraph(say('mail.identity.no')),
      { kind: 'button', label: word('mail.identity.look'), href: content.link },
      signature(voice),
    ],
  };
};
