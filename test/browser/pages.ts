import type { Brand, Locale } from '../../domain/contact/words.ts';
import { noticePage } from '../../domain/pages/notice-page.ts';
import { problemPage } from '../../domain/pages/problem-page.ts';
import { surveyOverPage, surveyThanksPage } from '../../domain/pages/survey-end.ts';
import { surveyPage } from '../../domain/pages/survey-page.ts';
import { unsubscribePage } from '../../domain/pages/unsubscribe-page.ts';
import type { CompiledDesk } from '../desk/compiled.ts';
import { type Code, sample } from '../domain/mail/samples.ts';

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
