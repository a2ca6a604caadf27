import { describe, expect, test } from 'vitest';
import type { LinkKey } from '../../../domain/contact/capability.ts';
import { readReplyAddress, replyAddress } from '../../../domain/contact/reply-address.ts';

const key: LinkKey = { id: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' };
const other: LinkKey = { id: 'k2', secret: 'another-secret-of-thirty-two-characters' };
const desk = 'Support@desk.example.com';
const address = replyAddress('T-7K2M9Q', desk, key);

describe('the reply address of a ticket', () => {
  test('names its ticket, in a local part that mail systems carry', () => {
    expect(address).toMatch(/^support\+t-7k2m9q\.[0-9a-z]{26}@desk\.example\.com$/);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
  });

  test('leads back to the ticket in any case, and with any key in use', () => {
    const read = [address, address.toUpperCase(), ` ${address} `].map((text) =>
      readReplyAddress(text, desk, [other, key]),
    );

    expect(read).toEqual(read.map(() => ({ ok: true, value: { ticketId: 'T-7K2M9Q' } })));
  });

  test('is refused when any one character is another', () => {
    const accepted: string[] = [];

    for (let at = 0; at < address.length; at += 1)
      for (const letter of '0123456789abcdefghijklmnopqrstuvwxyz.+-@') {
        const changed = address.slice(0, at) + letter + address.slice(at + 1);
        if (changed !== address && readReplyAddress(changed, desk, [key]).ok) accepted.push(changed);
      }

    expect(accepted).toEqual([]);
  });

  test('is refused when cut, without signature, or of another desk', () => {
    const [local = ''] = address.split('@');
    const signature = local.split('.')[1] ?? '';
    const wrong = [
      ...Array.from({ length: address.length }, (_, length) => address.slice(0, length)),
      'support@desk.example.com',
      'support+t-7k2m9q@desk.example.com',
      'support+t-7k2m9q.@desk.example.com',
      `support+t-7k2m9q.${signature}@other.example.com`,
      replyAddress('T-7K2M9Q', desk, other),
      replyAddress('T-7K2M9Q', 'support@other.example.com', key).replace('other.', 'desk.'),
    ];

    const accepted = wrong.filter((text) => readReplyAddress(text, desk, [key]).ok);

    expect(accepted).toEqual([]);
  });

  test('is not made when the local part would be too long', () => {
    expect(() => replyAddress('T-7K2M9Q', `${'long'.repeat(10)}@example.com`, key)).toThrow(/at most 64/);
  });
});
