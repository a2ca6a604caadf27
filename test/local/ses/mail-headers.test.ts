import { expect, test } from 'vitest';
import { withHeaders } from '../../../local/ses/mail-headers.ts';

test('headers in any charset keep their bytes when others are put on top', () => {
  const raw = Buffer.from('Subject: Gr\xf6\xdfe\r\nX-Old: 1\r\n\r\nK\xf6ln', 'latin1');

  const changed = withHeaders(raw, (name) => name === 'x-old', [{ name: 'Return-Path', value: '<kim@example.com>' }]);

  expect(changed.toString('latin1')).toBe('Return-Path: <kim@example.com>\r\nSubject: Gr\xf6\xdfe\r\n\r\nK\xf6ln');
});

test('a mail of headers alone gets its empty line', () => {
  const changed = withHeaders(Buffer.from('Subject: Hi'), () => false, [{ name: 'To', value: 'kim@example.com' }]);

  expect(changed.toString('latin1')).toBe('To: kim@example.com\r\nSubject: Hi\r\n\r\n');
});
