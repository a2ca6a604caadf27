import type { PublicMessage } from '../../domain/pages/conversation.ts';
import { talkOf } from '../../domain/pages/talk.ts';
import { messagePage, type TicketPage, ticketPage } from '../../domain/pages/ticket-page.ts';
import type { ReplyRating } from '../../domain/rating/reply-rating.ts';
import type { CompiledDesk } from '../desk/compiled.ts';
import { type Code, sample } from '../domain/mail/samples.ts';

const zone = { en: 'Europe/London', de: 'Europe/Berlin', fa: 'Asia/Tehran' };
const FILES = { en: 'screenshot E-1042.png', de: 'Bildschirmfoto E-1042.png', fa: 'تصویر خطا E-1042.png' };
const QUESTIONS = {
  en: 'I tried to pay twice with my card, and the shop says E-1042 each time. See https://shop.example.com/cart.\n\nMy bank says that everything is fine. What now?',
  de: 'Ich habe zweimal versucht, mit meiner Karte zu zahlen, und der Shop meldet jedes Mal E-1042. Siehe https://shop.example.com/cart.\n\nMeine Bank sagt, dass alles in Ordnung ist. Was nun?',
  fa: 'دو بار خواستم با کارتم پرداخت کنم و هر بار فروشگاه خطای E-1042 داد. نشانی: https://shop.example.com/cart\n\nبانکم می‌گوید همه‌چیز درست است. حالا چه کنم؟',
};
const ASKED = {
  en: 'Hello Sam,\n\nthank you for the picture. Which browser do you use, and since when does it happen? The steps at https://help.example.com/payments/e-1042 may help meanwhile.\n\nFarah',
  de: 'Guten Tag Herr Weber,\n\nvielen Dank für das Bild. Welchen Browser verwenden Sie, und seit wann tritt es auf? Bis dahin helfen vielleicht die Schritte unter https://help.example.com/payments/e-1042.\n\nFarah',
  fa: 'سلام خانم احمدی،\n\nبابت تصویر سپاسگزارم. از کدام مرورگر استفاده می‌کنید و این مشکل از کی شروع شد؟ شاید راهنمای https://help.example.com/payments/e-1042 تا آن زمان کمک کند.\n\nفرح',
};
const THANKS = {
  en: 'Firefox 143, since Monday. Card number **** **** **** 1111, if that helps.',
  de: 'Firefox 143, seit Montag. Kartennummer **** **** **** 1111, falls das hilft.',
  fa: 'فایرفاکس ۱۴۳، از روز دوشنبه. شمارهٔ کارت **** **** **** 1111 اگر کمک می‌کند.',
};

export const rating = (score: number, over: Partial<ReplyRating> = {}): ReplyRating => ({
  score,
  scale: 'four-point',
  label: ['very-bad', 'bad', 'good', 'excellent'][score - 1] ?? '',
  low: score <= 2,
  firstAt: '2026-11-23T15:00:00.000Z',
  at: '2026-11-23T15:00:00.000Z',
  edits: 0,
  ...over,
});

export const aMessage = (over: Partial<PublicMessage> = {}): PublicMessage => ({
  id: '01KAR5Z7J0000000000000000A',
  from: 'customer',
  at: '2026-11-23T08:05:00.000Z',
  text: 'It does not work.',
  masked: false,
  cut: false,
  files: [],
  rateable: false,
  ...over,
});

const fromFarah: Partial<PublicMessage> = { from: 'desk', agent: 'Farah Moradi', rateable: true };

/** Oldest first: a question, what Farah asked, the answer, and Farah's solution. */
const aTalk = (code: Code): PublicMessage[] => {
  const reply = sample('reply', code).content;
  return [
    aMessage({ text: QUESTIONS[code], files: [{ name: FILES[code], type: 'image/png', bytes: 1_240_000 }] }),
    aMessage({ ...fromFarah, id: '01KAR5Z7J0000000000000000B', at: '2026-11-23T09:40:00.000Z', text: ASKED[code] }),
    aMessage({
      id: '01KAR5Z7J0000000000000000C',
      at: '2026-11-23T10:12:00.000Z',
      text: THANKS[code],
      quoted: ASKED[code],
      masked: true,
    }),
    aMessage({
      ...fromFarah,
      id: '01KAR5Z7J0000000000000000D',
      at: '2026-11-23T14:20:00.000Z',
      text: reply.template === 'reply' ? reply.text : '',
    }),
  ];
};

/** The page of an open ticket with that conversation, with what is said otherwise. */
export const aTicketPage = (desk: CompiledDesk, code: Code, over: Partial<TicketPage> = {}): TicketPage => ({
  locale: desk.locales[code],
  brand: desk.brand,
  path: `/t/${'AQJrMVsidGlja2V0IiwiVC03SzJNOVEiLCIwMUtBUjVaN0owMDAwMDAwMDAwMDAwMDAwQSIs'.repeat(3)}`,
  timeZone: zone[code],
  ticket: {
    id: 'T-7K2M9Q',
    subject: sample('reply', code).content.subject,
    status: 'open',
    createdAt: '2026-11-23T08:05:00.000Z',
  },
  talk: talkOf(aTalk(code)),
  byMail: true,
  files: { held: [], box: 'AAAAAAAAAAAAAAAAAAAAAA' },
  once: '01KAR5Z7J0000000000000000Z',
  rateableUntil: () => '2026-11-24T15:00:00.000Z',
  ...over,
});

/** The page in every state it can be in, by name, in one language. */
export const everyTicketPage = (desk: CompiledDesk, code: Code): Record<string, string> => {
  const talk = aTalk(code);
  const [first, asked, answered, solved] = talk;
  if (!first || !asked || !answered || !solved) throw new Error('no conversation');
  const { ticket } = aTicketPage(desk, code);
  const shown = (status: TicketPage['ticket']['status'], over: Partial<TicketPage> = {}): string =>
    ticketPage(aTicketPage(desk, code, { ticket: { ...ticket, status }, ...over }));
  const by = '2026-11-24T08:05:00.000Z';
  const reopen = { until: '2026-12-07T14:20:00.000Z', open: true };
  const rated = talk.map((message) => (message.id === solved.id ? { ...message, rating: rating(3) } : message));
  const long = aMessage({ ...solved, text: `${solved.text}\n\n`.repeat(200), rateable: true });
  const many = Array.from({ length: 40 }, (_, index) => ({ ...(talk[index % 4] ?? first), id: `01KAR${index}` }));
  return {
    new: shown('new', { talk: talkOf([first]), expectation: { kind: 'reply', by } }),
    open: shown('open', { talk: talkOf(talk.slice(0, 3)), expectation: { kind: 'reply', by } }),
    solution: shown('open', { expectation: { kind: 'solution', by: '2026-11-26T08:05:00.000Z' } }),
    longer: shown('open', {
      talk: talkOf(talk.slice(0, 3)),
      expectation: { kind: 'reply', by, longerThan: '2026-11-23T12:05:00.000Z' },
    }),
    late: shown('open', {
      talk: talkOf(talk.slice(0, 3)),
      expectation: { kind: 'late-reply', since: '2026-11-23T12:05:00.000Z', by: '2026-11-24T00:05:00.000Z' },
    }),
    pending: shown('pending', {
      talk: talkOf(talk.slice(0, 2)),
      expectation: { kind: 'paused', waitingFor: 'customer' },
    }),
    'on-hold': shown('on-hold', { expectation: { kind: 'paused', waitingFor: 'third-party', lookAgainBy: by } }),
    resolved: shown('resolved', { reopen, rate: { message: solved.id } }),
    'resolved-rated': shown('resolved', { reopen, talk: talkOf(rated), notice: 'rating' }),
    'rate-chosen': shown('resolved', { reopen, rate: { message: solved.id, score: 4 } }),
    'rate-error': shown('resolved', { reopen, rate: { message: solved.id, wrong: true } }),
    closed: shown('closed', { reopen: { ...reopen, open: false } }),
    'too-late': shown('resolved', {
      reopen: { ...reopen, open: false },
      notice: 'reopen-over',
      write: { text: THANKS[code] },
    }),
    'follow-up': ticketPage(
      aTicketPage(desk, code, {
        ticket: { ...ticket, status: 'new', followUpOf: 'T-3H8QXA' },
        notice: 'follow-up',
        talk: talkOf([first]),
        expectation: { kind: 'reply', by },
      }),
    ),
    error: shown('open', { write: { text: '', error: 'empty' } }),
    'too-long': shown('open', { write: { text: QUESTIONS[code], error: 'too-long' } }),
    texts: shown('open', { texts: '+49 *** 5678', notice: 'texts' }),
    'texts-error': shown('open', { contact: { phone: 'call me', error: 'number' } }),
    many: shown('open', { talk: talkOf(many) }),
    older: shown('open', { talk: talkOf(many, { from: '01KAR20' }) }),
    long: shown('open', { talk: talkOf([long]) }),
    whole: messagePage(aTicketPage(desk, code), long, 1),
  };
};
