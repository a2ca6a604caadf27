import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { subjectFrom } from '../../domain/channels/plain.ts';
import { agentNamed } from '../../domain/channels/transcript.ts';
import { type ChannelDeps, channelDeps } from '../_shared/channels/channel-deps.ts';
import { signedBody } from '../_shared/channels/channel-door.ts';
import {
  answeredBefore,
  type ChannelAnswer,
  channelKey,
  keptAndTold,
  otherContent,
} from '../_shared/channels/channel-once.ts';
import { refuseFuture } from '../_shared/channels/channel-shapes.ts';
import { openPost } from '../_shared/channels/keep-post.ts';
import { claimsOf } from '../_shared/claims.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { Problem } from '../_shared/problem.ts';
import { env } from './env.ts';
import { type CallPost, callPost } from './shape.ts';

/** A call that an agent wrote down becomes a ticket: answered on the phone, or with its clock running. */
export const build =
  (deps: ChannelDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const post = await signedBody(event, callPost, deps);
    refuseFuture([{ path: 'startedAt', at: post.startedAt }], deps.clock.now());
    const agent = agentNamed(post.agent, deps.agents);
    if (!agent)
      throw new Problem(422, 'Only a member of the team can have taken the call.', {
        errors: [{ path: 'agent', message: 'Is nobody of the team.' }],
      });
    return keptAndTold(deps.links, () => keep(deps, post, agent.id));
  };

const keep = async (deps: ChannelDeps, post: CallPost, agent: string): Promise<ChannelAnswer> => {
  const ctx = contextNow(deps);
  const { startedAt, seconds, outcome, summary } = post;
  const { phone, email, ...seen } = post.customer;
  const key = channelKey('phone', post.callId);
  const content = { ...post, agent };
  const before = await answeredBefore(deps.tickets, key, ctx.now);
  if (before?.is(content)) return before.answer;
  if (before) throw otherContent();
  // A number shown by a telephone proves little: both sides of the call's claim are asked.
  const source = await deps.customers.byIdentity({ kind: 'phone', value: phone }, seen, ctx.now, ctx.ids.ulid());
  const identities = email === undefined ? [] : [{ kind: 'email' as const, value: email }];
  const claims = await claimsOf(deps, { source, proven: false, identities }, ctx);
  const customer = { ...source, ...(email !== undefined && { email }) };
  const subject = subjectFrom(summary);
  return openPost(
    deps,
    { key, content },
    {
      subject,
      text: summary,
      channel: 'phone',
      customer,
      said: { author: `agent:${agent}`, call: { startedAt, seconds, outcome } },
      ...(outcome === 'answered' && { answeredBy: agent }),
      further: (ticketId) => claims({ id: ticketId, subject }),
    },
    ctx,
  );
};

export const handler = apiHandler(() => build(channelDeps(readEnv(env))));
