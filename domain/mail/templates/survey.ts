import { number } from '../../contact/format.ts';
import { free, type Inline } from '../../contact/phrase.ts';
import type { ScoredQuestion } from '../../contact/words.ts';
import { type Block, type MailBody, paragraph } from '../content.ts';
import type { MailContent } from '../owed.ts';
import { footer, greeting, ownSubject, signature, subjectOf, tagged, type Voice } from '../voice.ts';
import { previewOf } from './customer.ts';

type Content<T extends MailContent['template']> = Extract<MailContent, { template: T }>;

/** Each answer is a link that chooses it on the page; nothing is recorded before the customer sends it there. */
export const survey = (content: Content<'survey'>, voice: Voice): MailBody => {
  const lead = surveyLead(content, voice);
  return {
    subject: ownSubject(voice, voice.word('mail.survey.subject')),
    preview: previewOf(lead),
    blocks: [greeting(voice), paragraph(lead), ...ask(content, voice)],
  };
};

const surveyLead = (content: Content<'survey'>, voice: Voice): Inline[] => {
  if (content.reminder) return voice.say('mail.survey.again', { subject: subjectOf(voice) });
  if (content.agent === undefined) return voice.say('mail.survey.lead', { subject: subjectOf(voice) });
  return voice.say('mail.survey.lead-agent', { agent: free(content.agent), subject: subjectOf(voice) });
};

export const followUp = (content: Content<'follow-up'>, voice: Voice): MailBody => {
  const lead = voice.say('mail.follow-up.lead', { subject: subjectOf(voice) });
  return {
    subject: ownSubject(voice, voice.word('mail.follow-up.subject')),
    preview: previewOf(lead),
    blocks: [greeting(voice), paragraph(lead), ...ask(content, voice)],
  };
};

/** Asked of a person rather than about a request: it names none. */
export const nps = (content: Content<'nps'>, voice: Voice): MailBody => {
  const lead = voice.say('mail.nps.lead');
  return {
    subject: tagged(voice.word('mail.nps.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [greeting(voice), paragraph(lead), ...ask(content, voice)],
  };
};

/** Every answer looks like the next: no colour, size or symbol favours one. */
const answersOf = ({ question, options, ends }: ScoredQuestion, link: string, { locale }: Voice): Block => {
  const answers = options.map(({ value, label }) => ({
    value: number(value, locale),
    label,
    href: `${link}${link.includes('?') ? '&' : '?'}r=${value}`,
  }));
  if (ends === undefined) return { kind: 'scale', question, options: answers };
  return { kind: 'numbers', question, ends, href: link, options: answers.map(({ value, href }) => ({ value, href })) };
};

const ask = (content: Content<'survey'> | Content<'follow-up'> | Content<'nps'>, voice: Voice): Block[] => {
  const scored = voice.locale.scored[content.survey];
  if (scored === undefined) throw new Error(`Survey ${content.survey} has no words in locale "${voice.locale.code}".`);
  return [
    answersOf(scored, content.link, voice),
    paragraph(voice.say('mail.survey.how')),
    signature(voice),
    ...footer(voice, 'automatic'),
    {
      kind: 'link',
      lead: voice.say('mail.unsubscribe'),
      label: voice.word('mail.unsubscribe-link'),
      href: content.unsubscribe,
    },
  ];
};
