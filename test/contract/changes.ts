import type { OwedMail } from '../../domain/mail/owed.ts';
import type { Change, RequestRecord } from '../../domain/ticket/change.ts';
import type { Happening, TicketEvent } from '../../domain/ticket/event.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { NewTicket, OpenTicket, Ticket } from '../../domain/ticket/ticket.ts';

/** Builders of changes as the acts make them, reduced to what a store looks at. */
let counted = 0;
export const ulid = (): string => `01J${String(++counted).padStart(23, '0')}`;
export const anId = (): string => `T-${String(++counted).padStart(6, '0')}`;

export const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();

export const aTicket = (over: Partial<NewTicket> = {}): NewTicket => {
  const id = over.id ?? anId();
  return {
    id,
    status: 'new',
    subject: 'The printer is on fire',
    channel: 'web',
    customer: { id: '01JCUSTOMER', email: 'kim@example.com', locale: 'en', type: 'standard' },
    report: { impact: 'one', context: { browser: 'Firefox' } },
    createdAt: at(0),
    updatedAt: at(0),
    cycle: 1,
    version: 1,
    clock: { firstReply: { target: 'PT24H', calendar: 'always', dueAt: at(30), state: 'running' } },
    lookAgainAt: at(20),
    anchor: `<ticket.${id}@desk.example.com>`,
    ...over,
  };
};

export const placed = (ticket: NewTicket, over: Partial<OpenTicket> = {}): OpenTicket => ({
  ...ticket,
  status: 'open',
  priority: 'P3',
  category: 'printing',
  group: 'frontline',
  tier: 1,
  version: ticket.version + 1,
  ...over,
});

export const anEvent = (ticket: Ticket, what: Happening, over: { at?: string } = {}): TicketEvent => ({
  id: ulid(),
  ticketId: ticket.id,
  at: over.at ?? ticket.updatedAt,
  by: 'rule:test@1',
  reason: 'A test.',
  policy: '1',
  version: ticket.version,
  ...what,
  cycle: ticket.cycle,
});

export const aMessage = (ticket: Ticket, over: Partial<Message> = {}): Message => ({
  id: ulid(),
  ticketId: ticket.id,
  at: ticket.updatedAt,
  direction: 'in',
  channel: 'web',
  author: 'customer:01JCUSTOMER',
  text: 'Help!',
  attachments: [],
  ...over,
});

export const aMail = (ticket: Ticket, over: Partial<OwedMail> = {}): OwedMail => ({
  key: `ack#${ticket.id}`,
  ticketId: ticket.id,
  to: { email: 'kim@example.com' },
  locale: 'en',
  pace: 'prompt',
  content: { template: 'acknowledgement', subject: 'The printer', link: 'https://desk.example.com/t/x' },
  anchor: ticket.anchor,
  owedAt: ticket.updatedAt,
  status: 'owed',
  attempts: 0,
  ...over,
});

export const opening = (over: Partial<NewTicket> = {}, request?: RequestRecord): Change & { after: NewTicket } => {
  const after = aTicket(over);
  const message = aMessage(after);
  return {
    after,
    events: [anEvent(after, { type: 'opened', channel: 'web', message: message.id })],
    messages: [message],
    ...(request && { request }),
  };
};

export const triaging = (before: NewTicket, over: Partial<OpenTicket> = {}): Change & { after: OpenTicket } => {
  const after = placed(before, over);
  const { priority, category, group, tier } = after;
  return {
    before,
    after,
    events: [anEvent(after, { type: 'triaged', priority, category, group, tier, rules: ['triage'] })],
  };
};

export const changing = <T extends Ticket>(before: Ticket, after: T, what: Happening): Change & { after: T } => ({
  before,
  after,
  events: [anEvent(after, what)],
});

export const aRequest = (over: Partial<RequestRecord> = {}): RequestRecord => ({
  key: `http#${ulid()}`,
  bodyHash: 'abc',
  answer: { ticket: 'T-000001' },
  expiresAt: at(59),
  ...over,
});
