import type { Brand, Locale } from '../../domain/contact/words.ts';
import { publicConversation } from '../../domain/pages/conversation.ts';
import { problemPage } from '../../domain/pages/problem-page.ts';
import { surveyOverPage, surveyThanksPage } from '../../domain/pages/survey-end.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import { ticketPage } from '../../domain/pages/ticket-page.ts';
import { unsubscribePage } from '../../domain/pages/unsubscribe-page.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { CompiledDesk } from '../desk/compiled.ts';
import { type Code, sample } from '../domain/mail/samples.ts';

const zone = { en: 'Europe/London', de: 'Europe/Berlin', fa: 'Asia/Tehran' };

const talk = (code: Code): Message[] => {
  const ack = sample('reply', code).content;
  const message = (id: string, from: Partial<Message>): Message => ({
    id,
    ticketId: 'T-7K2M9Q',
    at: '2026-11-23T08:05:00.000Z',
    direction: 'in',
    channel: 'mail',
    author: 'customer:1',
    text: ack.subject,
    attachments: [],
    ...from,
  });
  return [
    message('1', { attachments: [{ name: 'screenshot E-1042.png', type: 'image/png', bytes: 1, key: 'k' }] }),
    message('2', {
      at: '2026-11-23T09:40:00.000Z',
      direction: 'out',
      author: 'agent:farah',
      text: ack.template === 'reply' ? ack.text : '',
    }),
    message('3', { at: '2026-11-23T10:00:00.000Z', direction: 'note', author: 'agent:farah', text: 'a secret note' }),
  ];
};

/** Every page the desk shows to customers, by name, in one language. */
export const everyPage = (desk: CompiledDesk, code: Code): Record<string, string> => {
  const frame: { locale: Locale; brand: Brand } = { locale: desk.locales[code], brand: desk.brand };
  const form = { ...frame, action: '/s/token', subject: sample('reply', code).content.subject, timeZone: zone[code] };
  const [first, follow, four] = ['after-resolve', 'follow-up', 'four-point'].map((id) => {
    const found = desk.surveys.find((survey) => survey.id === id);
    if (found === undefined) throw new Error(`no survey ${id}`);
    return found;
  });
  if (first === undefined || follow === undefined || four === undefined) throw new Error('no surveys');
  const ticket = {
    ...frame,
    timeZone: zone[code],
    now: '2026-11-23T11:00:00.000Z',
    messages: publicConversation(talk(code), new Map([['farah', 'Farah Moradi']])),
  };
  const facts = { id: 'T-7K2M9Q', subject: form.subject, createdAt: '2026-11-23T08:05:00.000Z' };
  const promise = { target: 'PT24H', calendar: 'always', dueAt: '2026-11-24T08:05:00.000Z', state: 'running' as const };
  return {
    survey: surveyPage({
      ...form,
      definition: first,
      agent: 'Farah Moradi',
      preselected: '4',
      openUntil: '2026-12-21T08:05:00.000Z',
    }),
    'survey-errors': surveyPage({
      ...form,
      definition: first,
      errors: { satisfaction: 'required' },
      answers: { resolved: 'no' },
    }),
    'survey-four-point': surveyPage({
      ...form,
      definition: four,
      answers: { satisfaction: '1', reason: 'solution' },
      editableUntil: '2026-11-24T08:05:00.000Z',
    }),
    'survey-follow-up': surveyPage({ ...form, definition: follow }),
    thanks: surveyThanksPage({
      ...frame,
      answer: desk.locales[code].scored['after-resolve@1']?.options[0]?.label ?? '',
      low: true,
      timeZone: zone[code],
      edit: { link: '/s/token', until: '2026-11-24T08:05:00.000Z' },
    }),
    answered: surveyOverPage({ ...frame, why: 'answered' }),
    expired: surveyOverPage({ ...frame, why: 'expired' }),
    cancelled: surveyOverPage({ ...frame, why: 'cancelled' }),
    unsubscribe: unsubscribePage({ ...frame, action: '/u/token', wish: 'asked' }),
    unsubscribed: unsubscribePage({ ...frame, action: '/u/token', wish: 'stopped' }),
    'asked-again': unsubscribePage({ ...frame, action: '/u/token', wish: 'asked-again' }),
    ticket: ticketPage({ ...ticket, ticket: { ...facts, status: 'open', clock: { firstReply: promise } } }),
    'ticket-late': ticketPage({
      ...ticket,
      ticket: { ...facts, status: 'open', clock: { firstReply: { ...promise, state: 'breached' } } },
    }),
    'ticket-pending': ticketPage({ ...ticket, ticket: { ...facts, status: 'pending', clock: {} } }),
    'ticket-resolved': ticketPage({ ...ticket, ticket: { ...facts, status: 'resolved', clock: {} } }),
    'not-found': problemPage({ ...frame, problem: 'not-found' }),
    busy: problemPage({ ...frame, problem: 'busy' }),
  };
};
