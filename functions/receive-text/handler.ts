import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { textOptOutsIn } from '../../adapters/dynamo/text-opt-outs.ts';
import { wishIn } from '../../domain/channels/keywords.ts';
import type { TextOptOuts } from '../../domain/ports.ts';
import { type ChannelDeps, channelDeps } from '../_shared/channels/channel-deps.ts';
import { signedBody } from '../_shared/channels/channel-door.ts';
import { keptAndTold } from '../_shared/channels/channel-once.ts';
import { refuseFuture } from '../_shared/channels/channel-shapes.ts';
import { readEnv } from '../_shared/env.ts';
import { json } from '../_shared/http/json-response.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { env } from './env.ts';
import { keepText } from './keep-text.ts';
import { textPost } from './shape.ts';

interface Deps extends ChannelDeps {
  textOptOuts: TextOptOuts;
}

/** A text message joins the ticket of its number, or becomes one; the words that stop text messages do neither. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const post = await signedBody(event, textPost, deps);
    refuseFuture([{ path: 'at', at: post.at }], deps.clock.now());
    const wish = wishIn(post.text);
    if (wish === undefined) return keptAndTold(deps.links, () => keepText(deps, post));
    await deps.textOptOuts.say(post.from, wish, post.at);
    deps.count(wish === 'stop' ? 'TextsStopped' : 'TextsStarted');
    return json({ texts: wish === 'stop' ? 'stopped' : 'started' });
  };

export const handler = apiHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({ ...channelDeps(given, table), textOptOuts: textOptOutsIn(table) });
});
