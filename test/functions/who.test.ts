import { expect, test } from 'vitest';
import { whoAsks } from '../../functions/_shared/who.ts';
import { anAgent } from '../support/builders.ts';
import { aRequest } from './support.ts';

const team = [
  anAgent({ id: 'ada', email: 'ada@desk.example.com' }),
  anAgent({ id: 'ben', email: 'ben@desk.example.com' }),
];
const who = (claims: Record<string, string>) =>
  whoAsks(aRequest({ claims: { 'cognito:groups': '[agent]', ...claims } }), team).id;

test.each([
  ['the user name of an access token', { username: 'ben' }],
  ['the user name of an identity token', { 'cognito:username': 'ben' }],
  ['their address, where the user name is made up', { 'cognito:username': '0f3c', email: 'ben@desk.example.com' }],
  ['an address as user name', { username: 'ben@desk.example.com' }],
])('somebody of the team is known by %s', (_, claims) => {
  expect(who(claims)).toBe('ben');
});

test('whoever gives themselves a colleague’s address is still themselves', () => {
  expect(who({ 'cognito:username': 'ben', email: 'ada@desk.example.com' })).toBe('ben');
});
