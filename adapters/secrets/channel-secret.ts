import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Instant, MINUTE, millis } from '../../domain/support/time.ts';

/** What signs the posts of one channel: the present secret and the one before it. */
export interface ChannelSecret {
  /** Those kept; `fresh` asks again, at most once a minute, since a post may be signed with a secret made just now. */
  all(now: Instant, fresh?: boolean): Promise<string[]>;
}

const KEPT = 5 * MINUTE;
const ASKED_AGAIN_AFTER = MINUTE;

/**
 * Secrets Manager keeps the value before the present one under the stage `AWSPREVIOUS`: whoever changes a secret changes
 * the sender when they please, and no post is lost in between.
 */
export const channelSecretIn = (
  secretArn: string,
  client: SecretsManagerClient = new SecretsManagerClient({ maxAttempts: 4 }),
): ChannelSecret => {
  let kept: { at: number; secrets: string[] } | undefined;
  const valueAt = async (VersionStage: string): Promise<string[]> => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage }));
      return SecretString === undefined || SecretString === '' ? [] : [SecretString];
    } catch (error) {
      // A secret that was never changed has no value before it.
      if (VersionStage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  };
  return {
    all: async (now, fresh = false) => {
      const age = kept === undefined ? Number.POSITIVE_INFINITY : Math.abs(millis(now) - kept.at);
      if (kept !== undefined && age < (fresh ? ASKED_AGAIN_AFTER : KEPT)) return kept.secrets;
      const secrets = (await Promise.all([valueAt('AWSCURRENT'), valueAt('AWSPREVIOUS')])).flat();
      if (secrets.length === 0) throw new Error('The secret of the channel is empty.');
      kept = { at: millis(now), secrets };
      return secrets;
    },
  };
};
