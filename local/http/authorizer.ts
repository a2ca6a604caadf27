import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Identity } from '../identity/identity.ts';
import { type Answer, message } from './problem.ts';
import type { Route } from './routes.ts';

export interface Jwt {
  claims: Record<string, string>;
  scopes: string[] | null;
}

/** Claims reach a function as text; a list as `[agent lead]`. */
const asText = (claim: unknown): string => {
  if (Array.isArray(claim)) return `[${claim.map(asText).join(' ')}]`;
  return typeof claim === 'object' && claim !== null ? JSON.stringify(claim) : String(claim);
};

const unauthorized = (description: string): Answer =>
  message(401, 'Unauthorized', {
    'www-authenticate': `Bearer scope="" error="invalid_token" error_description="${description}"`,
  });

const audienceFits = (claims: JWTPayload, accepted: string[]): boolean => {
  const named = claims.aud ?? claims.client_id;
  const audiences = Array.isArray(named) ? named : [named];
  return audiences.some((audience) => typeof audience === 'string' && accepted.includes(audience));
};

const DESCRIPTIONS: Array<[new (...args: never[]) => Error, string]> = [
  [errors.JWTExpired, 'the token has expired'],
  [errors.JWTClaimValidationFailed, 'a claim of the token is not accepted'],
  [errors.JWSSignatureVerificationFailed, 'the signature is not valid'],
];

/**
 * The JWT authorizer of an HTTP API: signature by the issuer's keys, RSA only, `iss`, `aud` or else `client_id`, `exp`, `nbf`
 * and `iat` on the virtual clock, then the route's scopes (API Gateway Developer Guide, "JWT authorizers").
 */
export const authorize = async (
  identity: Identity,
  route: Route,
  headers: Record<string, string>,
  now: number,
): Promise<{ jwt: Jwt | undefined } | { refused: Answer }> => {
  const { authorizer } = route;
  if (!authorizer) return { jwt: undefined };
  const token = (headers[authorizer.header] ?? '').replace(/^Bearer\s+/i, '').trim();
  if (token === '') return { refused: message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' }) };
  const keys = identity.keySet(authorizer.issuer);
  if (!keys) return { refused: unauthorized('OIDC discovery endpoint communication error') };
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256', 'RS384', 'RS512'],
      issuer: authorizer.issuer,
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    if (!audienceFits(payload, authorizer.audience))
      return { refused: unauthorized('the token has an invalid audience') };
    if (payload.iat !== undefined && payload.iat > Math.ceil(now / 1000)) {
      return { refused: unauthorized('the token was issued in the future') };
    }
    const granted = typeof payload.scope === 'string' ? payload.scope.split(' ') : [];
    const scopes = route.scopes.filter((scope) => granted.includes(scope));
    if (route.scopes.length > 0 && scopes.length === 0) return { refused: message(403, 'Forbidden') };
    const claims = Object.fromEntries(Object.entries(payload).map(([name, claim]) => [name, asText(claim)]));
    return { jwt: { claims, scopes: scopes.length > 0 ? scopes : null } };
  } catch (error) {
    const known = DESCRIPTIONS.find(([kind]) => error instanceof kind);
    return { refused: unauthorized(known?.[1] ?? 'the token is not valid') };
  }
};
