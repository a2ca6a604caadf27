import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ChannelSecret } from '../../../adapters/secrets/channel-secret.ts';
import { isSigned } from '../../../domain/channels/signed-post.ts';
import type { Clock } from '../../../domain/ports.ts';
import { secretEnv, tableEnv } from '../env.ts';
import { readJson } from '../http/read-json.ts';
import { Problem } from '../problem.ts';

/** The variables of every function that a channel posts to. */
export const channelEnv = {
  ...tableEnv,
  ...secretEnv,
  PUBLIC_URL: z.string(),
  DESK_ADDRESS: z.string(),
  CHANNEL_SECRET_ARN: z.string().check(z.minLength(1)),
};

/**
 * The body of a post that the channel signed. Throws 401 for whatever is wrong with the signature, so that nobody learns
 * what, and after that what any JSON body may be refused for.
 */
export const signedBody = async <T>(
  event: APIGatewayProxyEventV2,
  schema: z.ZodMiniType<T>,
  { secret, clock }: { secret: ChannelSecret; clock: Clock },
): Promise<T> => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const post = {
    timestamp: event.headers['x-careline-timestamp'],
    signature: event.headers['x-careline-signature'],
    body,
  };
  const now = clock.now();
  // Signed with a secret made a moment ago, perhaps: what is kept is asked for again before anybody is refused.
  if (!isSigned(post, await secret.all(now), now) && !isSigned(post, await secret.all(now, true), now))
    throw new Problem(401, 'This request is not signed as this channel signs.');
  return readJson(event, schema);
};
