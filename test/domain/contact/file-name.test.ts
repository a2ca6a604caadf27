import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../../domain/contact/file-name.ts';

test.each([
  ['screenshot.png', 'screenshot.png'],
  ['تصویر صفحه.png', 'تصویر صفحه.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\mina\\error log.txt', 'error log.txt'],
  ['report\u202efdp.exe', 'reportfdp.exe'],
  ['a\r\nSet-Cookie: x.txt', 'a Set-Cookie_ x.txt'],
  ['.htaccess', 'htaccess'],
  ['   ', 'file'],
  ['/', 'file'],
  ['..', 'file'],
])('%j is kept as %j', (given, kept) => {
  expect(safeFileName(given)).toBe(kept);
});

test('a long name is cut before its ending', () => {
  const name = safeFileName(`${'ن'.repeat(500)}.jpeg`);

  expect(name).toHaveLength(120);
  expect(name).toMatch(/ن\.jpeg$/);
});

test('whatever a name holds, nothing of it is a folder, a control or a turn of the reading direction', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = safeFileName(given);

      expect(name).not.toMatch(/[/\\\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(name.isWellFormed()).toBe(true);
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(120);
    }),
  );
});
