import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { subjectFrom } from '../../domain/channels/plain.ts';
import { handleIdentity } from '../../domain/identity/identity.ts';
import type { Ledger } from '../../domain/ports.ts';
import { type ChannelDeps, channelDeps, ownTicketNamed } from '../_shared/channels/channel-deps.ts';
import { signedBody } from '../_shared/channels/channel-door.ts';
import {
  answeredBefore,
  type ChannelAnswer,
  channelKey,
  keptAndTold,
  otherContent,
} from '../_shared/channels/channel-once.ts';
import { refuseFuture } from '../_shared/channels/channel-shapes.ts';
import { addPost, openPost } from '../_shared/channels/keep-post.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { env } from './env.ts';
import { type MentionPost, mentionPost } from './shape.ts';

/** A public mention becomes a ticket; what its writer made of it later joins it. */
export const build =
  (deps: ChannelDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const post = await signedBody(event, mentionPost, deps);
    refuseFuture([{ path: 'at', at: post.at }], deps.clock.now());
    return keptAndTold(deps.links, () => keep(deps, post));
  };

/** The address of a mention is its id. The same address with other words is the same mention, edited. */
const keep = async (deps: ChannelDeps, post: MentionPost): Promise<ChannelAnswer> => {
  const now = deps.clock.now();
  const first = channelKey('social', post.url);
  const before = await answeredBefore(deps.tickets, first, now);
  if (!before) return take(deps, post, first);
  if (before.is(post.text)) return before.answer;
  const edited = channelKey('social', post.url, post.text);
  const again = await answeredBefore(deps.tickets, edited, now);
  if (again) return again.answer;
  return take(deps, post, edited, await deps.tickets.ledger(before.answer.ticketId));
};

const take = async (deps: ChannelDeps, post: MentionPost, key: string, mentioned?: Ledger): Promise<ChannelAnswer> => {
  const { network, handle, name, url, text } = post;
  const ctx = contextNow(deps);
  const identity = handleIdentity({ network, name: handle });
  const seen = name === undefined ? {} : { name };
  const customer = await deps.customers.byIdentity(identity, seen, ctx.now, ctx.ids.ulid(), true);
  // An address belongs to one writer.
  if (mentioned && mentioned.ticket.customer.id !== customer.id) throw otherContent();
  const ledger = mentioned ?? (await ownTicketNamed(deps, text, customer.id));
  const said = { key, content: text };
  const words = { text, channel: 'social' as const, said: { url } };
  const added = ledger && (await addPost(deps, said, ledger, words, ctx));
  if (added) return added;
  const follows = ledger && { followUpOf: ledger.ticket.id };
  return openPost(deps, said, { ...words, subject: subjectFrom(text), customer, ...follows }, ctx);
};

export const handler = apiHandler(() => build(channelDeps(readEnv(env))));
