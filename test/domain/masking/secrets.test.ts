import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecretsInHtml } from '../../../domain/masking/mask-html.ts';
import { maskCards, maskSecrets } from '../../../domain/masking/mask-secrets.ts';

describe('secrets after a word that tells', () => {
  test.each([
    ['password: hunter2', 'password: ****'],
    ['Password = "correct horse battery"', 'Password = "****"'],
    ['my password is Tr0ub4dor&3, thanks', 'my password is ****, thanks'],
    ['my password is sunshine.', 'my password is ****.'],
    ['Password for the portal: abc123xyz', 'Password for the portal: ****'],
    ['Password:\nhunter22\nThanks', 'Password:\n****\nThanks'],
    ['Password: secret', 'Password: ****'],
    ['password: password: hunter2', 'password: password: ****'],
    ['DB_PASSWORD=s3cr3t', 'DB_PASSWORD=****'],
    ['{"password": "abc 123"}', '{"password": "****"}'],
    ['Das Passwort lautet geheim', 'Das Passwort lautet ****'],
    ['Mein Kennwort ist: Sommer2024!', 'Mein Kennwort ist: ****!'],
    ['Kennwort: „mein Hund“', 'Kennwort: „****“'],
    ['رمز عبور: abc۱۲۳', 'رمز عبور: ****'],
    ['رمز عبورم ۱۲۳۴۵۶ است', 'رمز عبورم **** است'],
    ['گذرواژه جدید: گل‌سرخ', 'گذرواژه جدید: ****'],
    ['پسورد: hunter2', 'پسورد: ****'],
  ])('hides the password of %j', (text, clean) => {
    expect(maskSecrets(text)).toEqual({ text: clean, masked: ['password'] });
  });

  test.each([
    ['PIN 1234', 'PIN ****'],
    ['my OTP is 482910', 'my OTP is ****'],
    ['verification code: 123-456', 'verification code: ****'],
    ['TAN: 918273', 'TAN: ****'],
    ['Bestätigungscode lautet 4711', 'Bestätigungscode lautet ****'],
    ['رمز پویا: ۱۲۳۴۵۶', 'رمز پویا: ****'],
    ['کد تأیید ۹۸۷۶۵', 'کد تأیید ****'],
  ])('hides the code of %j', (text, clean) => {
    expect(maskSecrets(text)).toEqual({ text: clean, masked: ['one-time-code'] });
  });

  test.each([
    ['CVV 123', 'CVV ***'],
    ['cvc2: 999', 'cvc2: ***'],
    ['security code is 4321', 'security code is ****'],
    ['Kartenprüfnummer 123', 'Kartenprüfnummer ***'],
    ['CVV2 (۱۲۳)', 'CVV2 (***)'],
  ])('hides the card code of %j', (text, clean) => {
    expect(maskSecrets(text)).toEqual({ text: clean, masked: ['card-code'] });
  });

  test.each([
    'My password is wrong',
    'Password: ****, PIN ****',
    'The password was changed yesterday and is not accepted.',
    'I forgot my password: please help',
    'Password reset does not work',
    'Mein Passwort ist falsch.',
    'Das Passwort ist abgelaufen, bitte zurücksetzen',
    'رمز عبور من کار نمی‌کند',
    'رمز عبورم را فراموش کردم',
    'error code: 5012',
    'Fehlercode 1234 in Zeile 12',
    'Order 2026-000123, postcode 10115, 3 pins on the map',
    'my secret is out',
    'the tan is a colour',
    '',
  ])('leaves %j alone', (text) => {
    expect(maskSecrets(text)).toEqual({ text, masked: [] });
  });
});

describe('keys and tokens', () => {
  const secret = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8';
  test.each([
    ['an AWS key', `AKIA${'IOSFODNN7EXAMPLE'}`],
    ['a JSON Web Token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${secret}`],
    ['a Stripe key', `sk_live_${secret}`],
    ['a GitHub token', `ghp_${secret}`],
    ['a GitLab token', `glpat-${secret}`],
    ['a Slack token', `xoxb-${secret}`],
    ['a Google key', `AIza${secret}`],
  ])('hides %s wherever it stands', (_, key) => {
    expect(maskSecrets(`It says ${key} in the log`)).toEqual({ text: 'It says **** in the log', masked: ['api-key'] });
  });

  test('hides a private key from its first line to its last, and one that was cut off', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKC', 'AQEA7', '-----END RSA PRIVATE KEY-----'].join(
      '\n',
    );

    expect(maskSecrets(`see\n${key}\nbye`).text).toBe(
      'see\n-----BEGIN RSA PRIVATE KEY-----****-----END RSA PRIVATE KEY-----\nbye',
    );
    expect(maskSecrets(key.slice(0, 44)).text).toBe('-----BEGIN RSA PRIVATE KEY-----****');
  });

  test('hides the password of an address and of an authorization header', () => {
    expect(maskSecrets('get https://kim:pa55@example.com/x').text).toBe('get https://kim:****@example.com/x');
    expect(maskSecrets('Authorization: Bearer abcdefghijklmnop1234').text).toBe('Authorization: Bearer ****');
    expect(maskSecrets('see https://example.com:8080/a@b').masked).toEqual([]);
  });

  test('hides secrets in the attributes of HTML and keeps its tags', () => {
    const html = '<p>Passwort: <b>Sommer2024</b><br>ok <a href="https://kim:pa55@example.com/">here</a></p>';

    expect(maskSecretsInHtml(html)).toEqual({
      text: '<p>Passwort: <b>****</b><br>ok <a href="https://kim:****@example.com/">here</a></p>',
      masked: ['password'],
    });
  });
});

describe('masking', () => {
  test('leaves a password in what an agent sends, and never a card number', () => {
    expect(maskCards('Your password: abc123, card 4111111111111111').text).toBe(
      'Your password: abc123, card ************1111',
    );
  });

  test('never makes a text longer in bytes, says so when it changed one, and finds the same in HTML', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'password: ',
        'PIN 1234 ',
        'cvv 123 ',
        '4111 1111 1111 1111 ',
        'رمز عبور: ',
        'sk_live_abcdefghij1 ',
        '\n',
        'ist ',
        '://a:b@c ',
        '"',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const once = maskSecrets(text);
        expect(Buffer.byteLength(once.text)).toBeLessThanOrEqual(Buffer.byteLength(text));
        expect(once.masked.length === 0).toBe(once.text === text);
        expect(maskSecretsInHtml(text.replace(/[<>&]/g, '')).masked).toEqual(
          maskSecrets(text.replace(/[<>&]/g, '')).masked,
        );
      }),
      { numRuns: 1000, seed: 20261122 },
    );
  });
});
