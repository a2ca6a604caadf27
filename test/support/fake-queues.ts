import type { Queues, Waiting } from '../../domain/ports.ts';
import { isBeingPutRight, isLive, isPlaced, type Ticket, waitsForAnOwner } from '../../domain/ticket/ticket.ts';
import type { Memory } from './memory.ts';

export const fakeQueues = (memory: Memory): Queues => {
  const page = (
    tickets: Ticket[],
    keyOf: (ticket: Ticket) => string,
    { limit, next }: { limit: number; next?: string },
    order: 1 | -1 = 1,
  ) => {
    const rows = tickets
      .map((ticket) => ({ key: keyOf(ticket), ticket }))
      .filter(({ key }) => next === undefined || (order === 1 ? key > next : key < next))
      .sort((a, b) => (a.key < b.key ? -order : order));
    const last = rows[limit - 1];
    return {
      tickets: structuredClone(rows.slice(0, limit).map(({ ticket }) => ticket)),
      ...(rows.length > limit && last && { next: last.key }),
    };
  };
  const all = () => [...memory.tickets.values()];
  const byAge = ({ createdAt, id }: Ticket) => `${createdAt}#${id}`;
  return {
    list: async ({ group, agent, ...range }) =>
      page(
        all().filter(
          (ticket) =>
            isLive(ticket) &&
            (isPlaced(ticket) ? ticket.group : 'untriaged') === group &&
            (agent === undefined || (isPlaced(ticket) && ticket.assignee === agent)),
        ),
        workingOrder,
        range,
      ),
    ofCustomer: async (customerId, range) =>
      page(
        all().filter(
          ({ customer, createdAt }) =>
            customer.id === customerId &&
            (range.from === undefined || createdAt >= range.from) &&
            (range.before === undefined || createdAt < range.before),
        ),
        byAge,
        range,
        -1,
      ),
    ofCategory: async (category, from, to, range) =>
      page(
        all().filter(
          (ticket) =>
            isPlaced(ticket) && ticket.category === category && ticket.createdAt >= from && ticket.createdAt <= to,
        ),
        byAge,
        range,
      ),
    untriagedBefore: async (at) =>
      structuredClone(all().filter(({ status, createdAt }) => status === 'new' && createdAt < at)),
    overdueBefore: async (groups, at) =>
      structuredClone(
        all().filter(
          (ticket) =>
            isLive(ticket) &&
            isPlaced(ticket) &&
            groups.includes(ticket.group) &&
            ticket.lookAgainAt !== undefined &&
            ticket.lookAgainAt < at,
        ),
      ),
    live: async (groups) =>
      all()
        .filter((ticket) => isLive(ticket) && (!isPlaced(ticket) || groups.includes(ticket.group)))
        .map(({ id }) => id),
  };
};

const workingOrder = (ticket: Ticket): string => {
  const { needsHuman, status, clock, createdAt, id } = ticket;
  const waiting = status === 'pending' || status === 'on-hold';
  const rank = isBeingPutRight(ticket) ? 0 : needsHuman !== undefined ? 1 : waiting ? 3 : 2;
  const due = Object.values(clock)
    .filter(({ state }) => state !== 'met')
    .map(({ dueAt }) => dueAt)
    .sort()[0];
  return `${rank}#${due ?? createdAt}#${id}`;
};

export const fakeWaiting = (memory: Memory): Waiting => {
  const inGroup: Waiting['inGroup'] = async (group, limit, after = '') =>
    [...memory.tickets.values()]
      .filter((ticket) => waitsForAnOwner(ticket) && ticket.group === group)
      .map((ticket) => ({ place: workingOrder(ticket), ticketId: ticket.id, version: ticket.version }))
      .filter(({ place }) => place > after)
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, limit);
  return {
    inGroup,
    anybody: async (groups) =>
      (await Promise.all(groups.map((group) => inGroup(group, 1)))).some(({ length }) => length > 0),
    forget: async () => {},
  };
};
