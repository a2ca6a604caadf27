import { expect, test } from 'vitest';
import { linesOfHtml } from '../../../../domain/mail/reply-text/html-lines.ts';
import { readLines } from '../../../../domain/mail/reply-text/lines.ts';
import { isModest, plainText, withoutData } from '../../../../domain/mail/reply-text/plain-text.ts';
import { readWords } from '../../../../domain/mail/reply-text/read-words.ts';

const wrote = 'On 4 May 2027, at 09:12, Example Support <support@desk.example> wrote:';

test('two thousand lines and a hundred thousand letters are looked at, whatever follows', () => {
  expect(readLines('a\n'.repeat(1_000_000)).length).toBeLessThanOrEqual(2001);
  expect(readLines(`${'a'.repeat(90)}\n`.repeat(50_000)).length).toBeLessThanOrEqual(1100);
  expect(readLines('a'.repeat(1_000_000))).toHaveLength(1);
});

test('a quote that begins behind what is looked at stays in the text', () => {
  const text = `${'a line\n'.repeat(2500)}\n${wrote}\n\n> Hello`;

  expect(readWords({ text, answer: true })).toEqual({ text });
});

test('a line longer than any program writes around a quote is words', () => {
  const text = `${'a '.repeat(250)} ${wrote}\n\nand so on`;

  expect(readLines('a'.repeat(400))[0]?.bare).toHaveLength(400);
  expect(readLines('a'.repeat(401))[0]?.bare).toBe('');
  expect(readWords({ text, answer: true })).toEqual({ text });
});

test('HTML is read as a tree while it is of the size of a mail', () => {
  expect(isModest('<p>a</p>'.repeat(2900))).toBe(true);
  expect(isModest('<p>a</p>'.repeat(3100))).toBe(false);
  expect(isModest('&amp;'.repeat(6100))).toBe(false);
  expect(isModest('a'.repeat(150_001))).toBe(false);
});

test('what stands behind half a megabyte of HTML, or in a style that never ends, is kept as it came', () => {
  expect(plainText(`<b>a</b>${' '.repeat(500_000)}<b>y</b><b>z</b>`)).toMatch(/^a +y<\/b><b>z<\/b>$/);
  expect(plainText('a<style>b<i>c</i>')).toBe('ab<i>c</i>');
  expect(plainText('a<style>p{}</style><i>c</i>')).toBe('ac');
});

test('a mail cannot speak in the letters that stand for structure', () => {
  const lines = linesOfHtml('<p>mine \ue001</p><p>also mine</p>');

  expect(lines.flatMap(({ marks }) => marks ?? [])).toEqual([]);
  expect(readWords({ html: '<p>mine</p><p>\ue001also mine</p>', answer: true }).text).toContain('also mine');
});

test('deeper than eighty boxes, words are read without their boxes', () => {
  const html = `${'<div>'.repeat(500)}deep words${'</div>'.repeat(500)}`;

  expect(readWords({ html, answer: true }).text).toBe('deep words');
});

test('pictures inside the HTML are left out, and words that look like one are not', () => {
  expect(withoutData('<img src="data:image/png;base64,AAAA"><p>a')).toBe('<img src=""><p>a');
  expect(withoutData('<p>I typed data:image/png here</p>')).toBe('<p>I typed data:image/png here</p>');
});
