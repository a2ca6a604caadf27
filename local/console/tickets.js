import { chooseTicket, chosenTicket } from './choice.js';
import { desk, fill, row, shortMoment } from './parts.js';

const due = ({ clock }) => {
  const running = Object.entries(clock ?? {}).filter(([, { state }]) => state === 'running' || state === 'breached');
  const [first] = running.sort(([, a], [, b]) => (a.dueAt < b.dueAt ? -1 : 1));
  if (!first) return 'nothing due';
  const names = { firstReply: 'first reply', nextReply: 'next reply', resolution: 'resolution' };
  return `${names[first[0]]} ${first[1].state === 'breached' ? 'was due' : 'due'} ${shortMoment(first[1].dueAt)}`;
};

/** Every group's queue in working order: unhappy customers first. */
export const showTickets = async () => {
  const { agents } = await desk('/desk/team');
  const groups = [...new Set(agents.flatMap((agent) => agent.groups))];
  const queues = await Promise.all(groups.map((group) => desk(`/desk/queue?group=${encodeURIComponent(group)}`)));
  // Each queue comes in working order; of several, unhappy customers still stand first.
  const tickets = queues
    .flatMap((queue) => queue.tickets)
    .toSorted((a, b) => Number(b.remediation?.state === 'open') - Number(a.remediation?.state === 'open'));
  // Each queue answers with its first page.
  const first = queues.some(({ next }) => next !== undefined) ? 'the first ' : '';
  document.querySelector('#tickets-count').textContent = `${first}${tickets.length} in the queues`;
  fill(
    '#tickets',
    JSON.stringify([tickets, chosenTicket()]),
    tickets.map((ticket) =>
      row(
        {
          of: ticket.id,
          title: ticket.subject,
          sub: [
            ticket.id,
            ticket.priority,
            ticket.group,
            ticket.assignee ?? 'nobody',
            due(ticket),
            ticket.remediation?.state === 'open' ? 'being put right' : undefined,
          ]
            .filter(Boolean)
            .join(' · '),
          tag: ticket.status,
          current: ticket.id === chosenTicket(),
        },
        () => chooseTicket(ticket.id),
      ),
    ),
    'The queues are empty. Write to the desk, on the right.',
  );
};
