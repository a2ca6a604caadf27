import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { LinkKey } from '../../domain/contact/capability.ts';
import { MINUTE } from '../../domain/support/time.ts';

/** The keys of capability links: the first signs, all of them are accepted. */
export type LinkKeys = readonly [LinkKey, ...LinkKey[]];

const text = z.string().check(z.minLength(1));
const entry = z.object({ id: text, key: text });
/** `{"id":"k2","key":"…","previous":[{"id":"k1","key":"…"}]}`: an earlier key stays as long as its links may be in use. */
const stored = z.object({ id: text, key: text, previous: z.optional(z.array(entry)) });

/** A function may live for hours, and a key that has leaked is to be refused by all of them soon. */
const KEPT = 5 * MINUTE;

/** Reads the secret at a cold start and every five minutes; a failure is not kept. */
export const linkKeysFrom = (
  secretArn: string,
  client: SecretsManagerClient = new SecretsManagerClient({ maxAttempts: 4 }),
  now: () => number = Date.now,
): (() => Promise<LinkKeys>) => {
  let kept: { at: number; keys: Promise<LinkKeys> } | undefined;
  return () => {
    if (kept !== undefined && Math.abs(now() - kept.at) < KEPT) return kept.keys;
    const keys = read(secretArn, client).catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    kept = { at: now(), keys };
    return keys;
  };
};

const read = async (secretArn: string, client: SecretsManagerClient): Promise<LinkKeys> => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const parsed = stored.safeParse(JSON.parse(SecretString ?? ''));
  if (!parsed.success) throw new Error('The secret of the links is not {"id":…,"key":…}.');
  const { previous = [], ...current } = parsed.data;
  return [keyOf(current), ...previous.map(keyOf)];
};

const keyOf = ({ id, key }: { id: string; key: string }): LinkKey => ({ id, secret: key });
