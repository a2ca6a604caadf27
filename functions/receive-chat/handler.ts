import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { known } from '../../domain/channels/transcript.ts';
import { type ChannelDeps, channelDeps } from '../_shared/channels/channel-deps.ts';
import { signedBody } from '../_shared/channels/channel-door.ts';
import { keptAndTold } from '../_shared/channels/channel-once.ts';
import { refuseFuture } from '../_shared/channels/channel-shapes.ts';
import { readEnv } from '../_shared/env.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { env } from './env.ts';
import { keepChat } from './keep-chat.ts';
import { chatPost } from './shape.ts';

/** A chat becomes a ticket with all that was said in it; told again and longer, the ticket gets what is new. */
export const build =
  (deps: ChannelDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const post = await signedBody(event, chatPost, deps);
    refuseFuture(
      post.transcript.map(({ at }, index) => ({ path: `transcript.${index}.at`, at })),
      deps.clock.now(),
    );
    const turns = known(post.transcript, deps.agents);
    return keptAndTold(deps.links, () => keepChat(deps, post, turns));
  };

export const handler = apiHandler(() => build(channelDeps(readEnv(env))));
