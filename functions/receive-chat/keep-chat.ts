import { appendTurns } from '../../domain/channels/append-turns.ts';
import { subjectFrom } from '../../domain/channels/plain.ts';
import { type KnownTurn, saidIn, TURNS_AT_ONCE, toldBy, unseen } from '../../domain/channels/transcript.ts';
import type { Context } from '../../domain/context.ts';
import { handleIdentity, type Identity } from '../../domain/identity/identity.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import type { ChannelDeps } from '../_shared/channels/channel-deps.ts';
import { answeredBefore, type ChannelAnswer, channelKey } from '../_shared/channels/channel-once.ts';
import { openPost } from '../_shared/channels/keep-post.ts';
import { claimsOf } from '../_shared/claims.ts';
import { contextNow } from '../_shared/desk.ts';
import { survivorOf } from '../_shared/tickets/survivor.ts';
import type { ChatPost } from './shape.ts';

/**
 * Keeps what is not kept yet, so many turns at a time: cut short by a crash, the same post goes on where it stopped. When
 * the ticket can no longer be reopened, the rest becomes a ticket of its own, and the chat goes on there.
 */
export const keepChat = async (
  deps: ChannelDeps,
  post: ChatPost,
  turns: readonly KnownTurn[],
): Promise<ChannelAnswer> => {
  let key = channelKey('chat', post.conversationId);
  let left = turns;
  let follows: string | undefined;
  for (;;) {
    const ctx = contextNow(deps);
    const before = await answeredBefore(deps.tickets, key, ctx.now);
    if (!before) {
      await open(deps, { post, turns: left, key, follows }, ctx);
      continue;
    }
    const { ticketId } = before.answer;
    const first = await deps.tickets.ledger(ticketId);
    if (!first) return before.answer;
    // Merged since: what is new goes to the ticket that is worked on, what was kept may be in either.
    const ledger = await survivorOf(deps.tickets, first);
    const parts = [...new Set([ticketId, ledger.ticket.id])].map((id) => deps.tickets.messages(id));
    left = unseen(left, (await Promise.all(parts)).flat());
    if (left.length === 0) return before.answer;
    const decision = appendTurns(ledger, left.slice(0, TURNS_AT_ONCE), ctx);
    if (decision.ok) await deps.tickets.record(decision.value);
    else [key, follows] = [`${key}#${ticketId}`, ticketId];
  }
};

interface Opening {
  post: ChatPost;
  turns: readonly KnownTurn[];
  key: string;
  follows: string | undefined;
}

const open = async (deps: ChannelDeps, { post, turns, key, follows }: Opening, ctx: Context): Promise<void> => {
  const { customer, claims } = await customerOf(deps, post, ctx);
  const [first, ...others] = turns.slice(0, TURNS_AT_ONCE);
  if (!first) return;
  const asked = turns.find(({ author }) => author === 'customer') ?? first;
  const subject = post.subject ?? subjectFrom(asked.text);
  await openPost(
    deps,
    { key, content: post.conversationId },
    {
      subject,
      text: first.text,
      channel: 'chat',
      customer,
      said: saidIn(first, customer, ctx),
      ...(first.agent !== undefined && { answeredBy: first.agent }),
      ...(follows !== undefined && { followUpOf: follows }),
      further: async (ticketId) => {
        const { mails, notes: asking } = await claims({ id: ticketId, subject });
        const { messages, notes } = toldBy(others, { ticketId, customer }, ctx);
        return { messages, notes: [...notes, ...asking], mails };
      },
    },
    ctx,
  );
};

/** Who the chat says it is; without that, whoever was named, and at the least the conversation itself. */
const customerOf = async (deps: ChannelDeps, { customer, conversationId }: ChatPost, ctx: Context) => {
  const { id, email, phone, ...seen } = customer;
  const named: Identity[] = [
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
    ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
  ];
  const proven = id !== undefined;
  const handle = handleIdentity({ network: 'chat', name: id ?? conversationId });
  const [own = handle, ...others] = proven ? [handle, ...named] : named;
  const source = await deps.customers.byIdentity(own, seen, ctx.now, ctx.ids.ulid(), proven);
  const requester: Requester = {
    ...source,
    // Where the answer goes: what somebody says of themselves stands on this ticket only.
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  };
  return { customer: requester, claims: await claimsOf(deps, { source, proven, identities: others }, ctx) };
};
