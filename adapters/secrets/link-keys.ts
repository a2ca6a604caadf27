import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { LinkKey } from '../../domain/contact/capability.ts';

/** The keys of capability links: the first signs, all of them are accepted. */
export type LinkKeys = readonly [LinkKey, ...LinkKey[]];

const text = z.string().check(z.minLength(1));
const entry = z.object({ id: text, key: text });
/** `{"id":"k2","key":"…","previous":[{"id":"k1","key":"…"}]}`: an earlier key stays as long as its links may be in use. */
const stored = z.object({ id: text, key: text, previous: z.optional(z.array(entry)) });

/** Reads the secret once per cold start; a failure is not kept. */
export const linkKeysFrom = (
  secretArn: string,
  client: SecretsManagerClient = new SecretsManagerClient({ maxAttempts: 4 }),
): (() => Promise<LinkKeys>) => {
  let keys: Promise<LinkKeys> | undefined;
  return () => {
    keys ??= read(secretArn, client).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
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
