import { assertNever } from '../support/exhaustive.ts';
import type { Actor, EventType, TicketEvent } from './event.ts';
import type { Message } from './message.ts';
import { type Channel, isPlaced, type Outcome, type Priority, type Status, type Ticket, type Tier } from './ticket.ts';

/** A ticket as the API shows it. What triage has not decided yet is null; what has not happened is absent. */
export interface TicketView {
  id: string;
  subject: string;
  status: Status;
  priority: Priority | null;
  category: string | null;
  product?: string;
  channel: Channel;
  tier: Tier | null;
  group: string | null;
  assignee: string | null;
  cycle: number;
  version: number;
  createdAt: string;
  updatedAt: string;
  resolvedAt?: string;
  closedAt?: string;
  customer: { id: string; email: string; name: string | null; locale: string; type: string };
  clock: Ticket['clock'];
  satisfaction?: NonNullable<Ticket['satisfaction']>;
  remediation?: { state: 'open' | 'closed'; outcome?: Outcome };
  needsHuman?: string;
  followUpOf?: string;
}

export const viewTicket = (ticket: Ticket): TicketView => {
  const placed = isPlaced(ticket) ? ticket : undefined;
  const { id, subject, status, channel, cycle, version, createdAt, updatedAt, customer, clock } = ticket;
  const { satisfaction, remediation, needsHuman, followUpOf } = ticket;
  return {
    id,
    subject,
    status,
    priority: placed?.priority ?? null,
    category: placed?.category ?? null,
    ...(placed?.product === undefined ? {} : { product: placed.product }),
    channel,
    tier: placed?.tier ?? null,
    group: placed?.group ?? null,
    assignee: placed?.assignee ?? null,
    cycle,
    version,
    createdAt,
    updatedAt,
    ...endings(ticket),
    customer: {
      id: customer.id,
      email: customer.email,
      name: customer.name ?? null,
      locale: customer.locale,
      type: customer.type,
    },
    clock,
    ...(satisfaction === undefined ? {} : { satisfaction }),
    ...(remediation === undefined
      ? {}
      : {
          remediation: {
            state: remediation.state,
            ...(remediation.outcome === undefined ? {} : { outcome: remediation.outcome }),
          },
        }),
    ...(needsHuman === undefined ? {} : { needsHuman }),
    ...(followUpOf === undefined ? {} : { followUpOf }),
  };
};

const endings = (ticket: Ticket): { resolvedAt?: string; closedAt?: string } => {
  switch (ticket.status) {
    case 'new':
    case 'open':
    case 'pending':
    case 'on-hold':
      return {};
    case 'resolved':
      return { resolvedAt: ticket.resolvedAt };
    case 'closed':
      return { resolvedAt: ticket.resolvedAt, closedAt: ticket.closedAt };
    default:
      return assertNever(ticket);
  }
};

export interface EventView {
  id: string;
  at: string;
  type: EventType;
  by: Actor;
  reason: string;
  policy: string;
  cycle: number;
  version: number;
  /** What the type adds, e.g. `{ rung, promise, told }` of an escalation. */
  detail: Record<string, unknown>;
}

export const viewEvent = (event: TicketEvent): EventView => {
  const { id, ticketId, at, type, by, reason, policy, cycle, version, ...detail } = event;
  return { id, at, type, by, reason, policy, cycle, version, detail };
};

export interface MessageView {
  id: string;
  at: string;
  direction: Message['direction'];
  channel: Channel;
  author: string;
  text: string;
  html?: string;
  attachments: Array<{ name: string; type: string; bytes: number }>;
  quarantined?: string;
}

/** A message without its places in storage. Agents' notes and quarantined mail are for agents: the caller leaves them out. */
export const viewMessage = (message: Message): MessageView => {
  const { id, at, direction, channel, author, text, html, attachments, quarantined } = message;
  return {
    id,
    at,
    direction,
    channel,
    author,
    text,
    ...(html === undefined ? {} : { html }),
    attachments: attachments.map(({ name, type, bytes }) => ({ name, type, bytes })),
    ...(quarantined === undefined ? {} : { quarantined }),
  };
};
