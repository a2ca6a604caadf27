import type { Feedback } from '../feedback/feedback.ts';
import type { NpsAsk } from '../feedback/nps-ask.ts';
import type { CustomerRecord } from '../identity/identity.ts';
import type { MailContent, OwedMail } from '../mail/owed.ts';
import type { Survey, SurveyAnswer, SurveyDefinition } from '../survey/survey.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { emptied, type Message } from '../ticket/message.ts';
import type { Requester } from '../ticket/ticket.ts';

/**
 * What is left of each thing when the person it tells of is erased: ids, instants, codes and scores, so that every figure
 * of a report stays what it was. Words, names, addresses and files go. Each of these may be applied again to what it left.
 */

/** A customer nobody can be recognised in. */
export const erasedRequester = ({ id, locale, type }: Requester): Requester => ({ id, locale, type, erased: true });

/** The record keeps which request erased it; whom it was linked to is in that request. */
export const erasedRecord = (record: CustomerRecord, erasure: string): CustomerRecord => ({
  ...erasedRequester(record),
  erasure,
  ...(record.since === undefined ? {} : { since: record.since }),
});

export const erasedMessage = (message: Message): Message => {
  const { movedTo, movedFrom } = message;
  return {
    ...emptied(message),
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
  };
};

/** Whether anything is left to erase of it. */
export const hasWords = (message: Message): boolean =>
  Object.keys(message).length > Object.keys(erasedMessage(message)).length ||
  message.text !== '' ||
  message.attachments.length > 0;

/** Keys of all that the mail bucket holds of a message: its files, its whole text, the mail as it came. */
export const filesOf = ({ attachments, whole, raw }: Message): string[] => [
  ...attachments.map(({ key }) => key),
  ...[whole, raw].filter((key) => key !== undefined),
];

/** In the place of a sentence that a person wrote: a rule's own sentences say nothing of anybody and stay. */
const ERASED_REASON = 'Erased.';

/** An event without what people wrote about it; undefined when there is nothing to take away. */
export const erasedEvent = (event: TicketEvent): TicketEvent | undefined => {
  if (event.type === 'resolved') {
    const { cause, solution, check, ...rest } = event;
    const noted = cause !== undefined || solution !== undefined || check !== undefined;
    return noted ? rest : undefined;
  }
  if (event.type === 'triaged') {
    // What they called it: no list of the desk says which products there are.
    const { product, ...rest } = event;
    return product === undefined ? undefined : rest;
  }
  const isSaid = !event.by.startsWith('rule:') && (event.type === 'paused' || event.type === 'reprioritised');
  return isSaid && event.reason !== ERASED_REASON ? { ...event, reason: ERASED_REASON } : undefined;
};

/** Answers without free words. Of a definition that the desk no longer has, nothing tells which answers are words. */
const withoutWords = (answer: SurveyAnswer, definition: SurveyDefinition | undefined): SurveyAnswer => ({
  ...answer,
  answers: codesIn(answer.answers, definition),
});

const codesIn = (answers: Record<string, string>, definition: SurveyDefinition | undefined): Record<string, string> => {
  const codes = new Set(definition?.questions.filter(({ kind }) => kind !== 'text').map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => codes.has(id)));
};

/** A survey nobody has answered is taken back; an answered one keeps its score and its choices. */
export const erasedSurvey = (survey: Survey, definition: SurveyDefinition | undefined): Survey | undefined => {
  if (survey.status === 'asked') {
    const { remindedAt, status, ...facts } = survey;
    return { ...facts, status: 'cancelled', why: 'erased', version: survey.version + 1 };
  }
  if (survey.status !== 'answered') return undefined;
  const answer = withoutWords(survey.answer, definition);
  const earlier = survey.earlier.map((each) => withoutWords(each, definition));
  const same = JSON.stringify([answer, earlier]) === JSON.stringify([survey.answer, survey.earlier]);
  return same ? undefined : { ...survey, answer, earlier, version: survey.version + 1 };
};

export const erasedFeedback = (feedback: Feedback, definition: SurveyDefinition | undefined): Feedback | undefined => {
  const { text, ...rest } = feedback;
  const answers = codesIn(feedback.answers, definition);
  const same = text === undefined && Object.keys(answers).length === Object.keys(feedback.answers).length;
  return same ? undefined : { ...rest, answers, version: feedback.version + 1 };
};

export const erasedAsk = (ask: NpsAsk, definition: SurveyDefinition | undefined): NpsAsk | undefined => {
  if (ask.status === 'skipped' || ask.customer.erased) return undefined;
  const bare = { ...ask, customer: erasedRequester(ask.customer), version: ask.version + 1 };
  if (bare.status === 'asked') return bare;
  return {
    ...bare,
    answer: withoutWords(bare.answer, definition),
    earlier: bare.earlier.map((each) => withoutWords(each, definition)),
  };
};

/**
 * What stays of a mail or text message: when one that asked for a rating was sent, by which clicks are graded. Everything
 * else goes altogether, also what is owed and not sent.
 */
export const remainsOf = (mail: OwedMail): OwedMail | undefined => {
  const content = askingIn(mail.content);
  if (content === undefined || mail.sentAt === undefined) return undefined;
  const { key, ticketId, locale, pace, anchor, owedAt, status, attempts, sentAt, messageId, message } = mail;
  return {
    key,
    ...(ticketId === undefined ? {} : { ticketId }),
    to: { email: '' },
    locale,
    pace,
    content,
    anchor,
    owedAt,
    status,
    attempts,
    sentAt,
    ...(messageId === undefined ? {} : { messageId }),
    ...(message === undefined ? {} : { message }),
  };
};

const askingIn = (content: MailContent): MailContent | undefined => {
  const blank = { subject: '', link: '' };
  switch (content.template) {
    case 'reply':
      return { ...blank, template: 'reply', text: '', agent: '' };
    case 'survey':
      return { ...blank, template: 'survey', survey: content.survey, unsubscribe: '', reminder: content.reminder };
    case 'follow-up':
      return { ...blank, template: 'follow-up', survey: content.survey, unsubscribe: '' };
    default:
      return undefined;
  }
};
