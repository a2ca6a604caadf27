import { describe, expect, test } from 'vitest';
import categories from '#desk/categories.json' with { type: 'json' };
import { categorise } from '../../../domain/triage/categorise.ts';
import { mentions, wordsOf } from '../../../domain/triage/words.ts';
import { theCategories } from '../../support/builders.ts';

const spoken: Array<[keyword: string, text: string]> = [
  ['refund', 'Where are my refunds?'],
  ['Rechnung', 'Die Rechnungsnummer fehlt'],
  ['Rechnung', 'meine stromrechnung'],
  ['verspätet', 'Das Paket ist verspaetet'],
  ['Passwort', 'PASSWORTÄNDERUNG klappt nicht'],
  ['پرداخت', 'پرداخت‌هایم انجام نشد'],
  ['کارت', 'کارتم رد شد'],
  ['کارت', 'كارت من'],
  ['باز نمی‌شود', 'صفحه باز نمیشود'],
  ['باز نمی‌شود', 'صفحه باز نمی شود'],
  ['تأخیر', 'بسته تاخیر دارد'],
  ['پرداخت', 'پَرداخـــت'],
];

const notSpoken: Array<[keyword: string, text: string]> = [
  ['card', 'cardigan and discard'],
  ['late', 'chocolate plate'],
  ['Rechnung', 'Berechnung'],
  ['Konto', 'kontor'],
  ['pay', 'display'],
  ['کارت', 'کارتون'],
];

describe('a keyword', () => {
  test.each(spoken)('"%s" is spoken of in "%s"', (keyword, text) => {
    expect(mentions(wordsOf(text), keyword)).toBe(true);
  });

  test.each(notSpoken)('"%s" is not in "%s"', (keyword, text) => {
    expect(mentions(wordsOf(text), keyword)).toBe(false);
  });
});

describe('the category of a text', () => {
  test('at a tie is the more severe, and the reason says what it outweighed', () => {
    expect(categorise(undefined, 'error in payment', theCategories()).reason).toBe(
      'Category payment, by payment. As much was found of technical; payment is more severe.',
    );
  });

  test('is an opinion only where no keyword is found, the first that names a category of the desk', () => {
    const opinions = [
      { rule: 'category.classifier' as const, why: 'The classifier is not sure.' },
      { rule: 'category.model' as const, category: 'technical', confidence: 0.9, why: 'As the model says.' },
    ];

    expect(categorise(undefined, 'hello', theCategories(), opinions)).toMatchObject({
      category: { id: 'technical' },
      rule: 'category.model',
      reason: 'No keyword was found. The classifier is not sure. As the model says.',
    });
    expect(categorise(undefined, 'my payment', theCategories(), opinions).rule).toBe('category.keywords');
    expect(categorise('payment', 'hello', theCategories(), opinions).rule).toBe('category.chosen');
  });

  test('named by nothing that the desk knows is other, with what was said', () => {
    const opinions = [{ rule: 'category.model' as const, category: 'root; drop', why: 'Nonsense.' }];

    expect(categorise(undefined, 'hello', theCategories(), opinions)).toMatchObject({
      category: { id: 'other' },
      reason: 'Category other: no keyword was found. Nonsense.',
    });
  });

  test.each([
    ['technical', 'The page is so slow, and I get an error message'],
    ['technical', 'Die Seite lädt nicht, ich sehe nur eine Fehlermeldung'],
    ['technical', 'سایت خیلی کند است و خطا می‌دهد'],
    ['interface', 'I cannot find the button in the menu'],
    ['interface', 'دکمه را در منو پیدا نمی‌کنم'],
    ['payment', 'You charged my card twice, I want a refund'],
    ['payment', 'Die Abbuchung auf meiner Kreditkartenabrechnung stimmt nicht'],
    ['payment', 'درگاه پرداخت تراکنش را رد کرد'],
    ['account', 'I forgot my password and my account is locked'],
    ['account', 'Ich habe mein Passwort vergessen und mein Konto ist gesperrt'],
    ['account', 'رمز عبورم کار نمی‌کند و نمی‌توانم وارد حسابم شوم'],
    ['shipping', 'My parcel is late and the tracking says nothing'],
    ['shipping', 'Die Lieferung kam beschädigt an'],
    ['shipping', 'بسته‌ام هنوز نرسیده و مرسوله تأخیر دارد'],
    ['feature-request', 'A suggestion: please add a dark mode, it would be great'],
    ['feature-request', 'Ein Vorschlag: Es wäre schön, wenn es eine Suche gäbe'],
    ['feature-request', 'پیشنهاد می‌کنم قابلیت جستجو را اضافه کنید'],
    ['other', 'Who is your chief executive?'],
  ])('of this desk is %s: %s', (category, text) => {
    expect(categorise(undefined, text, categories).category.id).toBe(category);
  });
});
