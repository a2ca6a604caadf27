import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Capability, type LinkKey, readCapability, signCapability } from '../../../domain/contact/capability.ts';

const key: LinkKey = { id: 'k1', secret: 'a-secret-of-at-least-thirty-two-characters' };
const other: LinkKey = { id: 'k2', secret: 'another-secret-of-thirty-two-characters' };
const survey: Capability = {
  purpose: 'survey',
  subject: 'T-7K2M9Q#1#csat',
  recipient: '01JDA9Y1ZK',
  expiresAt: '2026-12-21T08:00:00.000Z',
};
const now = '2026-11-23T08:00:00.000Z';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a link of the desk', () => {
  test('gives back what was signed, whatever its words', () => {
    const purposes = fc.constantFrom('ticket', 'survey', 'unsubscribe', 'acknowledge', 'reply') as fc.Arbitrary<
      Capability['purpose']
    >;
    const expires = fc.date({ min: new Date('2026-11-24'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        purposes,
        fc.string({ unit: 'binary' }),
        fc.string(),
        expires,
        (purpose, subject, recipient, date) => {
          const capability = { purpose, subject, recipient, expiresAt: date.toISOString() };

          const read = readCapability(signCapability(capability, key), purpose, [other, key], now);

          expect(read).toEqual({ ok: true, value: capability });
        },
      ),
    );
  });

  test('is one word of base64url, safe in a path', () => {
    const token = signCapability(survey, key);

    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test('is refused when any one character is another', () => {
    const token = signCapability(survey, key);
    const accepted: string[] = [];

    for (let at = 0; at < token.length; at += 1)
      for (const letter of ALPHABET) {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        if (changed !== token && readCapability(changed, 'survey', [key, other], now).ok) accepted.push(changed);
      }

    expect(accepted).toEqual([]);
  });

  test('is refused when any bit of it is flipped, though written canonically', () => {
    const bytes = Buffer.from(signCapability(survey, key), 'base64url');
    const accepted: number[] = [];

    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (readCapability(changed.toString('base64url'), 'survey', [key, other], now).ok) accepted.push(bit);
    }

    expect(accepted).toEqual([]);
  });

  test('is refused when cut, lengthened, padded or written in another alphabet', () => {
    const token = signCapability({ ...survey, recipient: '>>>???>>>???' }, key);
    const standard = Buffer.from(token, 'base64url').toString('base64');
    const cuts = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
    const changed = [...cuts, ...cuts.map((cut) => token.slice(cut.length + 1)), `${token}A`, `${token}=`, ` ${token}`];

    const accepted = [...changed, `${token}\n`, standard === token ? '' : standard, 'é', '🙂', 'A'.repeat(5000)].filter(
      (text) => readCapability(text, 'survey', [key], now).ok,
    );

    expect(accepted).toEqual([]);
  });

  test('does not lend its signature to another link', () => {
    const mine = Buffer.from(signCapability(survey, key), 'base64url');
    const yours = Buffer.from(signCapability({ ...survey, subject: 'T-8A3M9Q#1#csat' }, key), 'base64url');

    const swapped = Buffer.concat([mine.subarray(0, -32), yours.subarray(-32)]).toString('base64url');

    expect(readCapability(swapped, 'survey', [key], now)).toMatchObject({ ok: false, refusal: 'forged' });
  });

  test('opens only what it was made for', () => {
    const token = signCapability(survey, key);

    const read = readCapability(token, 'ticket', [key], now);

    expect(read).toMatchObject({ ok: false, refusal: 'other-purpose' });
  });

  test('ends at its time', () => {
    const token = signCapability(survey, key);

    const before = readCapability(token, 'survey', [key], '2026-12-21T07:59:59.999Z');
    const after = readCapability(token, 'survey', [key], '2026-12-21T08:00:00.000Z');

    expect(before.ok).toBe(true);
    expect(after).toMatchObject({ ok: false, refusal: 'expired' });
  });

  test('is refused when its key was taken out of use, or another secret bears its name', () => {
    const token = signCapability(survey, key);

    const retired = readCapability(token, 'survey', [other], now);
    const renamed = readCapability(token, 'survey', [{ id: 'k1', secret: other.secret }], now);

    expect(retired).toMatchObject({ ok: false, refusal: 'unknown-key' });
    expect(renamed).toMatchObject({ ok: false, refusal: 'forged' });
  });

  test('is not signed with a secret that could be guessed', () => {
    expect(() => signCapability(survey, { id: 'k1', secret: 'short' })).toThrow(/needs 32/);
  });
});
