import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWords, type Words } from '../../../../domain/mail/reply-text/read-words.ts';
import { collection, readSample } from './collection.ts';

/** Pieces mails are made of, in any order: also orders no program ever wrote. */
const piece = fc.oneof(
  fc.constantFrom(
    'On 4 May 2027, at 09:12, Example Support <support@desk.example> wrote:',
    'Am 04.05.27 um 09:12 schrieb Example Support:',
    '-----Original Message-----',
    '---------- Forwarded message ---------',
    'From: Example Support <support@desk.example>',
    'Sent: Tuesday, 4 May 2027 09:12',
    'To: ann@customer.example',
    'Subject: Re: chair',
    '-- ',
    '--',
    '________________________________',
    'Sent from my iPhone',
    'Best regards,',
    'Ann Whitfield',
    'Tel. +44 20 7946 0011',
    '> Did the chair arrive?',
    '>> It left on Monday.',
    '>',
    '| a | b |',
    '<',
    '> wrote:',
    'Please see my answers below.',
    'This e-mail is confidential and intended solely for the addressee; disclosure is prohibited. Delete it if in error.',
    '',
    '',
  ),
  fc.string({ maxLength: 60 }).map((words) => words.replaceAll(/[\r\n\u2028\u2029]/g, ' ')),
);

const shown = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');

const allOf = ({ text, quoted }: Words): string[] => [...shown(text), ...shown(quoted ?? '')];

/** Whether `part` is `whole` with lines left out. */
const inOrder = (part: string[], whole: string[]): boolean => {
  let at = 0;
  for (const line of whole) if (line === part[at]) at += 1;
  return at === part.length;
};

test('no line of an answer is lost or doubled, and their order is kept', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (lines, answer) => {
      const text = lines.join('\n');
      const words = readWords({ text, answer });

      expect(allOf(words).sort()).toEqual(shown(text).sort());
      expect(inOrder(shown(words.text), shown(text))).toBe(true);
      expect(inOrder(shown(words.quoted ?? ''), shown(text))).toBe(true);
    }),
    { seed: 11, numRuns: 1000 },
  );
});

test('a mail with words never reads as empty', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (lines, answer) => {
      const text = lines.join('\n');

      expect(readWords({ text, answer }).text.trim() === '').toBe(text.trim() === '');
    }),
    { seed: 12, numRuns: 500 },
  );
});

test('what the programs of the collection sent is all there, in what is shown and what is folded', () => {
  for (const sample of collection()) {
    if (sample.text === undefined) continue;

    expect(allOf(readSample(sample, 'text')).sort(), sample.name).toEqual(shown(sample.text).sort());
  }
});

test('the end of a quoted line that slipped out of its quote is no word of the person', () => {
  const text =
    'Yes.\n\nOn 4 May 2027, at 09:12, Example Support wrote:\n\n> would you like us to send the spare parts to the address of the\nbakery or to your home\n> instead?';

  expect(readWords({ text, answer: true }).text).toBe('Yes.');
});

test('an answer below a long quote is shown with the end of it only', () => {
  const quote = Array.from({ length: 40 }, (_, line) => `> line ${line}`).join('\n');

  const words = readWords({ text: `${quote}\n\nThe last one is wrong.\n\n> bye`, answer: true });

  expect(words.text).toContain('> line 39');
  expect(words.text).not.toContain('> line 20');
  expect(words.quoted).toContain('> line 20');
});

test('a mail without a word has an empty text and nothing folded', () => {
  expect(readWords({ answer: true })).toEqual({ text: '' });
  expect(readWords({ text: ' \n\n\u00a0', html: '<p></p>', answer: true })).toEqual({ text: '' });
});

test('what the desk wrote is recognised without any mark, and the words around it stay', () => {
  const ours = ['Hello Ann,\n\nThank you for writing to us.\nYou will hear from one of us by Tuesday.\n\nThe team'];
  const text =
    'Any news?\n\nHello Ann,\n\nThank you for writing to us.\nYou will hear from one of us by Tuesday.\n\nIt is Wednesday.';

  const words = readWords({ text, answer: true, ours });

  expect(words.text).toBe('Any news?\n\nIt is Wednesday.');
  expect(words.quoted).toBe('Hello Ann,\n\nThank you for writing to us.\nYou will hear from one of us by Tuesday.');
});

test('one line of the desk, repeated, is the words of the person', () => {
  const ours = ['Hello Ann,\nYou will hear from one of us by Tuesday, 4 May 2027.\nThe team'];
  const text = 'You wrote:\n\nYou will hear from one of us by Tuesday, 4 May 2027.\n\nNobody did.';

  expect(readWords({ text, answer: true, ours })).toEqual({ text });
});

test('two short lines that the desk writes too are the words of the person', () => {
  const text = 'Hello Ann,\nThank you\n\nfor nothing.';

  expect(readWords({ text, answer: true, ours: ['Hello Ann,\nThank you'] })).toEqual({ text });
});

test.each([
  'Original message:\n\nyour parcel is late.\n\nIs that so?',
  'I heard:\n\nHe wrote to bob@example.com:\n\nPlease call me.',
  'On Monday 3 May 2027 at 10:00 I wrote:\n\ncancel it.',
  'The form of 3 May 2027 says what the driver wrote:\n\nnobody at home.',
  'From: Leeds\nTo: Rome\nDate: 3 May 2027\nBags: 2',
])('words that only look like the head of a quote are kept: %j', (words) => {
  const text = `Please listen.\n\n${words}`;

  expect(readWords({ text, answer: true })).toEqual({ text });
});

test.each([
  'On Mon, Feb 1,\n2027 at 4:58 AM, Example Support <support@desk.example> wrote:\n\nWhich one?',
  '----------------\nКому: ann@customer.example;\nТема: Re: 7K2;\n04.05.2027, 09:12, "Example Support" <support@desk.example>:\n\nWhich one?',
  'Feladó: Example Support <support@desk.example>\nElküldve: 2027. május 4.\nCímzett: Ann\nTárgy: Re\n\nWhich one?',
  'On Thu, 4 May 2027 at 11:16 Example Support\n\n<\nmailto:support@desk.example\n> wrote:\n\nWhich one?',
])('the head of a quote is found however it is broken: %j', (head) => {
  expect(readWords({ text: `The green one.\n\n${head}`, answer: true }).text).toBe('The green one.');
});

test('HTML decides where the plain part runs the answer and the attribution together', () => {
  const words = readWords({
    text: 'Tuesday04.05.2027 09:12 Example Support <support@desk.example> wrote:\n\n> Which day?\n',
    html: '<p>Tuesday</p><div class="gmail_quote">04.05.2027 09:12 Example Support &lt;support@desk.example&gt; wrote:<br><blockquote class="gmail_quote">Which day?</blockquote></div>',
    answer: true,
  });

  expect(words.text).toBe('Tuesday');
  expect(words.quoted).toContain('Which day?');
});

test('HTML decides where nobody knows how the plain part announces its quote', () => {
  const words = readWords({
    text: 'Já, takk.\n\nÞann þriðjudag ritaði þjónustan\n\nViltu nýjan lykil?\n',
    html: '<p>Já, takk.</p><div class="gmail_attr">Þann þriðjudag ritaði þjónustan</div><blockquote>Viltu nýjan lykil?</blockquote>',
    answer: true,
  });

  expect(words.text).toBe('Já, takk.');
});

test.each([true, false])('HTML is read where the plain part only says that there is HTML (answer: %s)', (answer) => {
  const words = readWords({
    text: 'This message needs a program that shows HTML.',
    html: `<p>${'The lamp flickers whenever the dishwasher runs. '.repeat(16)}</p>`,
    answer,
  });

  expect(words.text).toContain('The lamp flickers');
});

test('a first mail that brings an older one along is kept to its last line', () => {
  const text =
    'Nobody answers this:\n\nOn 4 May 2027, at 09:12, Shop <a@shop.example> wrote:\n\n> Soon.\n\n-- \nShop desk';

  expect(readWords({ text, answer: false })).toEqual({ text });
});

test('an answer whose subject says that it is passed on is kept whole', () => {
  const text = 'See below.\n\nDe : Atelier <atelier@shop.example>\nEnvoyé : lundi\nÀ : Claire\nObjet : Devis\n\n240 €';

  expect(readWords({ text, subject: 'TR: Devis', answer: true })).toEqual({ text });
  expect(readWords({ text: text.slice(12), subject: 'Re: Devis', answer: true }).text).toContain('240 €');
});

test('text behind what is looked at is kept as it came', () => {
  const long = `Here is the log.\n\n${'2027-05-04 09:12 ERROR timeout\n'.repeat(20_000)}That was all.`;
  const quoted = `Thanks!\n\nOn 4 May 2027, at 09:12, Ann <ann@customer.example> wrote:\n\n${'line\n'.repeat(5000)}`;

  expect(readWords({ text: long, answer: true })).toEqual({ text: long });
  expect(readWords({ text: quoted, answer: true }).text).toBe('Thanks!');
  expect(readWords({ text: quoted, answer: true }).quoted?.match(/line/g)).toHaveLength(5000);
});

test.each([
  ['nested a hundred thousand deep', `<p>first</p>${'<blockquote>'.repeat(100_000)}words`],
  ['large', `<p>first</p>${'<p>more</p>'.repeat(40_000)}words`],
  ['never closed', '<p>first<div><table><tr><td>and <b>some <i>more</td><p>words'],
  ['broken in a tag', '<p>first</p><p>words <a href="'],
  ['with a style that never ends', `<p>first words</p>${'<style>'.repeat(30_000)}`],
])('HTML that is %s keeps its words', (_, html) => {
  const { text } = readWords({ html, answer: false });

  expect(text).toContain('first');
  expect(text).toContain('words');
});

test('a hidden preview is no word of the person', () => {
  const html = '<div style="display:none;max-height:0">Preview of nothing</div><p>It works.</p>';

  expect(readWords({ html, answer: true }).text).toBe('It works.');
});
