import { expect, test } from 'vitest';
import { plainLine, plainText, subjectFrom } from '../../../domain/channels/plain.ts';
import { ticketNamedIn } from '../../../domain/channels/ticket-named.ts';
import { agentNamed, known, toldBy, unseen } from '../../../domain/channels/transcript.ts';
import { handleIdentity, homeOf, identityIn } from '../../../domain/identity/identity.ts';
import { phoneNumber } from '../../../domain/identity/phone.ts';
import { shown } from '../../../domain/identity/shown.ts';
import { aContext, aCustomer } from '../../support/builders.ts';

test.each([
  ['line ends of every kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['control characters', 'a\u0000b\u001bc\u009fd', 'abcd'],
  ['what turns the reading order around', 'a\u202eb\u202dc', 'abc'],
  ['tabs and Persian joiners, which stay', 'a\tb می\u200cشود \u200f', 'a\tb می\u200cشود \u200f'],
])('a text without %s', (_, given, plain) => {
  expect(plainText(given)).toBe(plain);
});

test('a name is one line and holds no embedding', () => {
  expect(plainLine(' a\n\u2067b\u202ac \t d ')).toBe('a bc d');
});

test('a subject is the beginning of what was said, whole characters of it', () => {
  expect(subjectFrom(`${'😀'.repeat(130)}`)).toBe(`${'😀'.repeat(119)}…`);
});

test.each([
  ['About T-7K2M9Q: it works', 'T-7K2M9Q'],
  ['t-7k2m9q', 'T-7K2M9Q'],
  ['[T-7K2M9Q]', 'T-7K2M9Q'],
  ['T-7K2M9QX', undefined],
  ['RT-7K2M9Q', undefined],
  ['T-7K2M9U', undefined],
  ['T-shirt', undefined],
])('%s names %s', (text, id) => {
  expect(ticketNamedIn(text)).toBe(id);
});

test.each([
  ['+49 (30) 123-456', '+4930123456'],
  ['0049 30 123456', '+4930123456'],
  ['tel:+49-30-123456', '+4930123456'],
  ['030 123456', undefined],
  ['+4930123456789012345', undefined],
  ['+1', undefined],
  ['Careline', undefined],
  ['', undefined],
])('%s is the number %s', (written, number) => {
  expect(phoneNumber(written)).toBe(number);
});

test.each([
  ['kim@example.com', 'email'],
  ['+4930123456', 'phone'],
  ['mastodon:kim@social.example', 'handle'],
  ['chat:Visitor-7', 'handle'],
  ['01JKIM', undefined],
])('%s is asked for as %s', (word, kind) => {
  expect(identityIn(word)?.kind).toBe(kind);
});

test.each([
  [{ kind: 'email', value: 'kim.lee@example.com' } as const, 'ki…@example.com'],
  [{ kind: 'phone', value: '+4930123456' } as const, '+49 *** 3456'],
  [handleIdentity({ network: 'Mastodon', name: '@kim' }), 'kim (mastodon)'],
])('%o is shown to others as %s', (identity, text) => {
  expect(shown(identity)).toBe(text);
});

test('a customer without an identity cannot be', () => {
  expect(() => homeOf({})).toThrow();
});

const team = [
  { id: 'ada', name: 'Ada Lind', email: 'ada@desk.example' },
  { id: 'ben', name: 'Ben Okoro', email: 'ben@desk.example' },
  { id: 'ben-2', name: 'Ben Okoro', email: 'ben2@desk.example' },
];
test.each([
  ['ada', 'ada'],
  [' ADA LIND ', 'ada'],
  ['Ada@Desk.example', 'ada'],
  ['ben', 'ben'],
  ['Ben Okoro', undefined],
  ['', undefined],
])('"%s" of the team is %s', (name, id) => {
  expect(agentNamed(name, team)?.id).toBe(id);
});

test('equal turns are told apart by their number, and each is new once', () => {
  const ok = { at: '2026-11-23T08:00:00.000Z', author: 'customer', name: 'Kim', text: 'ok' } as const;
  const kept = known([ok, ok, { ...ok, author: 'agent' }], team);
  const ctx = aContext();
  const { messages } = toldBy(kept, { ticketId: 'T-7K2M9Q', customer: aCustomer() }, ctx);

  const again = unseen(known([ok, ok, ok], team), messages);

  expect(new Set(kept.map(({ key }) => key)).size).toBe(3);
  expect(again).toHaveLength(1);
});
