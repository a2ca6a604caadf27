import { expect, test } from 'vitest';
import { lengthOf } from '../../../domain/texts/segments.ts';

test.each<[string, string, string, number]>([
  ['nothing', '', 'gsm-7', 1],
  ['160 letters', 'a'.repeat(160), 'gsm-7', 1],
  ['161 letters', 'a'.repeat(161), 'gsm-7', 2],
  ['306 letters', 'a'.repeat(306), 'gsm-7', 2],
  ['307 letters', 'a'.repeat(307), 'gsm-7', 3],
  ['80 euros, of two septets each', '€'.repeat(80), 'gsm-7', 1],
  ['81 euros', '€'.repeat(81), 'gsm-7', 2],
  ['an euro that would be parted', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm-7', 3],
  ['German letters', 'Grüße aus Köln, ß und Ä', 'gsm-7', 1],
  ['a letter that GSM has not', 'ę', 'ucs-2', 1],
  ['70 Persian letters', 'س'.repeat(70), 'ucs-2', 1],
  ['71 Persian letters', 'س'.repeat(71), 'ucs-2', 2],
  ['134 Persian letters', 'س'.repeat(134), 'ucs-2', 2],
  ['135 Persian letters', 'س'.repeat(135), 'ucs-2', 3],
  ['35 faces, of two units each', '😀'.repeat(35), 'ucs-2', 1],
  ['a face that would be parted', `${'س'.repeat(66)}😀${'س'.repeat(66)}`, 'ucs-2', 3],
])('%s', (_, text, alphabet, segments) => {
  expect(lengthOf(text)).toEqual({ alphabet, segments });
});
