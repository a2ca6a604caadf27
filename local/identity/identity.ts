import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { REGION } from '../aws/contract.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';

export interface TokenRequest {
  /** User name; becomes `username` (access) and `cognito:username` (id), and the seed of a stable `sub`. */
  user: string;
  groups?: string[];
  /** Seconds until expiry on the virtual clock; default one hour, as of a Cognito app client. */
  ttl?: number;
}

export interface Tokens {
  access: string;
  id: string;
  expiresIn: number;
}

/** Finds the public key for a token, as `jwtVerify` of jose wants it. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Stands in for the template's Cognito user pool: issues its tokens and serves its key set. */
export interface Identity {
  /** Creates or loads the signing key. */
  start(): Promise<void>;
  /** The keys of an issuer named in the template, or undefined for a foreign one. */
  keySet(issuer: string): KeySet | undefined;
  token(request: TokenRequest): Promise<Tokens>;
  /** The JSON document at a path under `/_local/issuer`, with `base` the URL of this server; undefined: not found. */
  document(path: string, base: string): Record<string, unknown> | undefined;
}

const ALGORITHM = 'RS256';

const issuerOf = (poolId: string): string => `https://cognito-idp.${REGION}.amazonaws.com/${poolId}`;

/** The same user has the same `sub` on every run, in the form of a UUID. */
const subjectOf = (poolId: string, user: string): string => {
  const hex = createHash('sha256').update(`${poolId}\n${user}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

interface SigningKey {
  kid: string;
  key: CryptoKey | Uint8Array;
  publicKey: JWK;
}

const loadKey = async (kernel: Kernel): Promise<SigningKey> => {
  kernel.store.exec('CREATE TABLE IF NOT EXISTS identity_keys (kid TEXT PRIMARY KEY, jwk TEXT NOT NULL)');
  const row = kernel.store.prepare('SELECT kid, jwk FROM identity_keys').get();
  if (row) {
    const jwk: JWK = JSON.parse(String(row.jwk));
    const { kty = '', n = '', e = '' } = jwk;
    const kid = String(row.kid);
    return { kid, key: await importJWK(jwk, ALGORITHM), publicKey: { kty, n, e, kid, alg: ALGORITHM, use: 'sig' } };
  }
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const kid = randomUUID();
  kernel.store.prepare('INSERT INTO identity_keys (kid, jwk) VALUES (?, ?)').run(kid, JSON.stringify(jwk));
  const { kty = '', n = '', e = '' } = jwk;
  return { kid, key: pair.privateKey, publicKey: { kty, n, e, kid, alg: ALGORITHM, use: 'sig' } };
};

/**
 * The issuer of the first user pool and its first app client. Tokens carry the claims of Cognito's (Cognito Developer
 * Guide, "Understanding the access token" and "… the identity token").
 */
export const createIdentity = ({ kernel, deployment }: { kernel: Kernel; deployment: Deployment }): Identity => {
  const pool = deployment.resources('AWS::Cognito::UserPool')[0]?.ref;
  const client = deployment
    .resources('AWS::Cognito::UserPoolClient')
    .find((resource) => resource.properties.UserPoolId === pool)?.ref;
  let signing: SigningKey | undefined;
  let keys: KeySet | undefined;

  const sign = (claims: Record<string, unknown>): Promise<string> => {
    if (!signing) throw new Error('the local issuer is not started');
    return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid: signing.kid }).sign(signing.key);
  };

  return {
    async start() {
      signing = await loadKey(kernel);
      keys = createLocalJWKSet({ keys: [signing.publicKey] });
    },

    keySet(issuer) {
      return pool !== undefined && issuer === issuerOf(pool) ? keys : undefined;
    },

    async token({ user, groups = [], ttl = 3600 }) {
      if (!pool || !client) throw new Error('the template has no Cognito user pool with an app client');
      const now = Math.floor(kernel.clock.now() / 1000);
      const common = {
        sub: subjectOf(pool, user),
        ...(groups.length > 0 && { 'cognito:groups': groups }),
        iss: issuerOf(pool),
        origin_jti: randomUUID(),
        event_id: randomUUID(),
        auth_time: now,
        iat: now,
        exp: now + ttl,
      };
      const access = await sign({
        ...common,
        jti: randomUUID(),
        client_id: client,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: user,
      });
      const id = await sign({
        ...common,
        jti: randomUUID(),
        aud: client,
        token_use: 'id',
        'cognito:username': user,
        ...(user.includes('@') && { email: user, email_verified: true }),
      });
      return { access, id, expiresIn: ttl };
    },

    document(path, base) {
      if (!pool || !signing) return undefined;
      if (path === `/${pool}/.well-known/jwks.json`) return { keys: [signing.publicKey] };
      if (path !== `/${pool}/.well-known/openid-configuration`) return undefined;
      return {
        issuer: issuerOf(pool),
        jwks_uri: `${base}/${pool}/.well-known/jwks.json`,
        id_token_signing_alg_values_supported: [ALGORITHM],
        response_types_supported: ['code', 'token'],
        subject_types_supported: ['public'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      };
    },
  };
};
