import { expect, test } from 'vitest';
import { readWords } from '../../../../domain/mail/reply-text/read-words.ts';

const shown = (end: string): string => readWords({ text: `It rattles again.\n\n${end}`, answer: true }).text;

test.each([
  'Sent from my phone, please excuse typos.',
  'Sent from my TI-85',
  '(sent from a mobile phone)',
  'Get Outlook for Android<https://aka.ms/example>',
  'Von meinem Telefon gesendet, bitte Tippfehler entschuldigen.',
  'Envoyé depuis mon téléphone portable',
  'Enviado desde mi teléfono Huawei',
  'Inviato dal mio telefono',
  'Отправлено с моего телефона',
  'Cep telefonumdan gönderildi',
  'از گوشی من ارسال شده است',
  '发自我的手机',
  'スマートフォンから送信',
  '--\nAnn Whitfield\nNorthgate Bakeries',
  '-- \nAnn Whitfield\nIs anything unclear? Ask me!',
  'ᐧ',
  '----------',
])('"%s" is folded away', (end) => {
  expect(shown(end)).toBe('It rattles again.');
});

test.each([
  'Sent from my desk, where it is quieter than on my phone.',
  'Sent the phone back on Monday by mail',
  'Gesendet habe ich das Handy am Montag',
  'Telefon dün kargodan geldi',
  'Thanks,\nAnn',
  'Thanks,\nAnn\n+44 20 7946 0011',
  'Regards,\nAnn\nat the mill in\nCheshire, England',
  'Regards,\nAnn\nHead of Purchasing\n+44 20 7946 0011\nCan you call me there today?',
  '-Ann',
  '--\nIs it the bearing?',
  '____\nthe noise is worse in the morning',
  'Please treat this as confidential, and delete this mail from the ticket when you have read it. Thank you very much!',
])('"%s" is kept', (end) => {
  expect(shown(end)).toBe(`It rattles again.\n\n${end}`);
});

test('a card of more lines than a signature has is words', () => {
  const list = Array.from({ length: 30 }, (_, line) => `part ${line}`).join('\n');

  expect(shown(`--\n${list}`)).toContain('part 7');
});

test('a notice that is all the person wrote is shown, and what it answers is folded', () => {
  const notice =
    'The attachments you sent are confidential and were intended solely for my neighbour; I got them in error and will delete it all.';

  const words = readWords({
    text: `${notice}\n\nOn 4 May 2027, at 09:12, Example Support wrote:\n\n> Here is your contract.`,
    answer: true,
  });

  expect(words.text).toBe(notice);
});

test('the footer of a list is folded, and a table under a line is not', () => {
  expect(shown('____\nhome-audio list\nhttps://lists.example/home-audio')).toBe('It rattles again.');
  expect(shown(`____\n${'measured 4 mm\n'.repeat(9)}see https://rattle.example/9`)).toContain('measured 4 mm');
});
