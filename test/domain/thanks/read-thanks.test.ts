import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../domain/thanks/phrases.ts';
import { readThanks } from '../../../domain/thanks/read-thanks.ts';

const read = (text: string, mostWords = 20) => readThanks(text, { mostWords, names: ['Sara Miller', 'ada'] });
const saysThanks = (text: string): boolean => read(text).some(({ thanks }) => thanks);

test.each([
  'Danke!',
  'thank you so much 🙏',
  'ممنون از شما',
  'سلام، خیلی ممنون بابت پیگیری',
  'تشکر می‌کنم',
  'Vielen Dank für die schnelle Hilfe, schönes Wochenende!',
  'Thanks Ada!\n\nSara',
  'It’s working now, thanks :)',
  'THANKS!!! 👍🏽',
  'c’est parfait, merci',
  'Grazie mille per l’aiuto',
  'Muchas gracias por su ayuda. Un saludo',
  'Muito obrigada!',
  'Bedankt voor de snelle reactie',
  'Tack så mycket!',
  'Большое спасибо за помощь!',
  'Щиро дякую!',
  'Bardzo dziękuję',
  'teşekkür ederim',
  'شكراً جزيلاً لكم',
  'תודה רבה',
  'ありがとうございました。',
  '谢谢你们！',
  '감사합니다',
  'धन्यवाद',
  'cảm ơn bạn rất nhiều',
  'Thank you, danke, merci',
])('"%s" is nothing but thanks', (text) => {
  expect(saysThanks(text)).toBe(true);
});

test.each([
  'Thanks but it still fails',
  'Danke, aber es geht nicht',
  'ممنون ولی هنوز کار نمی‌کند',
  'ممنون میشم بررسی کنید',
  'Thanks, when?',
  'Thanks?',
  'ممنون؟',
  'ευχαριστώ;',
  'No thanks',
  'Nein danke',
  'Thanks for nothing',
  'Thanks 2',
  'thanks https://example.com',
  'thanks www.example.com',
  'Thanks 😡',
  'Thanks. Please cancel my order',
  'Thanks Refund',
  'ok',
  '',
  '!!!',
  '<b>thanks</b>',
])('"%s" is more than thanks, or none', (text) => {
  expect(saysThanks(text)).toBe(false);
});

test('that all is well is told apart from thanks', () => {
  expect(read('Perfect 👍')).toEqual([{ thanks: false, well: true }]);
  expect(read('Perfect, thanks')).toEqual([{ thanks: true, well: true }]);
  expect(read('Thanks')).toEqual([{ thanks: true, well: false }]);
});

test('a message of more words than the policy says is read like any other', () => {
  expect(read('thank you very much', 4)).not.toEqual([]);
  expect(read('thank you very much', 3)).toEqual([]);
});

test('one word that no phrase knows makes it a message, wherever it stands', () => {
  const phrase = fc.constantFrom(...Object.values(LANGUAGES).flatMap(({ thanks }) => thanks.split('|')));
  fc.assert(
    fc.property(
      phrase,
      fc.constantFrom('kaputt', 'invoice', 'نشد', 'возврат', 'zwart'),
      fc.boolean(),
      (said, word, first) => {
        expect(saysThanks(said)).toBe(true);
        expect(saysThanks(first ? `${word} ${said}` : `${said} ${word}`)).toBe(false);
      },
    ),
  );
});
