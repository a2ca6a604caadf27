import { free, type Inline } from '../../contact/phrase.ts';
import { type Block, type MailBody, note, onlyInALetter, paragraph } from '../content.ts';
import { isText, type MailContent } from '../owed.ts';
import { answerSubject, footer, greeting, isName, ownSubject, signature, subjectOf, type Voice } from '../voice.ts';

type Content<T extends MailContent['template']> = Extract<MailContent, { template: T }>;

/** "We have it, and you will hear from us by then." */
export const acknowledgement = (content: Content<'acknowledgement'>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const promise =
    content.promise === undefined
      ? say('mail.acknowledgement.no-promise')
      : say('mail.acknowledgement.promise', { when: voice.time(content.promise) });
  return {
    subject: answerSubject(voice),
    preview: previewOf(promise),
    blocks: [
      greeting(voice),
      paragraph(say('mail.acknowledgement.lead', { subject: subjectOf(voice) })),
      paragraph(promise),
      ...helpful(content.articles ?? [], voice),
      onlyInALetter(say('mail.acknowledgement.more')),
      { kind: 'button', label: word('common.see-request'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};

/** What may help before a person answers, and how to say that it did. */
const helpful = (articles: ReadonlyArray<{ title: string; link: string }>, { say }: Voice): Block[] =>
  articles.length === 0
    ? []
    : [
        onlyInALetter(say('mail.acknowledgement.articles')),
        { kind: 'links', links: articles.map(({ title, link }) => ({ label: title, href: link })) },
        onlyInALetter(say('mail.acknowledgement.solved')),
      ];

/**
 * A person's answer, in their own words. Only the text is sent: markup of an agent's program would have to be cleaned
 * first, and says nothing that the text does not.
 */
export const reply = (content: Content<'reply'>, voice: Voice): MailBody => ({
  subject: answerSubject(voice),
  preview: content.text.trim().slice(0, 120),
  blocks: [
    { kind: 'message', text: content.text },
    paragraph(voice.say('mail.reply.from', { agent: free(content.agent), desk: free(voice.brand.name) })),
    note(voice.say('mail.answer-by-mail')),
    { kind: 'link', lead: [], label: voice.word('common.see-request'), href: content.link },
    ...rateRow(content.link, voice),
    ...footer(voice, 'personal'),
  ],
});

/** Each answer opens the page of the ticket with it chosen; nothing is recorded before the customer sends it there. */
const rateRow = (link: string, { mail, locale, say, word }: Voice): Block[] => {
  const { message } = mail;
  if (message === undefined) return [];
  const to = (score?: number): string =>
    `${link}?rate=${message}${score === undefined ? '' : `&r=${score}`}#m-${message}`;
  return [
    {
      kind: 'choices',
      lead: say('rating.question'),
      label: word('rating.link'),
      href: to(),
      options: locale.replyRating.map(({ value, label }) => ({ label, href: to(value) })),
    },
  ];
};

export const reminder = (content: Content<'reminder'>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say('mail.reminder.lead', { subject: subjectOf(voice) });
  return {
    subject: answerSubject(voice),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      paragraph(say('mail.reminder.closes', { when: voice.time(content.closesAt) })),
      paragraph(say('mail.reminder.solved')),
      { kind: 'button', label: word('common.see-request'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};

const LATE_LEADS = {
  reply: 'mail.late.lead',
  solution: 'mail.late.solution',
  longer: 'mail.late.longer',
  'on-hold': 'mail.late.longer',
} as const;

/** Said before the customer asks: sorry, who has it, and by when they hear. */
export const late = (content: Content<'late'>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say(LATE_LEADS[content.what ?? 'reply'], {
    subject: subjectOf(voice),
    when: voice.time(content.dueAt),
  });
  return {
    subject: answerSubject(voice),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      ...nowInstead(content, voice),
      onlyInALetter(say('mail.late.add')),
      { kind: 'button', label: word('common.see-request'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};

/** Only what is late comes before others: what takes longer need not. */
const nowInstead = ({ what, agent = '', until }: Content<'late'>, { say, time }: Voice): Block[] => {
  if (what === 'on-hold')
    return until === undefined ? [] : [paragraph(say('mail.late.on-hold', { when: time(until) }))];
  const who = isName(agent)
    ? [say('mail.late.agent', { agent: free(agent) })]
    : what === 'longer'
      ? []
      : [say('mail.late.team')];
  const when = until === undefined ? [] : [say('mail.late.until', { when: time(until) })];
  const said = [...who, ...when];
  return said.length === 0 ? [] : [paragraph(said.flatMap((one, index) => (index === 0 ? one : [' ', ...one])))];
};

export const closedQuietly = (content: Content<'closed-quietly'>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say('mail.closed-quietly.lead', { subject: subjectOf(voice) });
  return {
    subject: answerSubject(voice),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      onlyInALetter(say('mail.closed-quietly.back')),
      { kind: 'button', label: word('common.see-request'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};

/** Written for the agent who takes over: sorry, who looks at it now, and what should have been better. */
export const apology = (content: Content<'apology'>, voice: Voice): MailBody => {
  const { say, word } = voice;
  const lead = say('mail.apology.lead', { subject: subjectOf(voice) });
  return {
    subject: ownSubject(voice, word('mail.apology.subject')),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      ...(isText(voice.mail) ? [paragraph(say('mail.apology.text'))] : apologyLetter(lead, content, voice)),
      { kind: 'button', label: word('common.see-request'), href: content.link },
      signature(voice),
      ...footer(voice, 'automatic'),
    ],
  };
};

const apologyLetter = (lead: Inline[], content: Content<'apology'>, { say }: Voice): Block[] => [
  paragraph(lead),
  paragraph(
    isName(content.agent) ? say('mail.apology.own', { agent: free(content.agent) }) : say('mail.apology.own-team'),
  ),
  ...(content.text === undefined ? [] : [{ kind: 'message' as const, text: content.text }]),
  onlyInALetter(say('mail.apology.ask')),
];

export const previewOf = (inlines: ReturnType<Voice['say']>): string =>
  inlines.map((inline) => (typeof inline === 'string' ? inline : inline.text)).join('');
