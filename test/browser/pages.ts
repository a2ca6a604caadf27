import type { Brand } from '../../domain/contact/brand.ts';
import type { Locale } from '../../domain/contact/words.ts';
import { feedbackThanksPage } from '../../domain/pages/feedback-end.ts';
import { feedbackPage } from '../../domain/pages/feedback-page.ts';
import { ownName } from '../../domain/pages/kb-frame.ts';
import { noticePage } from '../../domain/pages/notice-page.ts';
import { npsOverPage, npsPage, npsThanksPage } from '../../domain/pages/nps-page.ts';
import { problemPage } from '../../domain/pages/problem-page.ts';
import { surveyOverPage, surveyThanksPage } from '../../domain/pages/survey-end.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import { unsubscribePage } from '../../domain/pages/unsubscribe-page.ts';
import type { CompiledDesk } from '../desk/compiled.ts';
import { type Code, sample } from '../domain/mail/samples.ts';

const people = { en: 'Sam Rivers', de: 'Jonas Weber', fa: 'نیلوفر احمدی' };
const zone = { en: 'Europe/London', de: 'Europe/Berlin', fa: 'Asia/Tehran' };

/** Every page the desk shows to customers, and to colleagues by a link, by name, in one language; those of a ticket are in ticket-pages.ts. */
export const everyPage = (desk: CompiledDesk, code: Code): Record<string, string> => {
  const frame: { locale: Locale; brand: Brand } = { locale: desk.locales[code], brand: desk.brand };
  const form = { ...frame, action: '/s/token', subject: sample('reply', code).content.subject, timeZone: zone[code] };
  const notice = {
    ...frame,
    ticket: { id: 'T-7K2M9Q', subject: form.subject },
    promise: 'firstReply' as const,
    dueAt: '2026-11-24T08:05:00.000Z',
    told: 'Elif Kaya',
    timeZone: zone[code],
    action: '/a/token',
  };
  const [first, follow, four, ease, nps] = ['after-resolve', 'follow-up', 'four-point', 'ease', 'nps'].map((id) => {
    const found = desk.surveys.find((survey) => survey.id === id);
    if (found === undefined) throw new Error(`no survey ${id}`);
    return found;
  });
  if (!first || !follow || !four || !ease || !nps) throw new Error('no surveys');
  const say = desk.surveys.find(({ kind }) => kind === 'feedback');
  if (!say) throw new Error('no survey of feedback');
  const languages = (['en', 'de', 'fa'] as const).map((each) => ({ code: each, name: ownName(each) }));
  const feedback = { ...frame, definition: say, languages, once: 'o'.repeat(22) };
  const recommend = { ...frame, definition: nps, action: '/feedback/token', timeZone: zone[code] };
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
    'survey-ease': surveyPage({ ...form, definition: ease, agent: 'Farah Moradi', preselected: '6' }),
    'survey-nps': surveyPage({ ...form, definition: nps, openUntil: '2026-12-21T08:05:00.000Z' }),
    'survey-nps-errors': surveyPage({ ...form, definition: nps, errors: { recommend: 'required' } }),
    'survey-follow-up': surveyPage({ ...form, definition: follow }),
    feedback: feedbackPage({ ...feedback, answers: { rating: '3' } }),
    'feedback-errors': feedbackPage({
      ...feedback,
      answers: { comment: 'x'.repeat(40) },
      giver: { name: people[code], email: 'kim@' },
      errors: { rating: 'required', comment: 'too-long' },
      giverErrors: { email: 'email' },
    }),
    'feedback-sent-before': feedbackPage({ ...feedback, sentBefore: true }),
    'feedback-kept': feedbackThanksPage({ ...frame, end: 'kept' }),
    'feedback-answer': feedbackThanksPage({ ...frame, end: 'answer' }),
    'feedback-unknown': feedbackThanksPage({ ...frame, end: 'unknown' }),
    nps: npsPage({ ...recommend, preselected: '9', openUntil: '2026-12-21T08:05:00.000Z' }),
    'nps-editing': npsPage({
      ...recommend,
      answers: { recommend: '3' },
      editableUntil: '2026-11-24T08:05:00.000Z',
      errors: { recommend: 'required' },
    }),
    'nps-thanks': npsThanksPage({
      ...frame,
      answer: '3',
      low: true,
      edit: { link: '/feedback/token', until: '2026-11-24T08:05:00.000Z' },
    }),
    'nps-expired': npsOverPage({ ...frame, why: 'expired' }),
    'nps-answered': npsOverPage({ ...frame, why: 'answered' }),
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
    notice: noticePage({ ...notice, state: { kind: 'waits' } }),
    'notice-seen': noticePage({
      ...notice,
      state: { kind: 'seen', by: 'Farah Moradi', at: '2026-11-24T08:12:00.000Z' },
    }),
    'notice-over': noticePage({ ...notice, state: { kind: 'over' } }),
    'not-found': problemPage({ ...frame, problem: 'not-found' }),
    ended: problemPage({ ...frame, problem: 'ended' }),
    busy: problemPage({ ...frame, problem: 'busy' }),
  };
};
