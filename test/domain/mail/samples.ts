import type { MailContent, OwedMail, TemplateName } from '../../../domain/mail/owed.ts';

const link = 'https://desk.example.com/t/AQJrMVsidGlja2V0Iiwi';
const subjects = {
  en: 'Payment failed twice',
  de: 'Zahlung zweimal fehlgeschlagen',
  fa: 'پرداخت دو بار ناموفق بود',
};
const people = {
  en: { name: 'Sam Rivers', zone: 'Europe/London' },
  de: { name: 'Jonas Weber', zone: 'Europe/Berlin' },
  fa: { name: 'نیلوفر احمدی', zone: 'Asia/Tehran' },
};
const answers = {
  en: 'Hello Sam,\n\nThe payment of 49 EUR was blocked by your bank. Please confirm it in your banking app and try again.\n\nIf it fails again, send me the time & the <error> shown.',
  de: 'Guten Tag Herr Weber,\n\nIhre Bank hat die Zahlung über 49 EUR blockiert. Bitte geben Sie sie in Ihrer Banking-App frei.\n\nFalls es wieder nicht klappt, schicken Sie mir Uhrzeit & <Fehler>.',
  fa: 'سلام خانم احمدی،\n\nبانک شما پرداخت ۴۹ یورو را متوقف کرده است. لطفاً آن را در برنامهٔ بانک تأیید کنید و دوباره تلاش کنید.\n\nاگر باز هم خطای E-1042 دیدید، برایم بنویسید.',
};

const articles = {
  en: ['My payment was refused', 'Getting your money back'],
  de: ['Meine Zahlung wurde abgelehnt', 'Geld zurückbekommen'],
  fa: ['پرداخت من رد شد', 'پس گرفتن پول'],
};

export type Code = keyof typeof subjects;

const contents = (code: Code): Record<TemplateName, MailContent> => {
  const subject = subjects[code];
  return {
    acknowledgement: {
      template: 'acknowledgement',
      subject,
      promise: '2026-11-24T08:05:00.000Z',
      link,
      articles: articles[code].map((title, index) => ({
        title,
        link: `https://desk.example.com/kb/article-${index + 1}/for/AQJrMVsic29sdmVkIiwi?lang=${code}`,
      })),
    },
    reply: { template: 'reply', subject, text: answers[code], agent: 'Farah Moradi', link },
    reminder: { template: 'reminder', subject, link, closesAt: '2026-11-30T09:00:00.000Z' },
    late: {
      template: 'late',
      subject,
      link,
      dueAt: '2026-11-24T09:00:00.000Z',
      until: '2026-11-24T21:00:00.000Z',
      agent: 'Farah Moradi',
    },
    'closed-quietly': { template: 'closed-quietly', subject, link },
    nps: {
      template: 'nps',
      subject: 'Careline',
      survey: 'nps@1',
      link: 'https://desk.example.com/feedback/AQJrMVsic3VydmV5Iiwi',
      unsubscribe: 'https://desk.example.com/u/AQJrMVsidW5zdWIiLCJU',
    },
    feedback: {
      template: 'feedback',
      subject: 'Very bad',
      feedback: '2026-11-23.01J00000000000000000000001',
      words: answers[code].split('\n').slice(2).join('\n'),
    },
    survey: {
      template: 'survey',
      subject,
      survey: 'after-resolve@1',
      link: 'https://desk.example.com/s/AQJrMVsic3VydmV5Iiwi',
      unsubscribe: 'https://desk.example.com/u/AQJrMVsidW5zdWIiLCJU',
      reminder: false,
      agent: 'Farah Moradi',
    },
    apology: { template: 'apology', subject, agent: 'Farah Moradi', link },
    'follow-up': {
      template: 'follow-up',
      subject,
      survey: 'follow-up@1',
      link: 'https://desk.example.com/s/AQJrMVsic3VydmV5Iiwi',
      unsubscribe: 'https://desk.example.com/u/AQJrMVsidW5zdWIiLCJU',
    },
    warning: {
      template: 'warning',
      subject,
      promise: 'firstReply',
      dueAt: '2026-11-24T08:05:00.000Z',
      next: { does: 'move', group: 'advanced', at: '2026-11-24T08:05:00.000Z' },
      link: 'https://desk.example.com/a/token',
    },
    escalation: {
      template: 'escalation',
      subject,
      promise: 'firstReply',
      dueAt: '2026-11-24T08:05:00.000Z',
      rung: 'move-100',
      from: 'frontline',
      to: 'advanced',
      next: { does: 'call-lead', at: '2026-11-24T08:20:00.000Z' },
      link: 'https://desk.example.com/a/token',
    },
    recovery: {
      template: 'recovery',
      subject,
      score: '1/5',
      words: answers[code].split('\n').slice(2).join('\n'),
      deadline: '2026-11-25T14:00:00.000Z',
      agent: 'Farah Moradi',
    },
    identity: { template: 'identity', subject, other: '+49 *** 3456', link },
    outage: { template: 'outage', subject, category: 'payment', tickets: 6, since: '2026-11-25T09:00:00.000Z' },
    'recovery-overdue': {
      template: 'recovery-overdue',
      subject,
      deadline: '2026-11-25T14:00:00.000Z',
      attempt: 2,
    },
    'recovery-left': { template: 'recovery-left', subject, agent: 'Farah Moradi' },
    'call-customer': { template: 'call-customer', subject, why: 'again', score: '1/5' },
  };
};

/** One mail of every kind, as the desk would owe it to a customer of that language. */
export const owedMails = (code: Code): OwedMail[] =>
  Object.values(contents(code)).map((content) => owed(content, code));

/** What is about no ticket. */
const TICKETLESS: ReadonlySet<TemplateName> = new Set(['nps', 'feedback']);

export const owed = (content: MailContent, code: Code = 'en', overrides: Partial<OwedMail> = {}): OwedMail => ({
  key: `${content.template}#T-7K2M9Q`,
  to: { email: 'customer@example.com', name: people[code].name },
  locale: code,
  timeZone: people[code].zone,
  pace: 'prompt',
  content,
  ...(TICKETLESS.has(content.template)
    ? { anchor: `<${content.template}.1@desk.example.com>` }
    : {
        ticketId: 'T-7K2M9Q',
        anchor: '<ticket.T-7K2M9Q@desk.example.com>',
        inReplyTo: '<question-1@mail.example.com>',
        replyTo: 'desk+t-7k2m9q.0123456789abcdefghjkmnpqrs@desk.example.com',
      }),
  owedAt: '2026-11-23T08:05:00.000Z',
  status: 'owed',
  attempts: 0,
  ...overrides,
});
export const sample = (template: TemplateName, code: Code = 'en'): OwedMail => owed(contents(code)[template], code);
