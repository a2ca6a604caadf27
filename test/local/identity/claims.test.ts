import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { authorize } from '../../../local/http/authorizer.ts';
import type { Identity } from '../../../local/identity/identity.ts';
import { START } from '../edge/rig.ts';

const ISSUER = 'https://issuer.example.com';
const now = START / 1000;
const good = { iss: ISSUER, aud: 'client1', iat: now, exp: now + 60 };

const checked = async (claims: Record<string, unknown>) => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] });
  const identity = { keySet: (issuer: string) => (issuer === ISSUER ? keys : undefined) } as Identity;
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
  const authorizer = { issuer: ISSUER, audience: ['client1'], header: 'authorization' };
  const route = { key: 'GET /', functionArn: 'f', timeoutMs: 1, authorizer, scopes: [] };
  return authorize(identity, route, { authorization: token }, START);
};

test('a well signed token with good claims passes', async () => {
  const outcome = await checked({ ...good, list: ['a', 'b'], yes: true, deep: { a: 1 } });

  expect(outcome).toMatchObject({ jwt: { claims: { list: '[a b]', yes: 'true', deep: '{"a":1}', aud: 'client1' } } });
});

test.each([
  ['of another issuer', { iss: 'https://evil.example.com' }],
  ['for another audience', { aud: 'client2' }],
  ['whose audience is wrong although its client is right', { aud: 'client2', client_id: 'client1' }],
  ['for nobody', { aud: undefined }],
  ['that has expired', { exp: now - 1 }],
  ['without an end', { exp: undefined }],
  ['that is not valid yet', { nbf: now + 30 }],
  ['from the future', { iat: now + 30 }],
])('a well signed token %s is refused', async (_, wrong) => {
  const outcome = await checked({ ...good, ...wrong });

  expect(outcome).toMatchObject({ refused: { status: 401 } });
});
