import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../../domain/triage/language.ts';

const speaks = ['en', 'de', 'fa'];

const written: Array<[language: string, text: string]> = [
  ['en', 'I have been waiting for my parcel since last week and nobody answers.'],
  ['en', 'Payment refused\nMy card is refused.'],
  ['en', 'My payment fails and I cannot log in'],
  ['de', 'Seit gestern kann ich mich nicht mehr anmelden, bitte helfen Sie mir.'],
  ['de', 'Die Seite lädt nicht mehr, was ist los?'],
  ['de', 'Login geht nicht'],
  ['fa', 'پرداخت من انجام نشد و پول از حساب کم شد'],
  ['fa', 'سلام، رمز عبورم را فراموش کرده‌ام'],
  ['fa', 'سلام'],
  ['other', 'Bonjour, mon paiement a été refusé hier soir, pouvez-vous vérifier ?'],
  ['other', 'Hola, no puedo iniciar sesión en mi cuenta desde ayer'],
  ['other', 'لا أستطيع تسجيل الدخول إلى حسابي منذ أمس'],
  ['other', 'Ik kan niet inloggen op mijn account sinds gisteren'],
  ['other', 'Non riesco ad accedere al mio account, potete aiutarmi?'],
  ['other', 'Не могу войти в личный кабинет'],
  ['other', '支払いができません'],
  ['other', 'Ödeme yapamıyorum lütfen yardım edin'],
];

describe('the language of a text', () => {
  test.each(written)('is %s: %s', (language, text) => {
    const detected = detectLanguage(text, speaks);

    expect(detected.language).toBe(language);
    expect(detected.confidence).toBeGreaterThanOrEqual(0.6);
  });

  test.each(['', '12345', 'error 500', 'Printer', 'https://example.com/der/die/das/nicht', 'ada@der.die.das'])(
    'is not told from "%s"',
    (text) => {
      expect(detectLanguage(text, speaks).confidence).toBeLessThan(0.6);
    },
  );

  test('is other when the desk does not write it, and the desk’s own tag when it does', () => {
    expect(detectLanguage('Seit gestern kann ich mich nicht anmelden', ['en']).language).toBe('other');
    expect(detectLanguage('Seit gestern kann ich mich nicht anmelden', ['en', 'de-AT']).language).toBe('de-AT');
  });

  test('of whatever is written is one of the desk’s or other, and sure of it by 1 at most', () => {
    expect(detectLanguage('𠀀⺀', speaks)).toMatchObject({ language: 'other', confidence: 1 });

    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 5000 }), (text) => {
        const { language, confidence } = detectLanguage(text, speaks);

        expect([...speaks, 'other']).toContain(language);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });
});
