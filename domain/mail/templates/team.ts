import { number } from '../../contact/format.ts';
import { free, type Inline, id, strong } from '../../contact/phrase.ts';
import { type Block, type MailBody, note, onlyInALetter, paragraph } from '../content.ts';
import type { MailContent, NextStep } from '../owed.ts';
import { greeting, isName, subjectOf, tagged, type Voice } from '../voice.ts';
import { previewOf } from './customer.ts';

type Content<T extends MailContent['template']> = Extract<MailContent, { template: T }>;

/** The promise in words, if it is one of the three; what else a policy calls it stands as it is. */
const promiseWords = (promise: string, { word }: Voice): string => {
  if (promise === 'firstReply' || promise === 'nextReply' || promise === 'resolution')
    return word(`promise.${promise}`);
  return promise;
};

const facts = (voice: Voice, more: Array<{ name: string; value: Inline[] }>): Block => ({
  kind: 'facts',
  rows: [
    ...(voice.mail.ticketId === undefined
      ? []
      : [{ name: voice.word('mail.fact.ticket'), value: [id(voice.mail.ticketId)] }]),
    { name: voice.word('mail.fact.subject'), value: [subjectOf(voice)] },
    ...more,
  ],
});

/** What comes next and when, and the way to say that somebody has seen it. */
const answer = ({ next, link }: Content<'warning'> | Content<'escalation'>, voice: Voice): Block[] => [
  ...(next === undefined
    ? []
    : [paragraph(voice.say('mail.next.before', { when: voice.time(next.at), act: actOf(next, voice) }))]),
  ...(link === undefined
    ? []
    : [
        onlyInALetter(voice.say('mail.acknowledge.why')),
        { kind: 'button' as const, label: voice.word('mail.acknowledge.button'), href: link },
      ]),
];

const actOf = (next: NextStep, voice: Voice): string =>
  next.does === 'move'
    ? previewOf(voice.say('mail.next.move', { group: free(next.group) }))
    : voice.word(`mail.next.${next.does}`);

/** To the agent (or group) before a promise breaks. */
export const warning = (content: Content<'warning'>, voice: Voice): MailBody => {
  const promise = promiseWords(content.promise, voice);
  const lead = voice.say('mail.warning.lead', { promise: strong(promise), when: voice.time(content.dueAt) });
  return {
    subject: tagged(previewOf(voice.say('mail.warning.subject', { promise })), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, [{ name: voice.word('mail.fact.due'), value: [voice.time(content.dueAt)] }]),
      paragraph(voice.say('mail.warning.act')),
      ...answer(content, voice),
      note(voice.say('mail.automatic')),
    ],
  };
};

/** To those who are told that a promise was broken and what the ladder did. */
export const escalation = (content: Content<'escalation'>, voice: Voice): MailBody => {
  const promise = promiseWords(content.promise, voice);
  const lead = voice.say('mail.escalation.lead', { promise: strong(promise), when: voice.time(content.dueAt) });
  return {
    subject: tagged(previewOf(voice.say('mail.escalation.subject', { promise })), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, [
        ...(content.from === content.to
          ? [{ name: voice.word('mail.escalation.group'), value: [free(content.to)] }]
          : [
              { name: voice.word('mail.escalation.from'), value: [free(content.from)] },
              { name: voice.word('mail.escalation.to'), value: [free(content.to)] },
            ]),
        { name: voice.word('mail.escalation.step'), value: [id(content.rung)] },
      ]),
      paragraph(voice.say('mail.escalation.act')),
      ...answer(content, voice),
      note(voice.say('mail.automatic')),
    ],
  };
};

/** To the lead and to whoever takes over: a customer is unhappy. */
export const recovery = (content: Content<'recovery'>, voice: Voice): MailBody => {
  const when = voice.time(content.deadline);
  const lead = isName(content.agent)
    ? voice.say('mail.recovery.lead', { agent: free(content.agent), when })
    : voice.say('mail.recovery.lead-nobody', { when });
  return {
    subject: tagged(voice.word('mail.recovery.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, [{ name: voice.word('mail.recovery.score'), value: [free(content.score)] }]),
      ...ownWords(content.words, voice),
      note(voice.say('mail.automatic')),
    ],
  };
};

/** To the lead, once per outage. */
export const outage = (content: Content<'outage'>, voice: Voice): MailBody => {
  const tickets = number(content.tickets, voice.locale);
  const category = free(content.category);
  const since = voice.time(content.since);
  const lead = voice.say('mail.outage.lead', { tickets: strong(tickets), category, when: since });
  return {
    subject: tagged(voice.word('mail.outage.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, [
        { name: voice.word('mail.outage.category'), value: [category] },
        { name: voice.word('mail.outage.tickets'), value: [strong(tickets)] },
        { name: voice.word('mail.outage.since'), value: [since] },
      ]),
      paragraph(voice.say('mail.outage.act')),
      note(voice.say('mail.automatic')),
    ],
  };
};

/** To a lead: somebody is unhappy and left no address, so that only the lead can do something about it. */
export const feedback = (content: Content<'feedback'>, voice: Voice): MailBody => {
  const lead = voice.say('mail.feedback.lead', { rating: subjectOf(voice) });
  return {
    subject: tagged(voice.word('mail.feedback.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      ...(content.words === undefined
        ? []
        : [paragraph([strong(voice.word('mail.feedback.words'))]), { kind: 'quote' as const, text: content.words }]),
      paragraph(voice.say('mail.feedback.list', { feedback: id(content.feedback) })),
      note(voice.say('mail.automatic')),
    ],
  };
};

export const recoveryOverdue = (content: Content<'recovery-overdue'>, voice: Voice): MailBody => {
  const lead = voice.say('mail.recovery-overdue.lead', { when: voice.time(content.deadline) });
  return {
    subject: tagged(voice.word('mail.recovery-overdue.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, []),
      paragraph(voice.say('mail.recovery-overdue.attempt', { attempt: number(content.attempt, voice.locale) })),
      note(voice.say('mail.automatic')),
    ],
  };
};

/** To the lead: what was being put right is in nobody's hands. */
export const recoveryLeft = (content: Content<'recovery-left'>, voice: Voice): MailBody => {
  const lead = voice.say('mail.recovery-left.lead', { agent: free(content.agent) });
  return {
    subject: tagged(voice.word('mail.recovery-left.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [greeting(voice), paragraph(lead), facts(voice, []), note(voice.say('mail.automatic'))],
  };
};

/** To the lead: an unhappy customer whom only a call helps, or reaches. */
export const callCustomer = (content: Content<'call-customer'>, voice: Voice): MailBody => {
  const lead = voice.say(`mail.call-customer.${content.why}`);
  return {
    subject: tagged(voice.word('mail.call-customer.subject'), voice.mail),
    preview: previewOf(lead),
    blocks: [
      greeting(voice),
      paragraph(lead),
      facts(voice, [{ name: voice.word('mail.recovery.score'), value: [free(content.score)] }]),
      ...ownWords(content.words, voice),
      note(voice.say('mail.automatic')),
    ],
  };
};

const ownWords = (words: string | undefined, voice: Voice): Block[] =>
  words === undefined
    ? []
    : [paragraph([strong(voice.word('mail.recovery.words'))]), { kind: 'quote' as const, text: words }];
