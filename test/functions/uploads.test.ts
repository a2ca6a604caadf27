import { expect, test } from 'vitest';
import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import { signCapability } from '../../domain/contact/capability.ts';
import { signReceipt } from '../../domain/contact/upload.ts';
import { attachmentsFrom } from '../../functions/_shared/files/uploads.ts';

const keys: LinkKeys = [{ id: 'k1', secret: 's'.repeat(64) }];
const now = '2026-11-23T08:00:00.000Z';
const file = { key: 'uploads/abc', name: 'تصویر صفحه.png', type: 'image/png', bytes: 2048 };

test('a receipt becomes the attachment it was made for', () => {
  const receipt = signReceipt(file, now, keys[0]);

  expect(attachmentsFrom([receipt], keys, '2026-11-24T07:59:59.000Z')).toEqual([file]);
});

test('the same receipt twice is one file', () => {
  const receipt = signReceipt(file, now, keys[0]);

  expect(attachmentsFrom([receipt, receipt], keys, now)).toEqual([file]);
});

test('a receipt ends a day after its file was stored, before the file does', () => {
  const receipt = signReceipt(file, now, keys[0]);

  expect(() => attachmentsFrom([receipt], keys, '2026-11-24T08:00:00.000Z')).toThrow(
    expect.objectContaining({ status: 422, errors: [expect.objectContaining({ path: 'attachments.0' })] }),
  );
});

test('a link of another purpose is no receipt', () => {
  const link = signCapability(
    { purpose: 'ticket', subject: JSON.stringify(['in/raw', 'a', 'b', 1]), recipient: 'x', expiresAt: '2027-01-01' },
    keys[0],
  );

  expect(() => attachmentsFrom([link], keys, now)).toThrow(expect.objectContaining({ status: 422 }));
});

test('a receipt of another desk is none', () => {
  const receipt = signReceipt(file, now, { id: 'k1', secret: 'x'.repeat(64) });

  expect(() => attachmentsFrom([receipt], keys, now)).toThrow(expect.objectContaining({ status: 422 }));
});

test('a message takes ten files, not eleven', () => {
  const receipts = Array.from({ length: 11 }, (_, index) =>
    signReceipt({ ...file, key: `uploads/${index}` }, now, keys[0]),
  );

  expect(attachmentsFrom(receipts.slice(1), keys, now)).toHaveLength(10);
  expect(() => attachmentsFrom(receipts, keys, now)).toThrow(
    expect.objectContaining({ status: 422, errors: [expect.objectContaining({ path: 'attachments' })] }),
  );
});
