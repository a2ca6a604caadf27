import MiniSearch from 'minisearch';
import { describe, expect, test } from 'vitest';
import index from '#desk/knowledge/index.json' with { type: 'json' };
import { indexOptions, openIndex, type SearchedArticle, searchArticles } from '../../../domain/knowledge/search.ts';
import { plain, termOf, wordsOf } from '../../../domain/knowledge/terms.ts';
import { knowledgeIn } from '../../../functions/_shared/knowledge/knowledge.ts';

const first = (locale: string, query: string): string | undefined =>
  searchArticles(openIndex(index[locale] ?? '', locale), query, { locale, limit: 1 })[0]?.slug;

describe('words become terms', () => {
  test('Arabic letters, digits, marks and joiners of Persian are one spelling', () => {
    expect(plain('كارت‌خوانِ يك ۱۲٣')).toBe('کارتخوان یک 123');
    expect(plain('مسئول تأخیر آدرسـ')).toBe('مسیول تاخیر ادرس');
  });

  test.each([
    ['fa', ['می‌شناسد', 'میشناسد', 'شناسد']],
    ['fa', ['کارت‌هایشان', 'کارتها', 'کارت‌های', 'کارت']],
    ['de', ['Rückerstattung', 'Rueckerstattung', 'Ruckerstattungen']],
    ['de', ['groß', 'gross', 'großes', 'grossen']],
    ['en', ['payments', 'payment']],
  ])('in %s, %j are one term', (locale, words) => {
    const terms = new Set(words.flatMap((word) => wordsOf(word).map((each) => termOf(each, locale))));

    expect(terms.size).toBe(1);
  });

  test.each([
    ['en', 'the'],
    ['de', 'für'],
    ['fa', 'است'],
    ['en', 'x'],
    ['en', 'a'.repeat(41)],
  ])('in %s, %s says nothing', (locale, word) => {
    expect(wordsOf(word).map((each) => termOf(each, locale))).toEqual([undefined]);
  });
});

describe('a search finds', () => {
  test.each([
    ['en', 'forgot my passwrd', 'reset-your-password'],
    ['en', 'refnd', 'request-a-refund'],
    ['en', 'blueto', 'pair-a-card-reader'],
    ['en', 'pasw', 'reset-your-password'],
    ['en', 'forgot my pasw', 'reset-your-password'],
    ['en', 'blutoo', 'pair-a-card-reader'],
    ['en', 'bleut', 'pair-a-card-reader'],
    ['en', 'bllueto', 'pair-a-card-reader'],
    ['en', 'bluwto', 'pair-a-card-reader'],
    ['en', 'REFUND!!!', 'request-a-refund'],
    ['de', 'zahlung abgelent', 'payment-failed'],
    ['de', 'rueckerstattung', 'request-a-refund'],
    ['de', 'grosse schrift', 'use-keyboard-and-screen-reader'],
    ['fa', 'كارت خوان', 'pair-a-card-reader'],
    ['fa', 'کارتخوان', 'pair-a-card-reader'],
    ['fa', 'پيگيري مرسوله', 'track-a-delivery'],
    ['fa', 'فعالسازی', 'activate-your-account'],
    ['fa', 'رمز عبورم', 'reset-your-password'],
  ])('in %s by "%s"', (locale, query, slug) => {
    expect(first(locale, query)).toBe(slug);
  });

  test.each([
    '',
    '   ',
    '!?',
    'the',
    'qwzxv',
    '%',
    '\u0000',
    'a'.repeat(10_000),
    '💳',
    "'; DROP",
    'constructor',
    'hasOwnProperty',
  ])('nothing by %j, and does not break', (query) => {
    expect(first('en', query)).toBeUndefined();
  });

  test('nothing in a language that the desk does not write', () => {
    const knowledge = knowledgeIn(index, { offerFromScore: 8, offerAtMost: 3 });

    for (const locale of ['fr', '__proto__', 'constructor', ''])
      expect(knowledge.search('refund', locale, 5)).toEqual([]);
  });

  test('articles of the language alone', () => {
    expect(first('de', 'بازپرداخت')).toBeUndefined();
  });
});

test('a score means the same among ten articles and among a thousand', () => {
  const article = (slug: string, title: string): SearchedArticle => ({
    slug,
    title,
    category: 'other',
    keywords: '',
    headings: '',
    text: title,
  });
  const scoreAmong = (others: number): number => {
    const found = new MiniSearch<SearchedArticle>(indexOptions('en'));
    found.add(article('wanted', 'printer paper'));
    for (let n = 0; n < others; n += 1) found.add(article(`other-${n}`, `subject${n} matter${n}`));
    return searchArticles(found, 'printer paper', { locale: 'en', limit: 1 })[0]?.score ?? 0;
  };

  expect(scoreAmong(1000) / scoreAmong(10)).toBeCloseTo(1, 0);
});

describe('for a whole message', () => {
  const knowledge = knowledgeIn(index, { offerFromScore: 8, offerAtMost: 3 });
  const offered = (locale: string, subject: string, text: string) =>
    knowledge.offer({ subject, text }, locale).map(({ slug }) => slug);

  test.each([
    ['en', 'Payment refused', 'My card is refused, I tried three times at the checkout.', 'payment-failed'],
    [
      'en',
      'Where is my order?',
      'I ordered on Monday and tracking says it has not moved. Thanks, Kim',
      'track-a-delivery',
    ],
    ['de', 'Paket nicht da', 'Mein Paket sollte am Dienstag kommen und ist nicht angekommen.', 'track-a-delivery'],
    ['fa', 'رمز عبور', 'رمزم را فراموش کرده‌ام و ایمیل بازیابی نمی‌آید', 'reset-your-password'],
  ])('in %s, "%s" offers the article that fits first', (locale, subject, text, slug) => {
    expect(offered(locale, subject, text)[0]).toBe(slug);
  });

  test.each([
    ['en', 'Partnership proposal', 'We are a marketing agency and would like to offer you our services.'],
    ['en', 'Llama wool', 'Do you sell the blue llama wool sweater in size L again in spring?'],
    ['en', 'Thank you', 'You were great, all works now'],
    ['de', 'Anfrage', 'Wann ist der blaue Pullover wieder lieferbar?'],
    ['fa', 'سوال', 'سلام ساعت کاری شما چیست؟'],
    ['fr', 'Paiement', 'payment refused card declined'],
  ])('in %s, "%s" offers nothing, because nothing fits well enough', (locale, subject, text) => {
    expect(offered(locale, subject, text)).toEqual([]);
  });

  test('no more are offered than the policy says, and none that is far behind the best', () => {
    const text = 'refund parcel late tracking password reset printer bluetooth error message screenshot export csv';
    const one = knowledgeIn(index, { offerFromScore: 1, offerAtMost: 1 });

    expect(one.offer({ subject: 'Everything', text }, 'en')).toHaveLength(1);
    expect(offered('en', 'Refund', 'I want my money back, cancel order, return, reimbursement')).toEqual([
      'request-a-refund',
    ]);
  });
});
