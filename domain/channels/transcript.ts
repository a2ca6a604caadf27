import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Agent } from '../policy.ts';
import type { Instant } from '../support/time.ts';
import { byRule, type Noted } from '../ticket/acts/make-change.ts';
import { isThanks, thankedNote } from '../ticket/acts/thanks.ts';
import type { Message, Speaker } from '../ticket/message.ts';
import type { AgentId, Requester, Ticket, TicketId } from '../ticket/ticket.ts';

/** One turn of a chat, as the integration tells it. */
export interface Turn {
  at: Instant;
  author: Speaker;
  /** As shown in the chat. */
  name: string;
  text: string;
}

/** A turn with what it is known by, and who of the team said it. */
export interface KnownTurn extends Turn {
  key: string;
  agent?: AgentId;
}

/** So many turns are stored at once: each is a message and an event, and a transaction takes a hundred items. */
export const TURNS_AT_ONCE = 40;

/**
 * What each turn is known by: all that was told of it, and which of its equals it is, as somebody may say "ok" twice in a
 * second. So a transcript may come again, longer or only its last part, and no turn is kept twice.
 */
export const known = (turns: readonly Turn[], team: readonly Pick<Agent, 'id' | 'name' | 'email'>[]): KnownTurn[] => {
  const equals = new Map<string, number>();
  return turns.map((turn) => {
    const told = JSON.stringify([turn.at, turn.author, turn.name, turn.text]);
    const nth = (equals.get(told) ?? 0) + 1;
    equals.set(told, nth);
    const key = createHash('sha256').update(`${nth} ${told}`).digest('base64url').slice(0, 22);
    const agent = turn.author === 'agent' ? agentNamed(turn.name, team) : undefined;
    return { ...turn, key, ...(agent === undefined ? {} : { agent: agent.id }) };
  });
};

/** Who of the team is meant by an id, a mail address or a name; nobody when two bear the name. */
export const agentNamed = <A extends Pick<Agent, 'id' | 'name' | 'email'>>(
  name: string,
  team: readonly A[],
): A | undefined => {
  const wanted = name.trim().toLowerCase();
  const named = team.filter((agent) => agent.name.toLowerCase() === wanted);
  return (
    team.find(({ id, email }) => id === wanted || email.toLowerCase() === wanted) ??
    (named.length === 1 ? named[0] : undefined)
  );
};

/** The turns that the ticket does not hold yet. */
export const unseen = (turns: readonly KnownTurn[], messages: readonly Message[]): KnownTurn[] => {
  const held = new Set(messages.map(({ turn }) => turn));
  return turns.filter(({ key }) => !held.has(key));
};

/** Who said it and how it is kept: in is what the customer said, out what they were told. */
export const saidIn = (turn: KnownTurn, customer: Requester, { policy, now }: Context) => ({
  // A sender's clock may run ahead: nothing was said later than now.
  at: turn.at < now ? turn.at : now,
  direction: turn.author === 'customer' ? ('in' as const) : ('out' as const),
  author: authorOf(turn, customer, policy),
  saidBy: { as: turn.author, name: turn.name },
  turn: turn.key,
});

const authorOf = ({ author, agent }: KnownTurn, customer: Requester, policy: Context['policy']) => {
  if (author === 'customer') return `customer:${customer.id}` as const;
  return agent === undefined ? byRule(`chat.${author}`, policy) : (`agent:${agent}` as const);
};

/** Turns as messages of a ticket, each with the event that tells of it. What a bot says answers nobody; mere thanks ask nothing. */
export const toldBy = (
  turns: readonly KnownTurn[],
  { ticketId, customer, ticket }: { ticketId: TicketId; customer: Requester; ticket?: Ticket },
  ctx: Context,
): { messages: Message[]; notes: Noted[] } => {
  const messages: Message[] = [];
  const notes: Noted[] = [];
  // Before anybody has answered, thanks are a part of what is asked.
  let answered = false;
  for (const turn of turns) {
    const said = saidIn(turn, customer, ctx);
    const message: Message = {
      id: ctx.ids.ulid(),
      ticketId,
      channel: 'chat',
      text: turn.text,
      attachments: [],
      ...said,
    };
    messages.push(message);
    const talk = ticket ?? (answered ? { status: 'open' as const, customer } : undefined);
    const thanks = turn.author === 'customer' && talk !== undefined && isThanks(talk, message, ctx);
    notes.push(thanks ? thankedNote(message, ctx) : noteOf(turn, message, said.author));
    answered ||= turn.agent !== undefined;
  }
  return { messages, notes };
};

const noteOf = ({ author, agent }: KnownTurn, message: Message, by: Noted['by']): Noted =>
  author === 'customer'
    ? { type: 'customer-replied', by, reason: 'Said in the chat.', message: message.id, channel: 'chat' }
    : {
        type: 'transcribed',
        by,
        reason: agent === undefined ? `Told in the chat by ${BY[author]}.` : 'Answered in the chat.',
        message: message.id,
        ...(agent === undefined ? {} : { agent }),
      };

const BY = { agent: 'somebody who is not of the team', bot: 'a bot' } as const;
