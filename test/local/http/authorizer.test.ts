import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { START } from '../edge/rig.ts';
import { aDeskApi, CLIENT, type DeskApi, ISSUER } from './desk-api.ts';

const now = START / 1000;
const claims = { sub: 's', iss: ISSUER, client_id: CLIENT, token_use: 'access', iat: now, exp: now + 60 };

describe('a guarded route', () => {
  let desk: DeskApi;

  beforeEach(async () => {
    desk = await aDeskApi();
  });

  afterEach(() => desk.close());

  const ask = (token: string | undefined, path = '/desk/queue') =>
    fetch(`${desk.url}${path}`, { headers: token === undefined ? {} : { authorization: token } });

  test('lets the issuer’s access and id tokens in and hands their claims over as text', async () => {
    const { access, id } = await desk.identity.token({ user: 'parisa', groups: ['agent', 'lead'] });

    const byAccess = await ask(`Bearer ${access}`);
    const byId = await ask(id);

    expect([byAccess.status, byId.status]).toEqual([200, 200]);
    expect(desk.events()[0]).toMatchObject({
      requestContext: {
        authorizer: {
          jwt: {
            claims: {
              'cognito:groups': '[agent lead]',
              username: 'parisa',
              token_use: 'access',
              client_id: CLIENT,
              iss: ISSUER,
              exp: String(now + 3600),
            },
            scopes: null,
          },
        },
      },
    });
  });

  test('names the same user by the same sub each time', async () => {
    const tokens = await Promise.all([desk.identity.token({ user: 'a' }), desk.identity.token({ user: 'a' })]);
    for (const { access } of tokens) await ask(access);

    const subs = desk.events().map((event) => JSON.stringify(event).match(/"sub":"([0-9a-f-]{36})"/)?.[1]);
    expect(subs[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(subs[1]).toBe(subs[0]);
  });

  test('refuses a token once the clock has passed its end', async () => {
    const { access } = await desk.identity.token({ user: 'parisa', ttl: 60 });
    const before = await ask(access);
    await desk.rig.kernel.timeMachine.moveTo(START + 61_000);

    const after = await ask(access);
    expect([before.status, after.status]).toEqual([200, 401]);
    expect(after.headers.get('www-authenticate')).toContain('expired');
  });

  test('refuses what the issuer did not sign, whatever it says', async () => {
    const own = await generateKeyPair('RS256');
    const { access } = await desk.identity.token({ user: 'parisa' });
    const [header = '', payload = '', signature = ''] = access.split('.');
    const kid = JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
    const promoted = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), 'cognito:groups': ['admin'] };
    const keys: { keys: { n: string }[] } = JSON.parse(
      JSON.stringify(desk.identity.document(`/${ISSUER.split('/').at(-1)}/.well-known/jwks.json`, '')),
    );
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(Buffer.from(keys.keys[0]?.n ?? ''));
    const forged = [
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(own.privateKey),
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'other' }).sign(own.privateKey),
      new UnsecuredJWT(claims).encode(),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      `${header}.${Buffer.from(JSON.stringify(promoted)).toString('base64url')}.${signature}`,
      `${header}.${payload}.`,
      symmetric,
      'nonsense',
      'Bearer',
      '',
    ];

    const answers = await Promise.all([...forged, undefined].map((token) => ask(token)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(await answers[0]?.json()).toEqual({ message: 'Unauthorized' });
    expect(desk.calls).toHaveLength(0);
  });

  test('refuses a route’s scope that the token lacks', async () => {
    const { access } = await desk.identity.token({ user: 'parisa' });

    const answer = await ask(access, '/desk/scoped');

    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ message: 'Forbidden' });
  });

  test('the key set and its discovery document are served for other checkers', async () => {
    const pool = ISSUER.split('/').at(-1);
    const discovery = await fetch(`${desk.url}/_local/issuer/${pool}/.well-known/openid-configuration`);
    const document = (await discovery.json()) as { issuer: string; jwks_uri: string };

    const keys = (await (await fetch(document.jwks_uri)).json()) as { keys: Record<string, string>[] };
    expect(document.issuer).toBe(ISSUER);
    expect(Object.keys(keys.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});
