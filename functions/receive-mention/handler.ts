import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { subjectFrom } from '../../domain/channels/plain.ts';
import { handleIdentity } from '../../domain/identity/identity.ts';
import type { Ledger } from '../../domain/ports.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { type ChannelDeps, channelDeps, ownTicketNamed, refuseFlood } from '../_shared/channels/channel-deps.ts';
import { signedBody } from '../_shared/channels/channel-door.ts';
import {
  answeredBefore,
  answerFor,
  type ChannelAnswer,
  channelKey,
  channelRecord,
  keptAndTold,
  otherContent,
} from '../_shared/channels/channel-once.ts';
import { refuseFuture } from '../_shared/channels/channel-shapes.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { openNewTicket } from '../_shared/tickets/open-new-ticket.ts';
import { survivorOf } from '../_shared/tickets/survivor.ts';
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
  const { tickets } = deps;
  const { network, handle, name, url, text } = post;
  const ctx = contextNow(deps);
  const identity = handleIdentity({ network, name: handle });
  const seen = name === undefined ? {} : { name };
  const customer = await deps.customers.byIdentity(identity, seen, ctx.now, ctx.ids.ulid(), true);
  // An address belongs to one writer.
  if (mentioned && mentioned.ticket.customer.id !== customer.id) throw otherContent();
  const ledger = mentioned ?? (await ownTicketNamed(deps, text, customer.id));
  if (ledger) {
    const told = answerFor(ledger.ticket, ctx.now);
    const request = channelRecord(key, text, told, ctx.now);
    const input = { text, channel: 'social' as const, customer: ledger.ticket.customer, attachments: [], request };
    const decision = customerReply(await survivorOf(tickets, ledger), { ...input, said: { url } }, ctx);
    if (decision.ok) {
      await tickets.record(decision.value);
      return told;
    }
  }
  await refuseFlood(deps, customer.id);
  const answer = (id: string) => answerFor({ id, createdAt: ctx.now, customer }, ctx.now);
  const { id } = await openNewTicket(
    deps,
    {
      subject: subjectFrom(text),
      text,
      channel: 'social',
      customer,
      report: {},
      attachments: [],
      deskDomain: deps.deskDomain,
      said: { url },
      ...(ledger && { followUpOf: ledger.ticket.id }),
      request: (ticketId) => channelRecord(key, text, answer(ticketId), ctx.now),
    },
    ctx,
  );
  return answer(id);
};

export const handler = apiHandler(() => build(channelDeps(readEnv(env))));
